/** Puts lines of initiators back into their stanzas of ietd.conf. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { bareLine, isTarget, type Wanted } from './wanted.ts';

/** A new line stands behind the last of these, with its indent; a target without them has it right behind its name. */
const settings = /^\s*(?:Lun|HeaderDigest|DataDigest)\b/i;

/** Only lines that are missing are added. Lines with users and passwords, and all others, stay byte for byte. */
export function withInitiators(old: string, wanted: readonly Wanted[]): string | EditRefusal {
  const lines = old === '' ? [] : old.split(/(?<=\n)/);
  const end = /\r?\n/.exec(old)?.[0] ?? '\n';
  for (const target of new Set(wanted.map((one) => one.target))) {
    const heads = lines.flatMap((line, at) => (isTarget(line) === target ? [at] : []));
    const [head] = heads;
    if (head === undefined)
      return {
        rule: 'no-target',
        means: `There is no target ${target} in the file.`,
        next: 'The name may have changed with the target. Check again, and correct the list.',
      };
    if (heads.length > 1)
      return { rule: 'twice', means: `The target ${target} is in the file twice.`, next: 'Remove one of both in the box’s own pages, and run the step again.' };
    const next = lines.findIndex((line, at) => at > head && isTarget(line) !== null);
    const stanza = lines.slice(head + 1, next < 0 ? lines.length : next);
    const missing = wanted.filter((one) => one.target === target && !stanza.some((line) => bareLine(line) === one.line));
    if (missing.length === 0) continue;
    const last = stanza.findLastIndex((line) => settings.test(line));
    let behind = head + 1 + last;
    // A line that ends with a backslash goes on in the next one.
    while (/\\\r?\n$/.test(lines[behind] ?? '') && behind + 1 < lines.length) behind += 1;
    const indent = last < 0 ? ' ' : (/^[ \t]*/.exec(stanza[last] ?? '')?.[0] ?? ' ');
    const before = lines[behind];
    if (before !== undefined && !before.endsWith('\n')) lines[behind] = `${before}${end}`;
    lines.splice(behind + 1, 0, ...missing.map(({ line }) => `${indent}${line}${end}`));
  }
  return lines.join('');
}

/** `crl_path` in Icinga's object ApiListener. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';

/** Strings and comments as blanks of the same length, so that brackets in them count for nothing. */
const blanked = (text: string) => text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*/g, (found) => found.replace(/[^\n]/g, ' '));

export function withCrlPath(old: string, path: string): string | EditRefusal {
  const code = blanked(old);
  const [head] = /\bobject\s+ApiListener\b[^{}]*\{/.exec(code) ?? [];
  const from = head === undefined ? -1 : code.indexOf(head) + head.length;
  const to = from < 0 ? -1 : closing(code, from);
  if (to < 0)
    return {
      rule: 'no-listener',
      means: 'The file has no whole object ApiListener.',
      next: 'Enable the API with "icinga2 feature enable api", or name the file that has the object.',
    };
  const line = `crl_path = "${path}"`;
  const set = [...code.slice(from, to).matchAll(/\bcrl_path[ \t]*=[^\n;]*/g)].at(-1);
  if (set) {
    const at = from + set.index;
    const end = at + set[0].trimEnd().length;
    // The value is a string: blanks in the code, so its end is looked for in the text.
    const [was = set[0]] = /^crl_path[ \t]*=[ \t]*(?:"(?:[^"\\\n]|\\.)*"|[^\n;]*)/.exec(old.slice(at)) ?? [];
    return old.slice(0, at) + line + old.slice(Math.max(at + was.trimEnd().length, end));
  }
  const lineEnd = old.includes('\r\n') ? '\r\n' : '\n';
  return `${old.slice(0, from)}${lineEnd}  ${line}${old.slice(from)}`;
}

/** Where the bracket ends that was opened before `from`; -1 where it does not. */
function closing(code: string, from: number): number {
  let depth = 1;
  for (let at = from; at < code.length; at++) {
    if (code[at] === '{') depth++;
    else if (code[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

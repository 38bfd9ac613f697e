/** interfaces(5): a command that sets the bridge when ifupdown has brought it up. */
import { type EditRefusal, escapeRegExp } from '../../topic-kit/index.ts';

const keyword = /^\s*(iface|mapping|auto|allow-\S+|source|source-directory|no-auto-down|no-scripts|template|rename)\b/;

/**
 * Puts `post-up ip link set …` at the end of the bridge's first stanza; one of an earlier time with other values is replaced.
 * Everything else stays byte for byte.
 */
export function editInterfaces(old: string, bridge: string, settings: string): string | EditRefusal {
  const lines = old.split(/(?<=\n)/);
  const begins = beginnings(lines);
  const start = lines.findIndex((line, index) => begins[index] && new RegExp(`^\\s*iface\\s+${escapeRegExp(bridge)}\\s`).test(line));
  if (start < 0) return noStanza(bridge, /^[ \t]*source/m.test(old));
  const next = lines.findIndex((line, index) => index > start && begins[index] && keyword.test(line));
  const end = next < 0 ? lines.length : next;
  const own = new RegExp(`^\\s*(post-up|up)\\s+ip link set dev ${escapeRegExp(bridge)} type bridge ageing_time `);
  const wanted = `post-up ip link set dev ${bridge} type bridge ${settings}`;
  const mine = lines.slice(start, end).filter((line) => own.test(line));
  if (mine.length === 1 && mine[0]?.trim() === wanted) return old;
  const kept = lines.slice(start, end).filter((line) => !own.test(line));
  const last = lastOption(kept);
  if (continues(kept[last]) && !isComment(kept[last]))
    return {
      rule: 'cut-off',
      means: `The stanza of ${bridge} ends with a backslash, so its last line is incomplete.`,
      next: 'Fix that line first.',
    };
  const lineEnd = kept[0]?.endsWith('\r\n') ? '\r\n' : '\n';
  const indent = /^[ \t]+(?=\S)/.exec(kept[1] ?? '')?.[0] ?? '    ';
  const before = kept.slice(0, last + 1);
  // The file may end without a line end: the new line gets one in front of it, and none behind.
  const whole = before.at(-1)?.endsWith('\n') ?? true;
  const added = whole ? [`${indent}${wanted}${lineEnd}`] : [lineEnd, `${indent}${wanted}`];
  return [...lines.slice(0, start), ...before, ...added, ...kept.slice(last + 1), ...lines.slice(end)].join('');
}

/** Which lines begin something: not those that go on what is in front of them. Comments are read line by line, and go on nowhere. */
function beginnings(lines: readonly string[]): boolean[] {
  let goesOn = false;
  return lines.map((line) => {
    const begins = !goesOn;
    goesOn = continues(line) && !(begins && isComment(line));
    return begins;
  });
}

/** The last line of what is not a comment and not empty; where it is continued, the line it ends in. */
function lastOption(lines: readonly string[]): number {
  const begins = beginnings(lines);
  return lines.findLastIndex((line, at) => !begins[at] || (line.trim() !== '' && !isComment(line)));
}

const isComment = (line: string | undefined) => line?.trimStart().startsWith('#') ?? false;
const continues = (line: string | undefined) => line !== undefined && /\\\r?\n?$/.test(line);
const noStanza = (bridge: string, sources: boolean): EditRefusal => ({
  rule: 'no-stanza',
  means: `The file has no "iface ${bridge}" stanza, so it is not where ${bridge} is configured.`,
  next: sources
    ? 'It includes other files (source): start a new run with the one that has the stanza.'
    : 'Find out where the bridge is configured, and start a new run with that file, or with networkd or netplan.',
});

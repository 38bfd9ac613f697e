/** `key = value` and `KEY=value` files: sysctl.d, /etc/default, cupsd.conf, awstats.conf, ldap.conf, modprobe options … Pure. */
import { bare, endOf, escapeRegExp, insertLines, lineEndOf, linesOf } from './text-lines.ts';

export interface KeyStyle {
  /** How a line that is added is written; one that is there keeps its own. */
  separator: ' = ' | '=' | ' ' | ': ';
  /** What begins a comment. The first one is written. */
  comment?: string;
  /** Which line counts to the program where a key is there more than once. */
  counts?: 'last' | 'first';
  /** Capitals do not matter in keys. */
  anyCase?: true;
}
/** Null: the key has no line that counts; lines with it become comments. */
export type Wanted = Readonly<Record<string, string | null>>;

/**
 * The text in which each key has its value. The line that counts is changed, only in its value; a key that is not there comes behind
 * its commented example, else to the end. Everything else, line ends and comments included, stays byte for byte.
 */
export function setKeys(old: string, wanted: Wanted, style: KeyStyle): string {
  const lines = linesOf(old);
  for (const [key, value] of Object.entries(wanted)) setKey(lines, { from: 0, to: lines.length }, key, value, style, lineEndOf(old));
  return lines.join('');
}

/** Where in a file, as numbers of lines; `to` is behind the last one. */
export interface LineRange {
  from: number;
  to: number;
}

/** The same within some lines. Returns by how many lines the range has grown. Changes `lines`. */
export function setKey(lines: string[], { from, to }: LineRange, key: string, value: string | null, style: KeyStyle, lineEnd: string): number {
  const { separator, comment = '#', counts = 'last' } = style;
  const hits = lines.flatMap((line, at) => (at >= from && at < to && assignment(key, style).test(bare(line)) ? [at] : []));
  if (value === null) {
    for (const at of hits) lines[at] = `${comment}${lines[at]}`;
    return 0;
  }
  const at = counts === 'last' ? hits.at(-1) : hits[0];
  if (at !== undefined) {
    const line = lines[at] ?? '';
    const [, head = '', had = ''] = assignment(key, style).exec(bare(line)) ?? [];
    if (had !== value) lines[at] = `${head}${value}${endOf(line)}`;
    return 0;
  }
  const example = new RegExp(`^\\s*${escapeRegExp(comment)}+\\s*${escapeRegExp(key)}(?:\\s*[=:]|\\s)`, style.anyCase ? 'i' : '');
  const examples = lines.flatMap((line, index) => (index >= from && index < to && example.test(line) ? [index] : []));
  insertLines(lines, (examples.at(-1) ?? lastWritten(lines, from, to)) + 1, [`${key}${separator}${value}`], lineEnd);
  return 1;
}

/** The last line of a range that is not empty; one before it where there is none. */
function lastWritten(lines: readonly string[], from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) if (bare(lines[at] ?? '').trim() !== '') return at;
  return from - 1;
}

/** The value that counts, without white space around it; nothing where the key is not set. */
export function keyValue(text: string, key: string, style: KeyStyle): string | undefined {
  const values = linesOf(text).flatMap((line) => assignment(key, style).exec(bare(line))?.[2] ?? []);
  return (style.counts === 'first' ? values[0] : values.at(-1))?.trim();
}

/** Groups: everything up to the value, and the value. */
function assignment(key: string, { separator, anyCase }: KeyStyle): RegExp {
  const between = separator === ' ' ? '[ \\t]+' : `[ \\t]*${escapeRegExp(separator.trim())}[ \\t]*`;
  return new RegExp(`^(\\s*${escapeRegExp(key)}${between})(.*?)\\s*$`, anyCase ? 'i' : '');
}

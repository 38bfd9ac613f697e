/**
 * Master files (RFC 1035, section 5), read with the place of every word, so that all that is not changed stays byte for byte.
 * One pass, in time that grows with the length. Names come out absolute and in small letters; nothing is expanded or included.
 */

export interface ZoneWord {
  text: string;
  /** Offset in the text. */
  at: number;
}
/** A record or a directive: whole lines, from the start of its first to behind the end of its last. */
export interface ZoneEntry {
  start: number;
  end: number;
  line: number;
  /** `$ORIGIN` and the like; null for a record. */
  directive: string | null;
  owner: string;
  /** The line begins with the owner; else it is the owner of the record above. */
  ownerWritten: boolean;
  /** Seconds; null where none is written. */
  ttl: number | null;
  type: string;
  data: readonly ZoneWord[];
  /** What relative names in it are completed with. */
  origin: string;
}
/** A text that is no whole master file. */
export class ZoneTrouble extends Error {
  readonly rule: string;
  readonly line: number;
  constructor(rule: string, line: number, message: string) {
    super(message);
    this.rule = rule;
    this.line = line;
  }
}

export function absoluteName(word: string, origin: string): string {
  const name = word.toLowerCase();
  if (name === '@') return origin;
  if (/(^|[^\\])\.$/.test(name)) return name;
  return origin === '.' ? `${name}.` : `${name}.${origin}`;
}

/** `86400`, `1d`, `1h30m` in seconds; null for anything else. */
export function ttlSeconds(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  if (!/^(\d+[smhdw])+$/i.test(word)) return null;
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  return [...word.toLowerCase().matchAll(/(?<!\d)(\d+)([smhdw])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** Entry by entry. Throws ZoneTrouble where a parenthesis or a quotation is left open. */
export function* zoneEntries(text: string, zone: string): Generator<ZoneEntry> {
  let origin = zone;
  let owner = zone;
  for (const { start, end, line, words, indented } of logicalLines(text)) {
    const [first] = words;
    if (!first) continue;
    if (!indented && first.text.startsWith('$')) {
      const directive = first.text.toUpperCase();
      if (directive === '$ORIGIN' && words[1]) origin = absoluteName(words[1].text, origin);
      yield { start, end, line, directive, owner: '', ownerWritten: false, ttl: null, type: '', data: words.slice(1), origin };
      continue;
    }
    if (!indented) owner = absoluteName(first.text, origin);
    const rest = indented ? words : words.slice(1);
    const { ttl, skip } = beforeType(rest);
    const type = rest[skip]?.text.toUpperCase() ?? '';
    yield { start, end, line, directive: null, owner, ownerWritten: !indented, ttl, type, data: rest.slice(skip + 1), origin };
  }
}

/** TTL and class may come in either order, or not at all. */
function beforeType(words: readonly ZoneWord[]): { ttl: number | null; skip: number } {
  let ttl: number | null = null;
  let skip = 0;
  for (const { text } of words.slice(0, 2)) {
    const seconds: number | null = ttl === null ? ttlSeconds(text) : null;
    if (seconds !== null) ttl = seconds;
    else if (!/^(IN|CH|HS)$/i.test(text)) break;
    skip += 1;
  }
  return { ttl, skip };
}

interface LogicalLine {
  start: number;
  end: number;
  line: number;
  words: ZoneWord[];
  indented: boolean;
}
/** Spaces; a line's end; a comment; a parenthesis; a quotation; one that is left open; a word. */
const token = /([^\S\n]+)|(\n)|(;[^\n]*)|([()])|("(?:[^"\\\n]|\\[^\n])*")|(")|((?:[^\s;()"\\]|\\[^\n])+)|([\s\S])/y;

function* logicalLines(text: string): Generator<LogicalLine> {
  let line = 1;
  let opened = 0;
  let depth = 0;
  let now: LogicalLine = { start: 0, end: 0, line, words: [], indented: false };
  token.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const [all = '', space, lineEnd, , parenthesis, quoted, open, word] = token.exec(text) ?? [];
    if (space !== undefined && at === now.start) now.indented = true;
    if (parenthesis === '(') {
      if (depth === 0) opened = line;
      depth += 1;
    } else if (parenthesis === ')') {
      depth -= 1;
      if (depth < 0) throw new ZoneTrouble('parenthesis', line, `Line ${line} closes a parenthesis that is not open.`);
    } else if (open !== undefined) throw new ZoneTrouble('cut-off', line, `Line ${line} opens a quotation and does not close it.`);
    const written = quoted ?? word;
    if (written !== undefined) now.words.push({ text: written, at });
    at += all.length;
    if (lineEnd !== undefined) {
      line += 1;
      if (depth > 0) continue;
      yield { ...now, end: at };
      now = { start: at, end: at, line, words: [], indented: false };
    }
  }
  if (depth > 0) throw new ZoneTrouble('cut-off', opened, `Line ${opened} opens a parenthesis that nothing closes: the file may be half written.`);
  if (now.words.length > 0) yield { ...now, end: text.length };
}

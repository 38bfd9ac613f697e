/** Files in stanzas that begin with a line at the margin and go on indented or up to the next one: interfaces(5), dhclient.conf, exports. Pure. */
import { bare, insertLines, lineEndOf, linesOf } from './text-lines.ts';

export interface StanzaStyle {
  /** Any stanza's first line. */
  head: RegExp;
  /** Lines of ours are written with it in front. */
  indent: string;
}

/** The numbers of a stanza's lines: its head, and behind its last line that is not empty. Null where there is none with such a head. */
export function stanzaRange(text: string, wanted: RegExp, { head }: StanzaStyle): { head: number; end: number } | null {
  const lines = linesOf(text).map(bare);
  const at = lines.findIndex((line) => wanted.test(line));
  if (at < 0) return null;
  let end = lines.findIndex((line, index) => index > at && head.test(line));
  if (end < 0) end = lines.length;
  // What is before the next head, and at the margin, belongs to that.
  while (end > at + 1 && /^\s*(?:#.*)?$/.test(lines[end - 1] ?? '') && !/^\s+#/.test(lines[end - 1] ?? '')) end--;
  return { head: at, end };
}

/**
 * The text in whose stanza this line is: in the place of the last one there that is like it, else at the stanza's end. Null where there is
 * no such stanza. `wanted` null: without lines like it.
 */
export function setInStanza(old: string, stanza: RegExp, like: RegExp, wanted: string | null, style: StanzaStyle): string | null {
  const range = stanzaRange(old, stanza, style);
  if (!range) return null;
  const lines = linesOf(old);
  const hits = lines.flatMap((line, at) => (at > range.head && at < range.end && like.test(bare(line).trim()) ? [at] : []));
  if (wanted === null) return lines.filter((_, at) => !hits.includes(at)).join('');
  const at = hits.at(-1);
  if (at === undefined) insertLines(lines, range.end, [`${style.indent}${wanted}`], lineEndOf(old));
  else {
    const line = lines[at] ?? '';
    const [indent = ''] = /^\s*/.exec(bare(line)) ?? [];
    lines[at] = `${indent}${wanted}${line.slice(bare(line).length)}`;
  }
  return lines.join('');
}

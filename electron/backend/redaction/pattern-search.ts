/** Finds what a topic's patterns mark as secret, line by line, as the screen shows the line. */
import { isUtf8 } from 'node:buffer';
import { sequenceLength } from './control-sequence.ts';
import type { Found, Span } from './secret-search.ts';

/** A line is looked at up to this many bytes; what is longer is looked at in overlapping pieces. */
const longestLine = 4096;
const overlap = 1024;
const lineFeed = 0x0a;

/** Spans of group 1, or of the whole match where there is no group. */
export function findPatterns(patterns: readonly RegExp[], bytes: Buffer): Found {
  const spans: Span[] = [];
  let lineFrom = 0;
  for (let end = bytes.indexOf(lineFeed); ; end = bytes.indexOf(lineFeed, lineFrom)) {
    const to = end < 0 ? bytes.length : end;
    for (let from = lineFrom; from < to; from += longestLine - overlap) spans.push(...inLine(patterns, bytes, from, Math.min(to, from + longestLine)));
    if (end < 0) break;
    lineFrom = end + 1;
  }
  return { spans, undecided: lineStart(bytes, bytes.length) };
}

/** Where the line that `at` is in begins: a pattern has to see it from there. Not further back than an overlap in a very long one. */
export function lineStart(bytes: Buffer, at: number): number {
  const from = at === 0 ? 0 : bytes.lastIndexOf(lineFeed, at - 1) + 1;
  return at - from > longestLine ? Math.max(from, at - overlap) : from;
}

function inLine(patterns: readonly RegExp[], bytes: Buffer, from: number, to: number): Span[] {
  const { text, places } = shown(bytes, from, to);
  return [...new Set([text, bytes.toString('latin1', from, to)])].flatMap((seen) => {
    const raw = seen !== text;
    const line = !raw && isUtf8(Buffer.from(seen, 'latin1')) ? Buffer.from(seen, 'latin1').toString() : seen;
    const byteAt = (index: number) => (line === seen ? index : Buffer.byteLength(line.slice(0, index)));
    return patterns.flatMap((pattern) =>
      [...line.matchAll(new RegExp(pattern.source, [...new Set(`${pattern.flags.replace('y', '')}gd`)].join('')))].flatMap((match) => {
        const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
        if (end <= start) return [];
        const first = byteAt(start);
        const last = byteAt(end) - 1;
        return [raw ? { from: from + first, to: from + last + 1 } : { from: places[first] ?? from, to: (places[last] ?? from) + 1 }];
      }),
    );
  });
}

/** The line's bytes without controls, backspaces applied, and where each stood. */
function shown(bytes: Buffer, from: number, to: number): { text: string; places: number[] } {
  const places: number[] = [];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x1b) at += Math.max(1, sequenceLength(bytes.subarray(0, to), at)) - 1;
    else if (byte === 0x08) places.pop();
    else if (byte >= 0x20 && byte !== 0x7f) places.push(at);
    else if (byte === 0x09) places.push(at);
  }
  return { text: String.fromCharCode(...places.map((place) => bytes[place] as number)), places };
}

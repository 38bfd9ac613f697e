/**
 * Masks what a topic's patterns find, a line at a time: a regular expression can't say of half a line whether it will
 * match. So the unfinished line is held back, up to a limit; of a longer line a window is looked at.
 */
import { secretMark } from '../../../shared/api/secret-mark.ts';
import { visibleText } from './visible-text.ts';

/** Longest text that a pattern may match, in bytes with its control sequences. */
export const longestMatch = 2048;

interface Found {
  start: number;
  end: number;
  value: string;
}

export class PatternStream {
  private readonly patterns: readonly RegExp[];
  private readonly found: (value: string) => void;
  private held = Buffer.alloc(0);
  masked = 0;

  /** `found` is told every value that was masked, before its line is given out. */
  constructor(patterns: readonly RegExp[], found: (value: string) => void) {
    this.patterns = patterns.map(({ source, flags }) => new RegExp(source, [...new Set(`${flags.replace('y', '')}dg`)].join('')));
    this.found = found;
  }

  /** Pieces in order; where they are cut does not depend on how the bytes came. */
  push(bytes: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    let rest = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    for (;;) {
      const lineEnd = rest.subarray(0, 2 * longestMatch).indexOf(10) + 1;
      if (lineEnd > 0) {
        pieces.push(this.mask(rest.subarray(0, lineEnd), lineEnd).out);
        rest = rest.subarray(lineEnd);
      } else if (rest.length >= 2 * longestMatch) {
        const { out, upTo } = this.mask(rest.subarray(0, 2 * longestMatch), longestMatch);
        pieces.push(out);
        rest = rest.subarray(upTo);
      } else break;
    }
    this.held = Buffer.from(rest);
    return pieces;
  }

  /** The unfinished line. */
  end(): Buffer {
    const { out } = this.mask(this.held, this.held.length);
    this.held = Buffer.alloc(0);
    return out;
  }

  /** Masks what begins before `limit`; `upTo` says up to where the bytes were used. */
  private mask(line: Buffer, limit: number): { out: Buffer; upTo: number } {
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { start, end, value } of this.search(line)) {
      if (start >= limit) break;
      if (start < at) continue;
      pieces.push(line.subarray(at, start), Buffer.from(secretMark));
      this.masked++;
      this.found(value);
      at = end;
    }
    const upTo = Math.max(at, limit);
    pieces.push(line.subarray(at, upTo));
    return { out: pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces), upTo };
  }

  private search(line: Buffer): Found[] {
    // Most lines are plain ones without anything in them: seen at once, in the form they have.
    const raw = line.toString('latin1');
    const [plain] = /^[\t\x20-\x7e]*(?=\r?\n?$)/.exec(raw) ?? [];
    if (plain !== undefined && !this.patterns.some((pattern) => plain.search(pattern) >= 0)) return [];
    const { text, starts, ends } = visibleText(line);
    const found = this.patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap((match): Found[] => {
        const [from, to] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
        const value = text.slice(from, to);
        return to > from && !value.includes(secretMark) ? [{ start: starts[from] as number, end: ends[to - 1] as number, value }] : [];
      }),
    );
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}

/**
 * Finds many literals in bytes at once, whatever their case: Wu and Manber's search ("A fast algorithm for multi-pattern searching", 1994). It looks at the
 * last three bytes of a window as long as the shortest literal, and mostly skips the window: three bytes that are in no literal can't be in a match. Its table
 * stays in the processor's first cache, which an automaton over hundreds of literals does not. Pure.
 */

const tableBits = 15;
const tableMask = (1 << tableBits) - 1;
/** Shorter ones are not worth it. */
const shortestToPad = 4;

interface Candidate {
  bytes: Uint8Array;
  /** Bytes of the window before it, whatever they are. */
  pad: number;
  /** As it is called back with. */
  index: readonly [number];
}

export class LiteralSearch {
  /** Upper case as lower case. */
  private readonly folded = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  /** What the third last, the second last and the last byte of a window add to its place in the tables. */
  private readonly third: Uint16Array;
  private readonly second: Uint16Array;
  private readonly last: Uint16Array;
  /** By that place: how far the window can go on, 0 where a literal may be. */
  private readonly skip: Uint8Array;
  private readonly candidates = new Map<number, Candidate[]>();
  private readonly window: number;
  /** Of the shortest literals. */
  private readonly pad: number;

  /** `literals`: in ASCII and lower case, none empty. The longer the shortest is, the faster. */
  constructor(literals: readonly string[]) {
    const shortest = Math.min(255, ...literals.map(({ length }) => length));
    // A few short literals would make the window short for all: it is one byte longer than they are, and begins before them with any byte. With two
    // such bytes every place in the table could be one of them.
    this.pad = shortest >= shortestToPad ? 1 : 0;
    this.window = shortest + this.pad;
    // Of a window shorter than three bytes, only those that are there count.
    const adds = (factor: number, isThere: boolean) => Uint16Array.from(this.folded, (byte) => (isThere ? (byte * factor) & tableMask : 0));
    this.third = adds(1297, shortest > 2);
    this.second = adds(53, shortest > 1);
    this.last = adds(1, true);
    const block = Math.min(3, shortest);
    this.skip = new Uint8Array(tableMask + 1).fill(this.window - block + 1);
    for (const [at, literal] of literals.entries()) {
      const pad = literal.length < this.window ? this.pad : 0;
      const bytes = Buffer.from(literal, 'latin1');
      for (let end = block - 1; end < this.window; end++) {
        const left = this.window - 1 - end;
        for (const place of this.places(bytes, pad, end)) {
          this.skip[place] = Math.min(this.skip[place] as number, left);
          if (left === 0) this.candidates.set(place, [...(this.candidates.get(place) ?? []), { bytes, pad, index: [at] }]);
        }
      }
    }
    for (const all of this.candidates.values()) all.sort((one, other) => one.pad - other.pad);
  }

  /** Calls back for each literal: the place of its last byte, and which literal it is; by where literals begin. */
  search(bytes: Uint8Array, from: number, to: number, onHit: (at: number, literals: readonly number[]) => void): void {
    const { third, second, last, skip, window } = this;
    // A literal that is shorter than the window may begin at once.
    let end = from + window - 1 - this.pad;
    while (end < to) {
      const place = (third[bytes[end - 2] as number] as number) ^ (second[bytes[end - 1] as number] as number) ^ (last[bytes[end] as number] as number);
      const far = skip[place] as number;
      if (far > 0) end += far;
      else {
        const start = end - window + 1;
        for (const { bytes: literal, pad, index } of this.candidates.get(place) ?? []) {
          const begin = start + pad;
          if (begin >= from && begin + literal.length <= to && this.isAt(literal, bytes, begin)) onHit(begin + literal.length - 1, index);
        }
        end += 1;
      }
    }
  }

  /** Of a literal whose window ends at `end`: one place, or all that any byte before it may make. */
  private places(bytes: Uint8Array, pad: number, end: number): number[] {
    const place = (before: number, middle: number, at: number) => (this.third[before] as number) ^ (this.second[middle] as number) ^ (this.last[at] as number);
    const [before, middle, at] = [bytes[end - pad - 2], bytes[end - pad - 1], bytes[end - pad]] as [number, number, number];
    if (pad === 0 || end > 2) return [place(before, middle, at)];
    return Array.from({ length: 256 }, (_, any) => place(any, middle, at));
  }

  private isAt(literal: Uint8Array, bytes: Uint8Array, start: number): boolean {
    for (let at = 0; at < literal.length; at++) if (this.folded[bytes[start + at] as number] !== literal[at]) return false;
    return true;
  }
}

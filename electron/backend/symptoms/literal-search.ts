/**
 * Finds many literals in bytes at once, whatever their case: Wu and Manber's search ("A fast algorithm for multi-pattern searching", 1994). It looks at the
 * last three bytes of a window as long as the shortest literal, and mostly skips the window: three bytes that are in no literal can't be in a match. Its table
 * stays in the processor's first cache, which an automaton over hundreds of literals does not. Pure.
 */

const tableBits = 15;
const tableMask = (1 << tableBits) - 1;

interface Candidate {
  bytes: Uint8Array;
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

  /** `literals`: in ASCII and lower case, none empty. The longer the shortest is, the faster. */
  constructor(literals: readonly string[]) {
    const shortest = Math.min(255, ...literals.map(({ length }) => length));
    this.window = shortest;
    // Of a window shorter than three bytes, only those that are there count.
    const adds = (factor: number, isThere: boolean) => Uint16Array.from(this.folded, (byte) => (isThere ? (byte * factor) & tableMask : 0));
    this.third = adds(1297, shortest > 2);
    this.second = adds(53, shortest > 1);
    this.last = adds(1, true);
    const block = Math.min(3, shortest);
    this.skip = new Uint8Array(tableMask + 1).fill(shortest - block + 1);
    for (const [at, literal] of literals.entries()) {
      const bytes = Buffer.from(literal, 'latin1');
      for (let end = block - 1; end < shortest; end++) {
        const place = this.place(bytes, end);
        const left = shortest - 1 - end;
        this.skip[place] = Math.min(this.skip[place] as number, left);
        if (left === 0) this.candidates.set(place, [...(this.candidates.get(place) ?? []), { bytes, index: [at] }]);
      }
    }
  }

  /** Calls back for each literal: the place of its last byte, and which literal it is; by where literals begin. */
  search(bytes: Uint8Array, from: number, to: number, onHit: (at: number, literals: readonly number[]) => void): void {
    const { third, second, last, skip, window } = this;
    let end = from + window - 1;
    while (end < to) {
      const place = (third[bytes[end - 2] as number] as number) ^ (second[bytes[end - 1] as number] as number) ^ (last[bytes[end] as number] as number);
      const far = skip[place] as number;
      if (far > 0) end += far;
      else {
        const start = end - window + 1;
        for (const { bytes: literal, index } of this.candidates.get(place) ?? [])
          if (start + literal.length <= to && this.isAt(literal, bytes, start)) onHit(start + literal.length - 1, index);
        end += 1;
      }
    }
  }

  private place(bytes: Uint8Array, end: number): number {
    return (this.third[bytes[end - 2] as number] as number) ^ (this.second[bytes[end - 1] as number] as number) ^ (this.last[bytes[end] as number] as number);
  }

  private isAt(literal: Uint8Array, bytes: Uint8Array, start: number): boolean {
    for (let at = 0; at < literal.length; at++) if (this.folded[bytes[start + at] as number] !== literal[at]) return false;
    return true;
  }
}

/** Finds many literals in bytes at once, whatever their case: an Aho–Corasick automaton with a dense table. Pure. */

export class LiteralSearch {
  /** Of each byte: its column in the table. Upper case has that of lower case; a byte that is in no literal has 0. */
  private readonly columns = new Uint8Array(256);
  private readonly width: number;
  /** Where to go from a state (premultiplied by the width) by a column. */
  private readonly next: Int32Array;
  /** Of each state: which literals end there; null where none does. */
  private readonly ends: (readonly number[] | null)[];
  private readonly isEnd: Uint8Array;

  /** `literals`: in ASCII and lower case, none empty. */
  constructor(literals: readonly string[]) {
    let width = 1;
    for (const literal of literals)
      for (const byte of Buffer.from(literal, 'latin1')) {
        if (this.columns[byte] === 0) this.columns[byte] = width++;
        if (byte >= 97 && byte <= 122) this.columns[byte - 32] = this.columns[byte] as number;
      }
    this.width = width;
    const states = 1 + literals.reduce((sum, { length }) => sum + length, 0);
    const next = new Int32Array(states * width).fill(-1);
    const ends: number[][] = [[]];
    for (const [index, literal] of literals.entries()) {
      let state = 0;
      for (const byte of Buffer.from(literal, 'latin1')) {
        const at = state * width + (this.columns[byte] as number);
        if (next[at] === -1) {
          next[at] = ends.length;
          ends.push([]);
        }
        state = next[at] as number;
      }
      ends[state]?.push(index);
    }
    this.next = withFailures(next, ends, width);
    this.ends = ends.map((list) => (list.length > 0 ? list : null));
    this.isEnd = Uint8Array.from(this.ends, (list) => (list ? 1 : 0));
  }

  /** Calls back for each literal that ends at a byte: the byte's place, and which literals those are. */
  search(bytes: Uint8Array, from: number, to: number, onHit: (at: number, literals: readonly number[]) => void): void {
    const { columns, next, isEnd, ends, width } = this;
    let state = 0;
    for (let at = from; at < to; at++) {
      state = next[state * width + (columns[bytes[at] as number] as number)] as number;
      if (isEnd[state] === 1) onHit(at, ends[state] as readonly number[]);
    }
  }
}

/** Breadth first: where a state has no way, it has that of the longest end of it that is a beginning of a literal. */
function withFailures(next: Int32Array, ends: number[][], width: number): Int32Array {
  const failure = new Int32Array(ends.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column++) {
    const to = next[column] as number;
    if (to === -1) next[column] = 0;
    else queue.push(to);
  }
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] as number;
    const fallback = failure[state] as number;
    ends[state]?.push(...(ends[fallback] ?? []));
    for (let column = 0; column < width; column++) {
      const at = state * width + column;
      const other = next[fallback * width + column] as number;
      const to = next[at] as number;
      if (to === -1) next[at] = other;
      else {
        failure[to] = other;
        queue.push(to);
      }
    }
  }
  return next;
}

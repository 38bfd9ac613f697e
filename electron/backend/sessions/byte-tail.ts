/**
 * The last bytes of a stream, in one ring that is written over. Keeping the chunks themselves would cost a flooded
 * terminal a tenth of its time in collecting them.
 */
export class ByteTail {
  private readonly limit: number;
  private ring: Buffer | null = null;
  private at = 0;
  /** Bytes that were pushed in all. */
  total = 0;

  /** Keeps the last `limit` bytes. The ring is made by the first push. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get length(): number {
    return Math.min(this.total, this.limit);
  }

  push(bytes: Buffer): void {
    this.ring ??= Buffer.allocUnsafeSlow(this.limit);
    this.total += bytes.length;
    const kept = bytes.subarray(Math.max(0, bytes.length - this.limit));
    const before = kept.copy(this.ring, this.at); // up to the ring's end
    kept.copy(this.ring, 0, before);
    this.at = (this.at + kept.length) % this.limit;
  }

  /** A copy of the last bytes, oldest first; at most `count` of them. */
  last(count = this.limit): Buffer {
    const length = Math.min(count, this.length);
    if (!this.ring || length === 0) return Buffer.alloc(0);
    const from = this.at - length;
    if (from >= 0) return Buffer.from(this.ring.subarray(from, this.at));
    return Buffer.concat([this.ring.subarray(this.limit + from), this.ring.subarray(0, this.at)]);
  }
}

/** Frames waiting for the parser. Small ones are joined and large ones cut, because the parser can't be stopped inside a write. */

/** With 64 KB a write, a key press waits for no more than a few milliseconds of parsing. */
const writeLimit = 64 * 1024;

export class WriteQueue {
  private readonly waiting: Uint8Array[] = [];

  push(bytes: Uint8Array): void {
    if (bytes.length > 0) this.waiting.push(bytes);
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The next bytes to write, at most 64 KiB; null where nothing waits. */
  next(): Uint8Array | null {
    const first = this.waiting.shift();
    if (!first) return null;
    if (first.length > writeLimit) {
      this.waiting.unshift(first.subarray(writeLimit));
      return first.subarray(0, writeLimit);
    }
    const parts = [first];
    let size = first.length;
    for (let follower = this.waiting[0]; follower && size + follower.length <= writeLimit; follower = this.waiting[0]) {
      parts.push(follower);
      size += follower.length;
      this.waiting.shift();
    }
    return parts.length === 1 ? first : joined(parts, size);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

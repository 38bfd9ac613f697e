/** Keeps what a step printed for judging: all of it up to a limit, else its beginning and its end. Flat memory. */
import { ByteTail } from '../sessions/byte-tail.ts';
import { plainText } from '../sessions/terminal-text.ts';

const limit = 512 * 1024;
/** How much of the end is looked at for a question, in bytes. */
const endingBytes = 2048;

export class StepOutput {
  private readonly head: Buffer[] = [];
  private headBytes = 0;
  private readonly tail = new ByteTail(limit);

  /** Keeps the buffer itself: nobody writes to it again. */
  push(bytes: Buffer): void {
    if (this.headBytes >= limit) {
      this.tail.push(bytes);
      return;
    }
    this.head.push(bytes);
    this.headBytes += bytes.length;
  }

  /** Bytes that came in all. */
  get bytes(): number {
    return this.headBytes + this.tail.total;
  }

  /** The last bytes. */
  last(count: number): Buffer {
    const tail = this.tail.last(count);
    return tail.length < count ? Buffer.concat([...this.head, tail]).subarray(-count) : tail;
  }

  /** Everything, as plain lines; where the middle is missing a line says so. */
  text(): string {
    const dropped = this.tail.total - this.tail.length;
    const gap = dropped > 0 ? [Buffer.from(`\n[${dropped} bytes left out here]\n`)] : [];
    return plainText(Buffer.concat([...this.head, ...gap, this.tail.last()]).toString());
  }

  /** The last lines, for finding a question: cheap. */
  ending(): string {
    const last: Buffer[] = [this.tail.last(endingBytes)];
    for (let size = this.tail.length, index = this.head.length - 1; index >= 0 && size < endingBytes; index--) {
      const chunk = this.head[index] as Buffer;
      last.unshift(chunk.subarray(-endingBytes));
      size += chunk.length;
    }
    return plainText(Buffer.concat(last).toString());
  }
}

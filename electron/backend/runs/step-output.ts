/** Keeps what a step printed for judging: all of it up to a limit, else its beginning and its end. Flat memory. */
import { plainText } from '../sessions/terminal-text.ts';

const limit = 512 * 1024;

export class StepOutput {
  private head: Buffer[] = [];
  private headBytes = 0;
  private tail: Buffer[] = [];
  private tailBytes = 0;
  private dropped = 0;

  /** Keeps the buffer itself: nobody writes to it again. */
  push(bytes: Buffer): void {
    if (this.headBytes < limit) {
      this.head.push(bytes);
      this.headBytes += bytes.length;
      return;
    }
    this.tail.push(bytes);
    this.tailBytes += bytes.length;
    for (let first = this.tail[0]; first && this.tailBytes - first.length >= limit; first = this.tail[0]) {
      this.tail.shift();
      this.tailBytes -= first.length;
      this.dropped += first.length;
    }
  }

  /** Everything, as plain lines; where the middle is missing a line says so. */
  text(): string {
    const gap = this.dropped > 0 ? [Buffer.from(`\n[${this.dropped} bytes left out here]\n`)] : [];
    return plainText(Buffer.concat([...this.head, ...gap, ...this.tail]).toString());
  }

  /** The last lines, for finding a question: cheap, at most 2 KiB. */
  ending(): string {
    const chunks = this.tail.length > 0 ? this.tail : this.head;
    const last: Buffer[] = [];
    let size = 0;
    for (let index = chunks.length - 1; index >= 0 && size < 2048; index--) {
      const chunk = chunks[index];
      if (!chunk) break;
      last.unshift(chunk.subarray(-2048));
      size += chunk.length;
    }
    return plainText(Buffer.concat(last).toString());
  }
}

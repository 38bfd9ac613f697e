/**
 * Writes to a pseudo-terminal, in order, as fast as its program reads. Not by node-pty, which hands each piece to another thread and asks
 * again at once where there is no room: half of what it took to write a large file was that. The kernel takes 12 KiB at most, and Node
 * can't be told when there is room again; so this thread sleeps for less than the program needs to read them, and for longer where the
 * program does not read at all.
 */
import { writeSync } from 'node:fs';

/** What is written in one turn of the event loop; whatever else waits comes in between. */
const mostAtOnce = 64 * 1024;
const napMs = 0.1;
/** Without room for so long the program is not just busy with what it has. */
const patienceMs = 5;
const pauseMs = 4;

/** Sleeps without another thread's help. Where that is not allowed, as in a page, it is tried again at once. */
const never = new Int32Array(new SharedArrayBuffer(4));
function nap(): void {
  try {
    Atomics.wait(never, 0, 0, napMs);
  } catch {
    // not allowed here
  }
}

export class PtyWriter {
  private readonly fd: number;
  private readonly queue: Buffer[] = [];
  private timer: NodeJS.Timeout | undefined;
  private next: NodeJS.Immediate | undefined;
  private ended = false;

  constructor(fd: number) {
    this.fd = fd;
  }

  /** The buffer must not be changed afterwards. */
  write(bytes: Buffer): void {
    if (this.ended || bytes.length === 0) return;
    this.queue.push(bytes);
    if (this.queue.length === 1) this.pour(performance.now());
  }

  /** Nothing is written from here on: the descriptor's number may be another file's. */
  end(): void {
    this.ended = true;
    this.queue.length = 0;
    clearTimeout(this.timer);
    clearImmediate(this.next);
  }

  /** `movedAt`: when something could be written last. */
  private pour(movedAt: number): void {
    let written = 0;
    for (let bytes = this.queue[0]; bytes && written < mostAtOnce; bytes = this.queue[0]) {
      let count = 0;
      try {
        count = writeSync(this.fd, bytes);
      } catch (cause) {
        // EIO: the program is gone, which is told by its end.
        if ((cause as NodeJS.ErrnoException).code !== 'EAGAIN') this.end();
      }
      if (count === 0) break;
      written += count;
      if (count < bytes.length) this.queue[0] = bytes.subarray(count);
      else this.queue.shift();
    }
    if (this.queue.length === 0) return;
    const now = performance.now();
    const since = written > 0 ? now : movedAt;
    if (now - since >= patienceMs) {
      this.timer = setTimeout(() => this.pour(since), pauseMs);
      return;
    }
    nap();
    this.next = setImmediate(() => this.pour(since));
  }
}

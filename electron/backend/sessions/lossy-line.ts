/**
 * Sending over a line that may lose characters: a serial console's buffer holds a hundred bytes or so. Slowly from the beginning, and slower
 * each time the other side says that something was damaged. What is damaged is never run (docs/session-protocol.md).
 */

/** Bytes that are sent at once, and after which pause, in milliseconds: about 3,200 bytes a second. */
const usualPiece = 64;
const pauseMs = 20;
const slower = 2;
/** How often one text is sent. */
const attempts = 5;
/** Beyond the time that the bytes themselves take: for a busy machine. */
const answerMs = 10_000;

interface Sending {
  text: string;
  /** Ends what may be half there, so that the other side says that it is damaged. */
  ending: string;
  times: number;
  /** The other side does not answer, or all attempts are used up. */
  fail(detail: string): void;
}

export class LossyLine {
  private readonly write: (bytes: Buffer) => void;
  private piece = usualPiece;
  private waiting = Buffer.alloc(0);
  private timer: NodeJS.Timeout | null = null;
  private sending: Sending | null = null;
  private answer: NodeJS.Timeout | null = null;

  constructor(write: (bytes: Buffer) => void) {
    this.write = write;
  }

  /** Sends it until it was taken or `fail` was called. */
  deliver(text: string, ending: string, fail: (detail: string) => void): void {
    this.sending = { text, ending, times: 0, fail };
    this.again();
  }
  /** It arrived whole. */
  taken(): void {
    this.sending = null;
    if (this.answer) clearTimeout(this.answer);
  }
  /** It did not, and nothing of it was run: once more, slower. */
  damaged(): void {
    if (!this.sending) return;
    this.piece = Math.max(4, Math.floor(this.piece / slower));
    this.again();
  }
  /** Bytes whose arrival is somebody else's matter. */
  send(bytes: Buffer): void {
    this.waiting = Buffer.concat([this.waiting, bytes]);
    this.step();
  }
  close(): void {
    this.taken();
    if (this.timer) clearTimeout(this.timer);
    this.waiting = Buffer.alloc(0);
  }

  private again(): void {
    const { sending } = this;
    if (!sending) return;
    sending.times++;
    if (sending.times > attempts) {
      this.giveUp('the line loses characters, however slowly they are sent');
      return;
    }
    this.send(Buffer.from(sending.text));
    this.wait(() => {
      this.send(Buffer.from(sending.ending));
      this.wait(() => this.giveUp('it does not answer'));
    });
  }

  private wait(then: () => void): void {
    if (this.answer) clearTimeout(this.answer);
    this.answer = setTimeout(then, answerMs + (this.waiting.length / this.piece) * pauseMs * 2);
  }

  private giveUp(detail: string): void {
    const { sending } = this;
    this.taken();
    sending?.fail(detail);
  }

  private step(): void {
    if (this.timer || this.waiting.length === 0) return;
    this.write(this.waiting.subarray(0, this.piece));
    this.waiting = this.waiting.subarray(this.piece);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.step();
    }, pauseMs);
  }
}

/**
 * Sending over a line that may lose characters: a serial console's buffer holds a hundred bytes or so. Slowly from the beginning, and slower
 * each time the other side says that something was damaged: only then is it sent again, as nothing of it was run (docs/session-protocol.md).
 * To a side that does not answer nothing more is sent: what it was to run may run, and would be typed at. Only what runs nothing of anybody's,
 * the helper's own text, is sent again then.
 */

const pauseMs = 20;
/** Bytes that are sent before each pause: about 3,200 a second. */
const usualPiece = 64;
/** For the first and the last line, without which nothing is answered: they come alone, when what was before them is gone from every buffer. */
const carefulPiece = 4;
const emptyMs = 500;
const slower = 2;
/** How often one text is sent. */
const attempts = 5;
/** Beyond the time that the bytes themselves take: for a busy machine. */
const answerMs = 30_000;

/** A text that the other side checks. */
export interface CheckedText {
  /** Empty, or a line that says that a text begins. */
  head: string;
  body: string;
  /** The line with its sum, which is answered. */
  end: string;
}
interface Sending {
  text: CheckedText;
  /** Nothing can be running there yet: without an answer it is sent again. */
  harmless: boolean;
  times: number;
  /** The other side does not answer, or all attempts are used up. */
  fail(detail: string): void;
}
type Piece = Buffer | { pauseMs: number };

export class LossyLine {
  private readonly write: (bytes: Buffer) => void;
  private piece = usualPiece;
  private pieces: Piece[] = [];
  private timer: NodeJS.Timeout | null = null;
  private sending: Sending | null = null;
  private answer: NodeJS.Timeout | null = null;

  constructor(write: (bytes: Buffer) => void) {
    this.write = write;
  }

  /** Sends it until it was taken or `fail` was called. */
  deliver(text: CheckedText, fail: (detail: string) => void, { harmless = false }: { harmless?: boolean } = {}): void {
    this.sending = { text, harmless, times: 0, fail };
    this.again();
  }
  /** It arrived whole. */
  taken(): void {
    this.sending = null;
    if (this.answer) clearTimeout(this.answer);
  }
  /** It did not, and nothing of it was run: once more, slower. */
  damaged(): void {
    if (!this.sending || this.pieces.length > 0) return;
    this.piece = Math.max(carefulPiece, Math.floor(this.piece / slower));
    this.again();
  }
  /** Bytes whose arrival is somebody else's matter. */
  send(bytes: Buffer): void {
    this.plan(bytes, this.piece);
    this.step();
  }
  close(): void {
    this.taken();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.pieces = [];
  }

  private again(): void {
    const { sending } = this;
    if (!sending) return;
    sending.times++;
    if (sending.times > attempts) {
      this.giveUp('the line loses characters, however slowly they are sent');
      return;
    }
    const { head, body, end } = sending.text;
    this.plan(Buffer.from(head), carefulPiece);
    this.plan(Buffer.from(body), this.piece);
    this.pieces.push({ pauseMs: emptyMs });
    this.plan(Buffer.from(end), carefulPiece);
    this.step();
  }

  private plan(bytes: Buffer, size: number): void {
    for (let at = 0; at < bytes.length; at += size) this.pieces.push(bytes.subarray(at, at + size));
  }

  private step(): void {
    if (this.timer) return;
    const piece = this.pieces.shift();
    if (piece === undefined) return;
    const bytes = Buffer.isBuffer(piece) ? piece : null;
    if (bytes) this.write(bytes);
    if (this.pieces.length === 0) this.await();
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.step();
      },
      'pauseMs' in piece ? piece.pauseMs : pauseMs,
    );
  }

  /** From when all was sent. */
  private await(): void {
    if (this.answer) clearTimeout(this.answer);
    if (this.sending) this.answer = setTimeout(() => this.unanswered(), answerMs);
  }

  private unanswered(): void {
    if (this.sending?.harmless && this.sending.times < attempts) this.damaged();
    else this.giveUp('it does not answer');
  }

  private giveUp(detail: string): void {
    const { sending } = this;
    this.taken();
    sending?.fail(detail);
  }
}

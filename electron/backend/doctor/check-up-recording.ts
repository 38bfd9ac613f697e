/** What the terminal of a check-up showed, for its record: masked as a run's is, cut where it grows too long. */
import { Redactor, type StreamRedactor } from '../redaction/redactor.ts';
import type { CheckUpScreen } from './check-up-record.ts';

/** Characters. A check-up shows some ten thousand. */
const most = 1024 * 1024;
/** What comes within so many milliseconds is one event. */
const gatherMs = 20;

export class CheckUpRecording {
  private readonly redacted: StreamRedactor;
  private readonly decoder = new TextDecoder();
  private readonly begun = performance.now();
  private readonly size: { cols: number; rows: number };
  private readonly events: [number, string][] = [];
  private length = 0;
  private cut = 0;

  constructor(size: { cols: number; rows: number }, secretPatterns: readonly RegExp[]) {
    this.size = size;
    this.redacted = new Redactor(secretPatterns).stream();
  }

  take(bytes: Buffer): void {
    this.keep(this.redacted.push(bytes));
  }

  /** Seconds since its beginning. */
  get seconds(): number {
    return Math.round(performance.now() - this.begun) / 1000;
  }

  end(): CheckUpScreen {
    this.keep(this.redacted.end());
    return { ...this.size, events: this.events, cut: this.cut };
  }

  private keep(bytes: Buffer): void {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === '') return;
    if (this.length + text.length > most) {
      this.cut += bytes.length;
      return;
    }
    this.length += text.length;
    const ms = Math.round(performance.now() - this.begun);
    const last = this.events.at(-1);
    if (last && ms - last[0] < gatherMs) last[1] += text;
    else this.events.push([ms, text]);
  }
}

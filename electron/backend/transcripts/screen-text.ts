/** What a terminal showed, as text: a real terminal emulator resolves cursor movement, overwriting and line wrap. */
import { type IMarker, Terminal } from '@xterm/headless';

/** Lines; more than a portion can have, so that nothing is pushed out unseen. */
const scrollback = 5_000;
/** Characters after which finished lines are taken. */
const portion = 4 * 1024;
/** Characters gathered before the emulator is woken: it works on its own timer, a millisecond later. */
const gathering = 256 * 1024;
/** A line without end is handed out in pieces of this many characters. */
const longestLine = 1024 * 1024;

export class ScreenText {
  private readonly terminal: Terminal;
  private readonly onLine: (line: string) => void;
  private gathered: string[] = [];
  private gatheredLength = 0;
  /** Last row that was handed out, always above the visible page: clearing the page takes marks away that are on it. */
  private mark: IMarker | null = null;
  private pending = '';

  /** Every finished line goes to `onLine` once, in order; wrapped rows come as one line. */
  constructor(size: { cols: number; rows: number }, onLine: (line: string) => void) {
    this.terminal = new Terminal({ ...size, scrollback, allowProposedApi: true });
    this.onLine = onLine;
  }

  async write(data: string): Promise<void> {
    this.gathered.push(data);
    this.gatheredLength += data.length;
    if (this.gatheredLength >= gathering) await this.show();
  }

  async resize(cols: number, rows: number): Promise<void> {
    await this.show();
    this.terminal.resize(cols, rows);
  }

  /** Hands out what is still on the visible page and ends. */
  async end(): Promise<void> {
    await this.show();
    // A full-screen program that was cut off: back to what was there before it.
    if (this.terminal.buffer.active.type === 'alternate') await this.pour('\x1b[?1049l');
    const buffer = this.terminal.buffer.normal;
    let last = buffer.length;
    while (last > 0 && buffer.getLine(last - 1)?.translateToString(true) === '') last--;
    this.handOut(last);
    if (this.pending) this.onLine(this.pending);
    this.terminal.dispose();
  }

  private async show(): Promise<void> {
    const data = this.gathered.join('');
    this.gathered = [];
    this.gatheredLength = 0;
    if (data !== '') await this.pour(data);
  }

  /** The emulator takes the portions one after the other and lets others work every few milliseconds. */
  private pour(data: string): Promise<void> {
    return new Promise((resolve) => {
      for (let at = 0; at < data.length; at += portion) {
        this.terminal.write(data.slice(at, at + portion), () => {
          // Rows above the visible page can't change any more.
          this.handOut(this.terminal.buffer.normal.baseY);
          if (at + portion >= data.length) resolve();
        });
      }
    });
  }

  private handOut(to: number): void {
    // The other screen of full-screen programs has no history, and marks made meanwhile would be on it.
    if (this.terminal.buffer.active.type === 'alternate') return;
    const buffer = this.terminal.buffer.normal;
    // Without a mark, or with one whose row was erased, nothing above was handed out.
    const from = (this.mark?.line ?? -1) + 1;
    for (let row = from; row < to; row++) {
      const line = buffer.getLine(row);
      const goesOn = buffer.getLine(row + 1)?.isWrapped ?? false;
      this.pending += line?.translateToString(!goesOn) ?? '';
      if (goesOn && this.pending.length < longestLine) continue;
      this.onLine(this.pending);
      this.pending = '';
    }
    this.mark?.dispose();
    const last = Math.max(from, to) - 1;
    this.mark = last < 0 ? null : (this.terminal.registerMarker(last - (buffer.baseY + buffer.cursorY)) ?? null);
  }
}

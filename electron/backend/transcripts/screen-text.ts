/** What a terminal showed, as text: a real terminal emulator resolves cursor movement, overwriting and line wrap. */
import { type IMarker, Terminal } from '@xterm/headless';

const scrollback = 20_000;
/** Characters written at a time: fewer lines than the scrollback holds, so that nothing is pushed out unseen. */
const portion = 16 * 1024;

export class ScreenText {
  private readonly terminal: Terminal;
  private readonly onLine: (line: string) => void;
  /** First row that was not handed out yet; it moves along when old rows are dropped. */
  private mark: IMarker | null = null;
  private pending = '';

  /** Every finished line goes to `onLine` once, in order; wrapped rows come as one line. */
  constructor(size: { cols: number; rows: number }, onLine: (line: string) => void) {
    this.terminal = new Terminal({ ...size, scrollback, allowProposedApi: true });
    this.onLine = onLine;
  }

  async write(data: string): Promise<void> {
    for (let at = 0; at < data.length; at += portion) {
      await new Promise<void>((resolve) => this.terminal.write(data.slice(at, at + portion), resolve));
      // Rows above the visible page can't change any more.
      this.handOut(this.terminal.buffer.normal.baseY);
    }
  }

  resize(cols: number, rows: number): void {
    this.handOut(this.terminal.buffer.normal.baseY);
    this.terminal.resize(cols, rows);
  }

  /** Hands out what is still on the visible page and ends. */
  end(): void {
    const buffer = this.terminal.buffer.normal;
    let last = buffer.length;
    while (last > 0 && buffer.getLine(last - 1)?.translateToString(true) === '') last--;
    this.handOut(last);
    if (this.pending) this.onLine(this.pending);
    this.terminal.dispose();
  }

  private handOut(to: number): void {
    const buffer = this.terminal.buffer.normal;
    const from = this.mark?.line ?? 0;
    for (let row = Math.max(0, from); row < to; row++) {
      const line = buffer.getLine(row);
      const goesOn = buffer.getLine(row + 1)?.isWrapped ?? false;
      this.pending += line?.translateToString(!goesOn) ?? '';
      if (goesOn) continue;
      this.onLine(this.pending);
      this.pending = '';
    }
    this.mark?.dispose();
    this.mark = to === 0 ? null : (this.terminal.registerMarker(Math.max(from, to) - (buffer.baseY + buffer.cursorY)) ?? null);
  }
}

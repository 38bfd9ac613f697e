/**
 * What a terminal showed, as text: a real terminal emulator resolves cursor movement, overwriting and line wrap. Most output
 * only goes forward; the emulator is spared that, and is given the last rows of it when something follows that may change them.
 */
import { type IMarker, Terminal } from '@xterm/headless';
import { PlainLines } from './plain-lines.ts';
import { isPlain, passes, piecesOf, plainText } from './plain-output.ts';

/** Lines; more than a portion can have, so that nothing is pushed out unseen. */
const scrollback = 5_000;
/** Characters after which finished lines are taken. */
const portion = 4 * 1024;
/** What may take rows of the page away, and marks with them: finished lines are taken before it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about those
const beforeErasing = /(?=\x1b\[[\d;]{0,9}[JLMST]|\x1bM)/;
/** A line without end is handed out in pieces of this many characters. */
const longestLine = 1024 * 1024;
/** Rows of a line that wait for its end, so that it is handed out whole. */
const mostWaiting = 1_000;
/** How much is worked off together, and what the emulator is spared. */
export interface ScreenLimits {
  /** Characters gathered before they are worked off: the emulator works on its own timer, a millisecond later. */
  gathering: number;
  /** Characters that are judged together, up to the end of their line: whether they need the emulator. */
  piece: number;
  /** Rows kept for the emulator: no page is higher, also when the window is made larger. Infinite: it is spared nothing. */
  keptRows: number;
}
const usual: ScreenLimits = { gathering: 256 * 1024, piece: 16 * 1024, keptRows: 300 };

export class ScreenText {
  private terminal: Terminal;
  private readonly onLine: (line: string) => void;
  private readonly limits: ScreenLimits;
  private gathered: string[] = [];
  private gatheredLength = 0;
  /** Last row that was handed out, always above the visible page: clearing the page takes marks away that are on it. */
  private mark: IMarker | null = null;
  /** The row above the page, where a higher page took the mark in and clearing it may take it away. */
  private markAbove: IMarker | null = null;
  private pending = '';
  /** Lines that the emulator does not know of; null while it is the one that is written to. */
  private plain: PlainLines | null = new PlainLines();
  /** Something was shown that lasts: everything goes to the emulator. */
  private needsEmulator = false;

  /**
   * Every finished line goes to `onLine` once, in order; wrapped rows come as one line. Blanks at its end are left out: nobody sees
   * them, and the emulator makes some of its own when the window is made wider.
   */
  constructor(size: { cols: number; rows: number }, onLine: (line: string) => void, limits = usual) {
    this.terminal = newTerminal(size);
    this.onLine = (line) => onLine(withoutLastBlanks(line));
    this.limits = limits;
    if (limits.keptRows === Number.POSITIVE_INFINITY) this.plain = null;
    this.needsEmulator = this.plain === null;
  }

  async write(data: string): Promise<void> {
    this.gathered.push(data);
    this.gatheredLength += data.length;
    if (this.gatheredLength >= this.limits.gathering) await this.show(false);
  }

  async resize(cols: number, rows: number): Promise<void> {
    await this.showAll();
    this.terminal.resize(cols, rows);
    // On the other screen marks would be of that one.
    if (this.terminal.buffer.active.type === 'normal') this.setMarks(this.handedOut);
    this.plain = this.startPlain();
  }

  /** Hands out what is still on the visible page and ends. */
  async end(): Promise<void> {
    await this.showAll();
    // A full-screen program that was cut off: back to what was there before it.
    if (this.terminal.buffer.active.type === 'alternate') await this.pour('\x1b[?1049l');
    const buffer = this.terminal.buffer.normal;
    let last = buffer.length;
    while (last > 0 && buffer.getLine(last - 1)?.translateToString(true) === '') last--;
    this.handOut(last, true);
    if (this.pending) this.onLine(this.pending);
    this.terminal.dispose();
  }

  /** With everything in the emulator. */
  private async showAll(): Promise<void> {
    await this.show(true);
    await this.leavePlain();
  }

  /** `all`: also the beginning of a line whose end is still to come, and with it of a control sequence. */
  private async show(all: boolean): Promise<void> {
    const data = this.gathered.join('');
    const end = all ? data.length : data.lastIndexOf('\n') + 1 || data.length;
    this.gathered = end < data.length ? [data.slice(end)] : [];
    this.gatheredLength = data.length - end;
    const pieces = piecesOf(data.slice(0, end), this.limits.piece);
    // Waking the emulator costs more than sparing it a few lines between two that need it.
    const isNotPlain = (piece: string) => !isPlain(piece);
    const first = this.plain ? pieces.findIndex(isNotPlain) : 0;
    if (first >= 0) {
      const last = this.needsEmulator ? pieces.length - 1 : pieces.findLastIndex(isNotPlain);
      this.addPlain(pieces.slice(0, first));
      await this.emulate(pieces.slice(first, Math.max(first, last) + 1).join(''));
      pieces.splice(0, Math.max(first, last) + 1);
    }
    if (this.plain) this.addPlain(pieces);
    else await this.emulate(pieces.join(''));
    if ((this.plain?.unended ?? 0) > this.limits.gathering) await this.leavePlain();
  }

  private addPlain(pieces: readonly string[]): void {
    if (!this.plain) return;
    for (const piece of pieces) this.plain.add(plainText(piece), this.terminal.cols);
    this.handOutPlain(this.plain);
  }

  private async emulate(output: string): Promise<void> {
    if (output === '') return;
    await this.leavePlain(output);
    this.needsEmulator ||= !passes(output);
    this.plain = this.startPlain();
  }

  /** Where the cursor stands at the beginning of an empty rest, lines that follow change nothing above. */
  private startPlain(): PlainLines | null {
    const { buffer, modes, rows } = this.terminal;
    const { type, cursorX, cursorY, baseY } = buffer.active;
    if (this.needsEmulator || type !== 'normal' || cursorX !== 0 || modes.insertMode || modes.originMode || !modes.wraparoundMode) return null;
    for (let row = baseY + cursorY; row < baseY + rows; row++) {
      const line = buffer.normal.getLine(row);
      if (line && (line.isWrapped || line.translateToString(true) !== '')) return null;
    }
    return new PlainLines();
  }

  /** Gives the emulator what it has to know of the lines that it was spared, and what follows. */
  private async leavePlain(more = ''): Promise<void> {
    const data = (this.plain?.rest ?? '') + more;
    this.plain = null;
    if (data !== '') await this.pour(data);
  }

  /** All but the rows that are kept. What stood in the emulator came before. */
  private handOutPlain(plain: PlainLines): void {
    const keep = Math.max(this.limits.keptRows, this.terminal.rows);
    if (plain.rows <= 2 * keep) return;
    const { baseY, cursorY } = this.terminal.buffer.normal;
    if (baseY + cursorY > 0) {
      this.handOut(baseY + cursorY);
      this.mark = null;
      this.markAbove = null;
      const { cols, rows } = this.terminal;
      this.terminal.dispose();
      this.terminal = newTerminal({ cols, rows });
    }
    const piece = Math.ceil(longestLine / this.terminal.cols) * this.terminal.cols;
    for (const line of plain.take(keep)) {
      let at = 0;
      for (; line.length - at > piece; at += piece) this.onLine(line.slice(at, at + piece));
      this.onLine(at === 0 ? line : line.slice(at));
    }
  }

  /** The emulator takes the portions one after the other and lets others work every few milliseconds. */
  private pour(data: string): Promise<void> {
    const portions = data.split(beforeErasing).flatMap((part) => slicesOf(part, portion));
    return new Promise((resolve) => {
      for (const [index, each] of portions.entries()) {
        this.terminal.write(each, () => {
          // Rows above the visible page can't change any more.
          this.handOut(this.terminal.buffer.normal.baseY);
          if (index === portions.length - 1) resolve();
        });
      }
    });
  }

  /** `all`: also a line that goes on below. */
  private handOut(to: number, all = false): void {
    // The other screen of full-screen programs has no history, and marks made meanwhile would be on it.
    if (this.terminal.buffer.active.type === 'alternate') return;
    const buffer = this.terminal.buffer.normal;
    const wraps = (row: number) => buffer.getLine(row)?.isWrapped ?? false;
    // Without a mark, or with one whose row was erased, nothing above was handed out.
    let from = this.handedOut + 1;
    while (from > 0 && this.pending === '' && from < to && wraps(from)) from++;
    let end = to;
    while (!all && this.pending === '' && end > from && to - end < mostWaiting && wraps(end)) end--;
    if (wraps(end)) end = to;
    for (let row = from; row < end; row++) {
      const goesOn = wraps(row + 1);
      this.pending += buffer.getLine(row)?.translateToString(!goesOn) ?? '';
      if (goesOn && this.pending.length < longestLine) continue;
      this.onLine(this.pending);
      this.pending = '';
    }
    let last = Math.max(from, end) - 1;
    // A change of the width may join rows to the first one of their line, and takes marks on them away.
    while (this.pending === '' && last > 0 && wraps(last)) last--;
    this.setMarks(last);
  }

  /** The last row that was handed out; -1 for none, and where it was erased. */
  private get handedOut(): number {
    return Math.max(this.mark?.line ?? -1, this.markAbove?.line ?? -1);
  }

  private setMarks(handedOut: number): void {
    const { baseY, cursorY } = this.terminal.buffer.normal;
    const marked = (row: number) => (row < 0 ? null : (this.terminal.registerMarker(row - (baseY + cursorY)) ?? null));
    this.mark?.dispose();
    this.markAbove?.dispose();
    this.mark = marked(handedOut);
    this.markAbove = handedOut >= baseY ? marked(baseY - 1) : null;
  }
}

function slicesOf(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) => text.slice(index * length, (index + 1) * length));
}

function withoutLastBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end--;
  return line.slice(0, end);
}

const newTerminal = (size: { cols: number; rows: number }): Terminal => new Terminal({ ...size, scrollback, allowProposedApi: true, logLevel: 'off' });

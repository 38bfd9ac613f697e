/** The lines a terminal has finished since it was looked at last, for those who hear them. A flood is cut to its end. */
import type { IMarker, Terminal } from '@xterm/xterm';

const pauseMs = 400;
/** So many are told at once. */
export const mostLines = 20;

export interface ToldLines {
  lines: readonly string[];
  /** Lines before them that are not told. */
  skipped: number;
}

export class NewLines {
  private readonly terminal: Terminal;
  private readonly tell: (told: ToldLines) => void;
  private marker: IMarker | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resting = true;

  constructor(terminal: Terminal, tell: (told: ToldLines) => void) {
    this.terminal = terminal;
    this.tell = tell;
    terminal.onWriteParsed(() => {
      if (!this.resting) this.timer ??= setTimeout(() => this.look(), pauseMs);
    });
  }

  /** What comes now was there before. */
  rest(): void {
    this.resting = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** What comes from here on is new. */
  start(): void {
    this.resting = false;
    this.markHere();
  }

  look(): void {
    this.timer = undefined;
    const { active } = this.terminal.buffer;
    if (this.resting || active.type !== 'normal') return;
    const end = active.baseY + active.cursorY;
    // Without a mark the screen was cleared, or so much came that its line is gone.
    const begin = this.marker && !this.marker.isDisposed ? this.marker.line : 0;
    if (end <= begin) return;
    this.markHere();
    const lines: string[] = [];
    for (let row = begin; row < end; row++) {
      const line = active.getLine(row);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    const told = lines.filter((text) => text.trim() !== '');
    if (told.length > 0) this.tell({ lines: told.slice(-mostLines), skipped: Math.max(0, told.length - mostLines) });
  }

  dispose(): void {
    this.rest();
    this.marker?.dispose();
  }

  private markHere(): void {
    this.marker?.dispose();
    this.marker = this.terminal.registerMarker(0);
  }
}

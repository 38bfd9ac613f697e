/** Notes beside lines that a verdict speaks of: a sign in the margin, its word at the line's end where there is room. */
import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';

export interface LineMark {
  /** Names the verdict. */
  id: string;
  line: string;
  /** Tells the kinds apart without their colour. */
  sign: string;
  word: string;
  /** A colour of the form #rrggbb, for the ruler. */
  color: string;
  /** For the note: any colour of the page's. */
  ink: string;
  title: string;
}

/** How far back the line is looked for. Older output belongs to earlier steps. */
const linesLookedAt = 2000;
/** Looks for one line before it is given up: a verdict often arrives a moment before the bytes it speaks of. */
const looks = 6;

export class LineMarks {
  private readonly done = new Map<string, { marker: IMarker; notes: IDecoration[] }>();
  private readonly looked = new Map<string, number>();
  private wanted: readonly LineMark[] = [];
  private readonly terminal: Terminal;
  private readonly onPicked: (id: string) => void;

  /** `onPicked`: somebody pressed the note of that verdict. */
  constructor(terminal: Terminal, onPicked: (id: string) => void = () => undefined) {
    this.terminal = terminal;
    this.onPicked = onPicked;
  }

  /** The marks there should be from now on. */
  want(marks: readonly LineMark[]): void {
    this.wanted = marks;
  }

  /** Marks each line where it was last printed; true while some are still to be found. The same mark is not made twice. */
  look(): boolean {
    let missing = false;
    for (const mark of this.wanted) {
      const wanted = mark.line.trim();
      const times = this.looked.get(mark.id) ?? 0;
      if (!wanted || this.done.has(mark.id) || times >= looks) continue;
      this.looked.set(mark.id, times + 1);
      if (!this.annotate(wanted, mark)) missing = true;
    }
    return missing;
  }

  /** Where the line of that verdict is; null where it was not found, or has scrolled out of what is kept. */
  lineOf(id: string): number | null {
    const marker = this.done.get(id)?.marker;
    return marker && !marker.isDisposed ? marker.line : null;
  }

  /** Forgets what was marked; it is looked for again in what the terminal shows next. */
  clear(): void {
    for (const { notes } of this.done.values()) for (const note of notes) note.dispose();
    this.done.clear();
    this.looked.clear();
  }

  private annotate(wanted: string, mark: LineMark): boolean {
    const buffer = this.terminal.buffer.active;
    const cursor = buffer.baseY + buffer.cursorY;
    for (let y = cursor; y >= Math.max(0, cursor - linesLookedAt); y -= 1) {
      const text = buffer.getLine(y)?.translateToString(true);
      if (!text?.includes(wanted.slice(0, this.terminal.cols))) continue;
      const marker = this.terminal.registerMarker(y - cursor);
      const sign = this.terminal.registerDecoration({ marker, width: 1, layer: 'top', overviewRulerOptions: { color: mark.color } });
      sign?.onRender((element) => this.draw(element, mark, 'wb-line-sign', mark.sign));
      const label = `${mark.sign} ${mark.word}`;
      const room = this.terminal.cols - text.length - label.length - 4 > 0;
      const note = room ? this.terminal.registerDecoration({ marker, anchor: 'right', x: 1, width: label.length + 1, layer: 'top' }) : undefined;
      note?.onRender((element) => this.draw(element, mark, 'wb-line-note', label));
      this.done.set(mark.id, { marker, notes: [sign, note].filter((each) => each !== undefined) });
      return true;
    }
    return false;
  }

  private draw(element: HTMLElement, mark: LineMark, kind: string, text: string): void {
    if (element.dataset.mark === mark.id) return;
    element.dataset.mark = mark.id;
    element.classList.add(kind);
    element.style.color = mark.ink;
    element.title = mark.title;
    element.textContent = text;
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', `${mark.word}: ${mark.line.trim()}`);
    element.addEventListener('click', () => this.onPicked(mark.id));
  }
}

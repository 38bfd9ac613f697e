/** Colours the margin beside lines that a verdict speaks of. */
import type { IDecoration, Terminal } from '@xterm/xterm';

export interface LineMark {
  line: string;
  /** A colour of the form #rrggbb. */
  color: string;
  title: string;
}

/** How far back the line is looked for. Older output belongs to earlier steps. */
const linesLookedAt = 2000;
/** Looks for one line before it is given up: a verdict often arrives a moment before the bytes it speaks of. */
const looks = 6;

export class LineMarks {
  private readonly done = new Map<string, IDecoration>();
  private readonly looked = new Map<string, number>();
  private wanted: readonly LineMark[] = [];
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** The marks there should be from now on. */
  want(marks: readonly LineMark[]): void {
    this.wanted = marks;
  }

  /** Marks each line where it was last printed; true while some are still to be found. The same mark is not made twice. */
  look(): boolean {
    let missing = false;
    for (const mark of this.wanted) {
      const key = `${mark.line}\n${mark.title}`;
      const wanted = mark.line.trim();
      const times = this.looked.get(key) ?? 0;
      if (!wanted || this.done.has(key) || times >= looks) continue;
      this.looked.set(key, times + 1);
      const decoration = this.decorate(wanted, mark);
      if (decoration) this.done.set(key, decoration);
      else missing = true;
    }
    return missing;
  }

  /** Forgets what was marked; it is looked for again in what the terminal shows next. */
  clear(): void {
    for (const decoration of this.done.values()) decoration.dispose();
    this.done.clear();
    this.looked.clear();
  }

  private decorate(wanted: string, mark: LineMark): IDecoration | undefined {
    const buffer = this.terminal.buffer.active;
    const cursor = buffer.baseY + buffer.cursorY;
    for (let y = cursor; y >= Math.max(0, cursor - linesLookedAt); y -= 1) {
      if (!buffer.getLine(y)?.translateToString(true).includes(wanted.slice(0, this.terminal.cols))) continue;
      const marker = this.terminal.registerMarker(y - cursor);
      const decoration = this.terminal.registerDecoration({ marker, width: 1, overviewRulerOptions: { color: mark.color } });
      decoration?.onRender((element) => {
        element.style.boxShadow = `-5px 0 0 ${mark.color}`;
        element.title = mark.title;
      });
      return decoration;
    }
    return undefined;
  }
}

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

export class LineMarks {
  private readonly done = new Map<string, IDecoration>();
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Marks each line where it was last printed. The same mark is not made twice. */
  show(marks: readonly LineMark[]): void {
    for (const mark of marks) {
      const key = `${mark.line}\n${mark.title}`;
      const wanted = mark.line.trim();
      if (!wanted || this.done.has(key)) continue;
      const decoration = this.decorate(wanted, mark);
      if (decoration) this.done.set(key, decoration);
    }
  }

  clear(): void {
    for (const decoration of this.done.values()) decoration.dispose();
    this.done.clear();
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

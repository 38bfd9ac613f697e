/** Lines that need no emulator, and how many rows they take on the screen. */
export class PlainLines {
  rows = 0;
  private lines: { text: string; rows: number }[] = [];
  private open = '';

  /** Length of the line whose end is still to come. */
  get unended(): number {
    return this.open.length;
  }

  add(text: string, cols: number): void {
    const lines = text.split('\n');
    lines[0] = this.open + lines[0];
    this.open = lines.pop() ?? '';
    for (const each of lines) {
      const rows = Math.max(1, Math.ceil(each.length / cols));
      this.lines.push({ text: each, rows });
      this.rows += rows;
    }
  }

  /** The first lines, so that at least so many rows are left. */
  take(keep: number): string[] {
    let count = 0;
    for (const { rows } of this.lines) {
      if (this.rows - rows < keep) break;
      this.rows -= rows;
      count++;
    }
    return this.lines.splice(0, count).map(({ text }) => text);
  }

  /** As a terminal is given them. */
  get rest(): string {
    return [...this.lines.map(({ text }) => text), this.open].join('\r\n');
  }
}

/**
 * Gathers lines as bytes. The emulator's lines are strings joined character by character; kept as such they cost twenty
 * times their length and most of the time of an export in garbage collection.
 */
const pageBytes = 256 * 1024;

export class TextGatherer {
  private page = Buffer.allocUnsafe(pageBytes);
  private used = 0;
  private full: Buffer[] = [];

  readonly line = (text: string): void => {
    // No character takes more than three bytes a code unit.
    const most = 3 * text.length + 1;
    if (this.used + most > this.page.length) {
      this.turn(most);
    }
    this.used += this.page.write(text, this.used);
    this.page[this.used++] = 10;
  };

  /** What was gathered since the last time. */
  take(): Buffer[] {
    if (this.used > 0) this.turn(0);
    const taken = this.full;
    this.full = [];
    return taken;
  }

  private turn(atLeast: number): void {
    if (this.used > 0) this.full.push(Buffer.from(this.page.subarray(0, this.used)));
    this.used = 0;
    if (atLeast > this.page.length) this.page = Buffer.allocUnsafe(atLeast);
  }
}

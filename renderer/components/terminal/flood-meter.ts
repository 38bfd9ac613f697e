/** Tells whether a terminal is flooded: about 1 MB/s, sustained. Times in milliseconds of one clock. */

const windowMs = 250;
const floodedAbove = 256 * 1024;
const calmBelow = 64 * 1024;

export class FloodMeter {
  private readonly seen: { at: number; count: number }[] = [];
  private sum = 0;
  private flooded = false;

  note(count: number, now: number): void {
    this.seen.push({ at: now, count });
    this.sum += count;
  }

  /** Two thresholds, so that output near one of them does not flicker between two ways of drawing. */
  isFlooded(now: number): boolean {
    while (this.seen[0] && this.seen[0].at <= now - windowMs) this.sum -= this.seen.shift()?.count ?? 0;
    this.flooded = this.sum > (this.flooded ? calmBelow : floodedAbove);
    return this.flooded;
  }
}

/** An echo comes within this, or it comes from far away and a tenth of a second more makes no difference. */
const echoMs = 250;

/** Milliseconds from one drawing to the next: every frame, or held back so that parsing gets the time. */
export function drawingInterval(flooded: boolean, msSinceKey: number): number {
  if (!flooded) return 0;
  return msSinceKey < echoMs ? 33 : 100;
}

/**
 * Notices that a line has gone silent, once somebody is logged in behind it: the helper there gives a sign of life every two seconds, and
 * all that comes counts as one. ssh's own asking (ServerAliveInterval) can't be used for that, as it is the limit for each answer of a
 * login as well (docs/decisions/036).
 */

/** Seconds between two signs of life. */
export const beatSeconds = 2;
/** Ticks are counted and not time: a machine that slept or was busy has not listened meanwhile. */
const tickMs = 500;
const mostSilentTicks = 18;
/** What is typed to stop a terminal's output (Ctrl-S), also that of signs of life. */
const stopOutput = '\x13';

export const silentSeconds = (mostSilentTicks * tickMs) / 1000;

export class LineWatch {
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private held = false;
  private readonly listens: () => boolean;
  private readonly onSilent: () => void;

  /** `listens`: whether what comes is read at all now. `onSilent` is called once. */
  constructor(listens: () => boolean, onSilent: () => void) {
    this.listens = listens;
    this.onSilent = onSilent;
  }

  /** A sign of life came: from now on more are waited for. */
  begin(): void {
    this.timer ??= setInterval(() => this.tick(), tickMs);
  }
  heard(): void {
    this.ticks = 0;
    this.held = false;
  }
  typed(keys: string): void {
    if (keys.includes(stopOutput)) this.held = true;
  }
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.ticks = 0;
  }

  private tick(): void {
    if (this.held || !this.listens()) return;
    this.ticks += 1;
    if (this.ticks < mostSilentTicks) return;
    this.end();
    this.onSilent();
  }
}

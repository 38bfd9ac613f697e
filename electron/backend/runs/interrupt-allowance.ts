/** How often Ctrl-C is sent and written down: each one is an event of the record, and a page may ask for any number. */
import { WrenchbookError } from '../../../shared/api/error.ts';

const most = 20;
const withinMs = 10_000;

export class InterruptAllowance {
  private readonly now: () => number;
  private sent: number[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Throws `wrong-state` where there were too many of late. */
  take(): void {
    const now = this.now();
    this.sent = this.sent.filter((at) => now - at < withinMs);
    if (this.sent.length >= most)
      throw new WrenchbookError('wrong-state', `Ctrl-C was sent ${most} times within ${withinMs / 1000} seconds.`, 'Wait a moment, or leave the run.');
    this.sent.push(now);
  }
}

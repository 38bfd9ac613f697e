/** Waiting for a console: for the moment in which it has said something and paused, or its silence, or its end. */
import { WrenchbookError } from '../../../shared/api/error.ts';

export type Pause = 'paused' | 'silent' | 'ended';

export class ConsoleWait {
  private bytes = 0;
  private judged = 0;
  private lastAt = 0;
  private ended = false;
  private wake: (() => void) | null = null;

  came(count: number): void {
    this.bytes += count;
    this.lastAt = performance.now();
    this.wake?.();
  }
  end(): void {
    this.ended = true;
    this.wake?.();
  }

  /**
   * Resolves with `paused` once something new has come and then nothing for `settleMs`, with `silent` when nothing new came
   * for `silenceMs`. Rejects with WrenchbookError `cancelled` when the signal says so.
   */
  async pause(settleMs: number, silenceMs: number, signal?: AbortSignal): Promise<Pause> {
    const from = performance.now();
    for (;;) {
      if (signal?.aborted)
        throw new WrenchbookError('cancelled', 'Waiting for the console was cancelled.', 'What it was doing may still be running there: check it.');
      const fresh = this.bytes > this.judged;
      const left = fresh ? this.lastAt + settleMs - performance.now() : from + silenceMs - performance.now();
      if (fresh && (left <= 0 || this.ended)) {
        this.judged = this.bytes;
        return 'paused';
      }
      if (this.ended) return 'ended';
      if (left <= 0) return 'silent';
      await this.sleep(left, signal);
    }
  }

  private sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.ceil(ms), 2 ** 31 - 1));
      signal?.addEventListener('abort', done);
      this.wake = done;
    });
  }
}

/** A lock that is held for moments: who comes second waits for its turn. The lock of a process that is gone is taken over. */
import { mkdirSync } from 'node:fs';
import { WrenchbookError } from '../../shared/api/error.ts';
import { lockRun } from './runs/run-lock.ts';
import { storageError } from './storage-error.ts';

const giveUpMs = 10_000;
const tryAgainMs = 5;

/** `what` is what it guards, for the message. Returns what gives it free. Throws `locked` or `storage`. */
export function waitForLock(folder: string, what: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw storageError('make', folder, cause);
  }
  const giveUpAt = Date.now() + giveUpMs;
  for (;;) {
    try {
      return lockRun(folder);
    } catch (cause) {
      if (!(cause instanceof WrenchbookError) || cause.code !== 'locked') throw cause;
      if (Date.now() > giveUpAt) throw new WrenchbookError('locked', `Another Wrenchbook has locked ${what}.`, 'Quit it, then try again.', { cause });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tryAgainMs);
    }
  }
}

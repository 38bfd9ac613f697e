/** Long work in this thread in short pieces, so that terminals and calls are served in between. */
import { setImmediate } from 'node:timers/promises';

/** Awaited often; lets others work whenever this has gone on for `ms`, and costs next to nothing otherwise. */
export function timeSlices(ms = 8): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < ms) return undefined;
    return setImmediate(undefined).then(() => {
      since = performance.now();
    });
  };
}

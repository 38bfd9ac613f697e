/** How often an exhaustive test goes round: a sample in `npm test`, all of it in `npm run soak`. */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    soak: boolean;
  }
}

/** Rounds of this run: `test` within the gate, `soak` where `npm run soak` runs. */
export const rounds = ({ test, soak }: { test: number; soak: number }): number => (inject('soak') ? soak : test);

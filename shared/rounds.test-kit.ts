/** How often an exhaustive test goes round: a sample in `npm test`, all of it in `npm run soak`. */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    soak: boolean;
  }
}

/** `test` of them within the gate, spread evenly from a random one on, so that all come up in the long run; all where `npm run soak` runs. */
export function spread<T>(all: readonly T[], test: number): T[] {
  if (inject('soak') || all.length <= test) return [...all];
  const step = all.length / test;
  const from = Math.random() * step;
  return Array.from({ length: test }, (_, index) => all[Math.floor(from + index * step)] as T);
}

/** Rounds of this run: `test` within the gate, `soak` where `npm run soak` runs. */
export const rounds = ({ test, soak }: { test: number; soak: number }): number => (inject('soak') ? soak : test);

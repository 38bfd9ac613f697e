import { defineConfig } from 'vitest/config';
import { WaitingFirst } from './scripts/test/waiting-first.mjs';

/** They keep nothing of what they did in a module, and stand in for none: they share a process, and load what they test once. */
const together = ['shared/**/*.test.ts', 'electron/backend/conformance/topics/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: 'electron/backend/real/brought-shells.test-kit.ts',
    pool: 'forks',
    // Three a core of the gate's two: with one more than the cores, the processors were idle half of the time.
    maxWorkers: 6,
    sequence: { sequencer: WaitingFirst },
    // A machine under load takes its time: what comes is waited for.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
    // Limits are for what hangs, not for what takes its time.
    testTimeout: process.env.WRENCHBOOK_SOAK ? 3_600_000 : 600_000,
    provide: { soak: Boolean(process.env.WRENCHBOOK_SOAK) },
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['{electron,renderer,scripts,e2e/electron-stand-in}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ...together],
        },
      },
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
  },
});

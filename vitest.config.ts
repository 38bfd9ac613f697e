import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer,scripts,e2e/electron-stand-in}/**/*.test.{ts,tsx}'],
    globalSetup: 'electron/backend/real/brought-shells.test-kit.ts',
    pool: 'forks',
    // One more than the gate's two cores: real checks mostly wait for their machines.
    maxWorkers: 3,
    // A machine under load takes its time: what comes is waited for.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
    // Limits are for what hangs, not for what takes its time.
    testTimeout: process.env.WRENCHBOOK_SOAK ? 3_600_000 : 600_000,
    provide: { soak: Boolean(process.env.WRENCHBOOK_SOAK) },
  },
});

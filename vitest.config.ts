import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer,scripts,e2e/electron-stand-in}/**/*.test.{ts,tsx}'],
    globalSetup: 'electron/backend/real/brought-shells.test-kit.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});

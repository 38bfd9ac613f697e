import { defineConfig } from '@playwright/test';
import type { AppOptions } from './app-fixture.ts';

export default defineConfig<AppOptions>({
  testDir: 'specs',
  outputDir: '../test-results',
  // Each test starts an app with its own data folder, and waits for it some of its time: one more than two cores.
  workers: 3,
  fullyParallel: true,
  // Limits are for what hangs: a machine under load takes its time.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? [['list']] : [['list']],
  use: { trace: 'off' },
  projects: [
    { name: 'electron', use: { runtime: 'electron' } },
    { name: 'stand-in', use: { runtime: 'stand-in' } },
  ],
});

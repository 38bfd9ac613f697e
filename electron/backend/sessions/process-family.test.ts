import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newSessionMark, processFamily } from './process-family.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-ps-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(process.platform === 'win32')('gives ps nothing of the environment but where programs are', async () => {
  writeFileSync(path.join(folder, 'ps'), `#!/bin/sh\nenv >${folder}/environment\n`);
  chmodSync(path.join(folder, 'ps'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  vi.stubEnv('CANARY_VARIABLE', 'canary-env-5521');
  expect(await processFamily(process.pid, newSessionMark())).toEqual([]);
  expect(existsSync(path.join(folder, 'environment'))).toBe(true);
  expect(readFileSync(path.join(folder, 'environment'), 'utf8')).not.toContain('canary-env-5521');
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { findNode, nodeWays } from './find-node.ts';

afterEach(() => void vi.unstubAllEnvs());

it.each([
  ['ID=debian\n', 'linux', 'sudo apt install nodejs'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'linux', 'sudo dnf install nodejs'],
  ['', 'darwin', 'brew install node'],
] as const)('where Node.js is missing, %j on %s: %s', (release, platform, command) => expect(nodeWays(release, platform)[0]?.command).toBe(command));

it('an old Node.js and one that does not start are missing, with the reason', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  vi.stubEnv('WRENCHBOOK_NODE', process.execPath);
  expect((await findNode()).node?.version).toBe(process.versions.node);
  const old = path.join(folder, 'node');
  writeFileSync(old, '#!/bin/sh\necho v16.20.2\n');
  chmodSync(old, 0o755);
  vi.stubEnv('WRENCHBOOK_NODE', old);
  expect(await findNode()).toMatchObject({ node: null, nodeWhy: expect.stringContaining('is version 16.20.2; 18 or later is needed') });
  vi.stubEnv('WRENCHBOOK_NODE', path.join(folder, 'none'));
  expect(await findNode()).toMatchObject({ node: null, nodeWhy: expect.stringContaining('could not be started') });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { storageError } from './storage-error.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-read-only-'));
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', folder]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

it('says of a folder that is gone that it is', () => {
  expect(storageError('write', path.join(tmpdir(), 'no', 'such', 'place'), { code: 'ENOENT' })).toMatchObject({
    next: expect.stringContaining('The folder is gone'),
  });
});

describe.skipIf(!mounted)('a read-only disk (needs the right to mount a small file system)', () => {
  it('is said to be one, though the system says that what should be made on it is missing', () => {
    const file = path.join(folder, 'data', 'runs', '.new-x');
    let cause: unknown;
    try {
      mkdirSync(file, { recursive: true });
    } catch (thrown) {
      cause = thrown;
    }
    expect(cause).toMatchObject({ code: expect.stringMatching(/^(ENOENT|EROFS)$/) });
    for (const said of [cause, { code: 'ENOENT' }])
      expect(storageError('make a run in', file, said)).toMatchObject({
        message: expect.stringContaining('EROFS'),
        next: expect.stringContaining('read-only'),
      });
  });
});

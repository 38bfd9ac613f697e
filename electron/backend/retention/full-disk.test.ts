/** Archiving on a disk that is full: a small file system of its own, where this machine lets one be mounted. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KeyRing } from '../keys/key-ring.ts';
import { Ledger } from '../ledger/ledger.ts';
import { Places } from './places.ts';
import { restingRun, snapshot } from './resting-run.test-kit.ts';
import { archiveRun, lockArchive, restoreRun } from './run-removal.ts';

const data = mkdtempSync(path.join(tmpdir(), 'wb-archive-full-'));
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', data]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [data]);
  rmSync(data, { recursive: true, force: true });
});
const decision = { why: 'test', by: 'test' };
const hex = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join('');

describe.skipIf(!mounted)('a full disk (needs the right to mount a small file system)', () => {
  it('leaves the run as it was, says so, and archives when there is room; restoring the same', async () => {
    const places = new Places(data);
    const ledger = new Ledger(data, new KeyRing(data), () => undefined);
    const runId = '20260101-000001-t-0001';
    const folder = restingRun(data, runId, { output: [hex(1_300_000)] }); // packs to about half
    const other = '20260101-000002-t-0002';
    const ballast = restingRun(data, other, { output: [hex(1_300_000)] });
    const before = snapshot(folder);
    const giveFree = lockArchive(places);
    const full = { code: 'storage', message: expect.stringContaining('ENOSPC'), next: expect.stringContaining('disk is full') };
    await expect(archiveRun(places, ledger, runId, decision, {})).rejects.toMatchObject(full);
    expect(snapshot(folder)).toEqual(before);
    expect(readdirSync(places.archive)).toEqual(['lock']);
    rmSync(ballast, { recursive: true });
    await archiveRun(places, ledger, runId, decision, {});
    restingRun(data, other, { output: [hex(1_300_000)] });
    await expect(restoreRun(places, ledger, runId, decision, {})).rejects.toMatchObject(full);
    expect(readdirSync(places.runs)).toEqual([other]);
    expect(places.isArchived(runId)).toBe(true);
    rmSync(ballast, { recursive: true });
    await restoreRun(places, ledger, runId, decision, {});
    expect(snapshot(folder)).toEqual(before);
    giveFree();
  });
});

/**
 * The whole set-up typed at a console of the type “array command line”: a program on a terminal of its own (a PTY) plays the array, with prompts,
 * questions without echo and its own words for errors. No P2000 is there; real/p2000-setup.test.ts has the two logins of the proof.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { troublesOf } from '../real/real-topic.test-kit.ts';
import { ArraySetUp } from './array-set-up.test-kit.ts';

const canaries = ['Canary-2216-m', 'Canary-9034-a'];
const logins = ['old-refused', 'new-accepted'];
let runs: Rehearsal;
let array: string;
let setUp: ArraySetUp;
beforeEach(() => {
  runs = new Rehearsal();
  array = mkdtempSync(path.join(tmpdir(), 'wb-array-'));
});
afterEach(async () => {
  await runs.end();
  rmSync(array, { recursive: true, force: true });
});

const begin = (failure: string | null): Promise<RunState> => {
  setUp = new ArraySetUp(runs, array, failure);
  return setUp.begin();
};
const go = (state: RunState, without: readonly string[] = logins) => setUp.go(state, without);
const kept = (name: string) => readFileSync(path.join(array, name), 'utf8');
const leaks = () =>
  canaries.filter((canary) => `${runs.shown}${runs.log.join()}${execFileSync('sh', ['-c', 'cat $(find "$0" -type f)', runs.data])}`.includes(canary));

it('an array at its console is set up, its passwords are shown nowhere, and addresses are as before once that was undone', { timeout: 600_000 }, async () => {
  const fresh = await begin(null);
  const before = kept('array.state');
  const done = await go(fresh);
  expect(done.status, troublesOf(done)).toBe('done');
  expect(kept('array.state')).toMatch(/^ip\.a=10\.1\.1\.11$/m);
  expect(kept('array.state')).toMatch(/^admin=[0-9a-f]{16}$/m);
  expect([kept('maps'), kept('disks')]).toEqual(['vol1 mini1 1 a1,b1\nvol2 esx1 1 a1,b1\n', '1.1 VDISK\n1.2 VDISK\n1.3 VDISK\n1.4 VDISK\n1.5 GLOBAL SP\n']);
  expect(runs.shown).toContain('Re-enter new password:');
  expect(leaks()).toEqual([]);
  const undone = await runs.take(done, offerOf(done, 'undo'));
  expect(kept('maps'), troublesOf(undone)).toBe('');
  const addresses = (text: string) => text.split('\n').filter((line) => /^(?:ip|mode)\./.test(line));
  expect(addresses(kept('array.state')), undone.says).toEqual(addresses(before));
  expect(undone.says).toContain('Change the password of admin');
});

it('a disk that was in another array stops it before anything is changed', { timeout: 600_000 }, async () => {
  const start = await begin('leftover');
  const before = kept('array.state');
  const state = await go(start);
  expect([state.status, state.current, kept('array.state') === before, kept('vdisks')], troublesOf(state)).toEqual(['failed', 'disks', true, '']);
});

it('a map of a volume that was not made is found out, as the array does not show it', { timeout: 600_000 }, async () => {
  const state = await go(await begin(null), [...logins, 'volume-vol1']);
  expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'map-vol1']);
});

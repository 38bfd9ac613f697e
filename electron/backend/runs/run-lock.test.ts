import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleProgram } from '../faults/child-program.test-kit.ts';
import { removeAbandonedDrafts } from './run-drafts.ts';
import { lockRun } from './run-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lockFile = () => path.join(folder, 'lock');
const owner = (more: object) => writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, host: hostname(), started: null, boot: null, ...more }));
const gone = 4_194_304; // above the largest process id

test('a lock keeps others out until it is given back, and leaves nothing behind', () => {
  const giveBack = lockRun(folder);
  expect(() => lockRun(folder)).toThrow(/is working on this run/);
  giveBack();
  expect(readdirSync(folder)).toEqual([]);
  lockRun(folder)();
});

test.each([
  ['a process that is gone', () => owner({ pid: gone })],
  ['a process before the machine was started again', () => owner({ boot: 'another boot' })],
  ['a power loss, which left it empty', () => writeFileSync(lockFile(), '')],
])('the lock of %s is taken over', (_whose, leave) => {
  leave();
  lockRun(folder)();
  expect(existsSync(lockFile())).toBe(false);
});

test('the lock of another machine is respected, and the way out is told', () => {
  owner({ host: 'elsewhere', pid: gone });
  expect(() => lockRun(folder)).toThrow(/on elsewhere is working/);
  expect(existsSync(lockFile())).toBe(true);
});

test('a take-over that was cut off does not keep everybody out for ever', () => {
  owner({ pid: gone });
  const guard = path.join(folder, 'lock.taken-over');
  mkdirSync(guard);
  expect(() => lockRun(folder)).toThrow(/is taking over/);
  utimesSync(guard, new Date(0), new Date(0));
  lockRun(folder)();
});

test('many processes at once, some of which die with the lock: never two inside', async () => {
  const program = await bundleProgram(path.join(import.meta.dirname, 'run-lock.test-program.ts'));
  const contend = () => ended(spawn(process.execPath, [program, folder, '3000'], { stdio: ['ignore', 'pipe', 'pipe'] }));
  for (let wave = 0; wave < 3; wave++) {
    const results = await Promise.all(Array.from({ length: 6 }, contend));
    expect(results.map(({ stderr }) => stderr).join('')).toBe('');
    expect(results.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBeGreaterThan(6);
  }
  rmSync(path.dirname(program), { recursive: true });
});

test('drafts of runs whose maker is gone are removed, others stay', () => {
  const draft = (name: string) => {
    mkdirSync(path.join(folder, name));
    return path.join(folder, name);
  };
  writeFileSync(path.join(draft('.new-dead'), 'lock'), JSON.stringify({ pid: gone, host: hostname(), started: null, boot: null }));
  lockRun(draft('.new-alive'));
  draft('.new-this-moment');
  utimesSync(draft('.new-old'), new Date(0), new Date(0));
  draft('20260101-000000-run');
  removeAbandonedDrafts(folder);
  expect(readdirSync(folder).sort()).toEqual(['.new-alive', '.new-this-moment', '20260101-000000-run']);
});

function ended(child: ChildProcess): Promise<{ stdout: string; stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data) => (texts.stdout += data));
  child.stderr?.on('data', (data) => (texts.stderr += data));
  return new Promise((resolve) => child.on('close', () => resolve(texts)));
}

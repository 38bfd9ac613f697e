/** The built terminal command over a data folder with runs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { castBytes, plannedStep, stepDone, writeRun } from '../backend/history/synthetic-run.test-kit.ts';

let data = '';
const wrenchbook = (...args: string[]) => {
  const environment = { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: data };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), ...args], {
    env: environment,
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};
const listed = (...args: string[]) =>
  (JSON.parse(wrenchbook('transcripts', 'list', ...args, '--json').stdout) as { runId: string }[]).map(({ runId }) => runId.slice(-1));
const ids = { one: '20261101-100000-t-0001', two: '20261102-100000-t-0002', three: '20261103-100000-u-0003' };

beforeAll(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-cli-history-'));
  const output = ['mptsas2: fault 0x5854\r\n'];
  const plan = [plannedStep('look', 1, { title: 'Look', script: 'lspci' })];
  writeRun(data, { runId: ids.one, at: '2026-11-01T10:00:00.000Z', plan, output, events: stepDone('look', castBytes(output), { ok: false, exitStatus: 1 }) });
  writeRun(data, {
    runId: ids.two,
    at: '2026-11-02T10:00:00.000Z',
    plan,
    host: 'web1',
    output: ['all well\r\n'],
    events: stepDone('look', castBytes(['all well\r\n'])),
  });
  writeRun(data, { runId: ids.three, at: '2026-11-03T10:00:00.000Z', plan, topicId: 'u-topic', events: [{ type: 'run-ended', outcome: 'stopped' }] });
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('wrenchbook transcripts list', () => {
  it.each([
    [[], '321'],
    [['--search', 'mptsas2:'], '1'],
    [['--search', 'lspci'], '321'],
    [['--topic', 'u-topic'], '3'],
    [['--host', 'web1'], '2'],
    [['--outcome', 'failed'], '1'],
    [['--from', '2026-11-02', '--to', '2026-11-02'], '2'],
    [['--search', 'nowhere'], ''],
  ])('%j', (options, expected) => expect(listed(...options).join('')).toBe(expected));

  it('shows where the words stand', () => {
    const { stdout, status } = wrenchbook('transcripts', 'list', '--search', 'fault');
    expect(stdout).toMatch(/^20261101-100000-t-0001 {2}failed/);
    expect(stdout).toContain('    1. Look: mptsas2: [fault] 0x5854');
    expect(status).toBe(0);
  });

  it('refuses what is no date or outcome', () => {
    expect(wrenchbook('transcripts', 'list', '--from', 'yesterday').status).toBe(2);
    expect(wrenchbook('transcripts', 'list', '--outcome', 'well').status).toBe(2);
  });
});

describe('wrenchbook transcripts compare', () => {
  it('names what differs', () => {
    const { stdout, status } = wrenchbook('transcripts', 'compare', ids.one, ids.two);
    expect(status).toBe(0);
    expect(stdout).toContain('differs  1. Look: status, exit status, screen');
    expect(stdout).toContain('- failed, 1 attempt, 0.0 s, exit status 1');
    expect(stdout).toContain('      - mptsas2: fault 0x5854\n      + all well');
    const { rows } = JSON.parse(wrenchbook('transcripts', 'compare', ids.one, ids.two, '--json').stdout);
    expect(rows[0].differs).toEqual(['status', 'exit status', 'screen']);
  });

  it('refuses runs of two procedures, and runs that are not there', () => {
    const { status, stderr } = wrenchbook('transcripts', 'compare', ids.one, ids.three);
    expect([status, stderr]).toEqual([2, expect.stringContaining('Choose two runs of the same procedure')]);
    expect(wrenchbook('transcripts', 'compare', ids.one, '20200101-000000-t-0000').status).toBe(2);
  });
});

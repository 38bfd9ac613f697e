/** The built terminal command over a data folder with old runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restingRun, snapshot } from '../backend/retention/resting-run.test-kit.ts';
import { parseSize } from './storage-commands.ts';

let data = '';
const wrenchbook = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), ...args], {
    env: { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: data },
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};
const storage = (...args: string[]) => wrenchbook('storage', ...args);
const ids = { old: '20250101-100000-t-0001', young: '20260102-100000-t-0002', open: '20240103-100000-t-0003' };

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-cli-storage-'));
  restingRun(data, ids.old, { days: 400 });
  restingRun(data, ids.young, { days: 3 });
  restingRun(data, ids.open, { days: 900, end: 'failed' });
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('wrenchbook storage', () => {
  it('tells sizes, for people and for scripts', () => {
    const { usage, rule, runs, ledger } = JSON.parse(storage('--json').stdout);
    expect(usage.runs.count).toBe(3);
    expect(runs).toHaveLength(3);
    expect(usage.runs.bytes).toBe(runs.reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0));
    expect([rule.archiveAfterDays, ledger.exists]).toEqual([null, true]);
    expect(storage()).toMatchObject({ status: 0, stdout: expect.stringMatching(/3 runs \(journals[\s\S]*No rule/) });
  });

  it('says what the rule would do, asks, does it, and leaves a log', () => {
    expect(storage('rule', '--archive-after', '30', '--delete-after', '365', '--keep-below', '20GB').stdout).toContain('archived after 30 days');
    expect(storage('rule', '--keep-below', 'off', '--json').stdout).toContain('"keepBelowBytes": null');
    const dry = storage('clean', '--dry-run');
    expect(dry).toMatchObject({ status: 0, stdout: expect.stringMatching(new RegExp(`^delete .*${ids.old}.*\\(rule: delete after 365 days\\)`)) });
    expect(dry.stdout).toContain(`left alone  ${ids.open}  not finished (failed)`);
    expect(dry.stdout).toContain('1 run to delete');
    expect(storage('clean')).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes') });
    expect(existsSync(path.join(data, 'runs', ids.old))).toBe(true);
    expect(storage('clean', '--yes')).toMatchObject({ status: 0, stdout: expect.stringContaining(`deleted  ${ids.old}`) });
    expect(existsSync(path.join(data, 'runs', ids.old))).toBe(false);
    expect(existsSync(path.join(data, 'runs', ids.open))).toBe(true);
    expect(storage('log')).toMatchObject({ status: 0, stdout: expect.stringMatching(new RegExp(`${ids.old} .* by .* \\(rule: delete after 365 days\\)`)) });
    expect(wrenchbook('transcripts', 'show', ids.old)).toMatchObject({ status: 2, stderr: expect.stringContaining('was deleted at') });
    expect(wrenchbook('transcripts', 'verify', ids.old)).toMatchObject({ status: 2, stderr: expect.stringContaining('was deleted at') });
  });

  it('archives and restores by hand; what is archived is listed, shown and verified', () => {
    const before = snapshot(path.join(data, 'runs', ids.old));
    expect(storage('archive', ids.old, '--yes').status).toBe(0);
    expect(wrenchbook('transcripts', 'list').stdout).toContain(ids.old);
    expect(wrenchbook('transcripts', 'show', ids.old).stdout).toContain('# A topic');
    expect(wrenchbook('transcripts', 'verify', ids.old)).toMatchObject({ status: 0, stdout: expect.stringContaining('intact') });
    expect(storage('restore', ids.old).status).toBe(0);
    expect(snapshot(path.join(data, 'runs', ids.old))).toEqual(before);
    expect(storage('archive', ids.open, '--yes')).toMatchObject({ status: 2, stdout: expect.stringContaining('not finished (failed)') });
    expect(storage('delete', ids.open, '--yes').status).toBe(2);
  });

  it('keeps a run from every rule until the mark is taken away', () => {
    storage('rule', '--delete-after', '30');
    storage('keep', ids.old);
    expect(JSON.parse(storage('clean', '--yes', '--json').stdout)).toMatchObject({ done: [], skipped: [{ runId: ids.open }, { runId: ids.old }] });
    storage('keep', ids.old, '--off');
    expect(JSON.parse(storage('clean', '--yes', '--json').stdout).done).toMatchObject([{ runId: ids.old, action: 'delete' }]);
    expect(storage('keep', 'nothing').status).toBe(2);
  });

  it('says that the ledger was changed', () => {
    storage('delete', ids.old, ids.young, '--yes');
    const ledger = path.join(data, 'ledger.jsonl');
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('by hand', 'by rule'));
    expect(storage('log')).toMatchObject({ status: 6, stderr: expect.stringMatching(/NOT intact: line \d+ of the ledger does not follow/) });
  });

  it.each([
    ['rule', '--archive-after', '0'],
    ['rule', '--keep-below', 'much'],
    ['rule', '--keep-below', '10'],
    ['restore', ids.old],
  ])('refuses %s %s %s', (...args) => expect(storage(...args.filter(Boolean)).status).toBe(2));
  it.each([
    ['500MB', 500_000_000],
    ['1.5gb', 1_500_000_000],
    ['12', 12],
  ])('reads %s', (text, bytes) => expect(parseSize(text)).toBe(bytes));
});

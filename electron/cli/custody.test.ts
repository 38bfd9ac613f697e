/** The built command at records that are not intact: what it says, and its exit statuses. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restingRun } from '../backend/retention/resting-run.test-kit.ts';

const command = path.resolve('scripts/wrenchbook.mjs');
const runId = '20260101-120000-a-topic-0001';
let data = '';
const wrenchbook = (...args: string[]) =>
  spawnSync(process.execPath, [command, ...args], { env: { ...process.env, WRENCHBOOK_DATA: data }, encoding: 'utf8', input: '' });
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-custody-'));
  restingRun(data, runId);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('wrenchbook transcripts verify', () => {
  it('says 0 for an intact record, and which statuses there are', () => {
    expect(wrenchbook('transcripts', 'verify', runId)).toMatchObject({ status: 0, stdout: expect.stringContaining(`${runId}: intact.`) });
    expect(wrenchbook('transcripts', 'verify', '--help').stdout).toMatch(/0 intact, 2 no such run or file, 3 not intact,\s6 the run is intact, but the ledger/);
  });

  it('says 3 where it is not, and nothing is done with it', () => {
    const journal = path.join(data, 'runs', runId, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"exitStatus":0', '"exitStatus":1'));
    expect(wrenchbook('transcripts', 'verify', runId)).toMatchObject({ status: 3, stdout: expect.stringContaining('NOT intact') });
    const answers = path.join(data, 'answers.yaml');
    writeFileSync(answers, '');
    const out = path.join(data, 'out');
    for (const args of [
      ['resume', runId, '--answers', answers],
      ['undo', runId, '--yes'],
      ['transcripts', 'export', runId, '--format', 'md', '--out', out],
      ['transcripts', 'export', runId, '--format', 'bundle', '--out', out],
    ])
      expect(wrenchbook(...args), args.join(' ')).toMatchObject({ status: 3, stderr: expect.stringMatching(/is not intact: [\s\S]*It can be read/) });
    expect(wrenchbook('transcripts', 'show', runId)).toMatchObject({ status: 0, stdout: expect.stringContaining(`The record of run ${runId} is not intact`) });
  });

  it('says 6 where only the ledger is damaged, until a new one is begun', () => {
    appendFileSync(path.join(data, 'ledger.jsonl'), 'x\n');
    expect(wrenchbook('transcripts', 'verify', runId)).toMatchObject({ status: 6, stdout: expect.stringContaining("line 2 of the ledger can't be read") });
    expect(wrenchbook('transcripts', 'export', runId, '--format', 'md', '--out', path.join(data, 'out'))).toMatchObject({
      status: 6,
      stderr: expect.stringContaining('wrenchbook storage renew-ledger'),
    });
    expect(wrenchbook('storage', 'log').status).toBe(6);
    expect(wrenchbook('storage', 'renew-ledger').status).toBe(2); // nobody agreed
    expect(wrenchbook('storage', 'renew-ledger', '--yes')).toMatchObject({ status: 0, stderr: expect.stringContaining('Runs in the new ledger: 1.') });
    expect(wrenchbook('transcripts', 'verify', runId).status).toBe(0);
  });
});

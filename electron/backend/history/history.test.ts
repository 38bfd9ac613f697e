import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/api/run.ts';
import { History } from './history.ts';
import { plannedStep, stepDone, writeRun } from './synthetic-run.test-kit.ts';

let data = '';
let log: string[] = [];
let openRuns: RunSummary[] = [];
let history: History;
const runId = '20261101-100000-t-0001';
const open = (historyWorker?: string) => new History({ dataFolder: data, historyWorker, log: (line) => log.push(line), openRuns: () => openRuns });

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-history-thread-'));
  log = [];
  openRuns = [];
  writeRun(data, { runId, plan: [plannedStep('look')], events: stepDone('look') });
});
afterEach(async () => {
  await history.close();
  rmSync(data, { recursive: true, force: true });
});

describe('the way to the history', () => {
  it('works without a thread', async () => {
    history = open();
    expect((await history.list()).map((run) => run.runId)).toEqual([runId]);
  });

  it.each([
    ['is missing', ''],
    ['fails at once', 'throw new Error("broken")'],
    ['fails when it is asked', "require('node:worker_threads').parentPort.on('message', () => { throw new Error('broken') })"],
  ])('goes on in this thread when the other one %s', async (_, script) => {
    const file = path.join(data, 'worker.cjs');
    if (script) writeFileSync(file, script);
    history = open(file);
    const [listed, found] = await Promise.all([history.list(), history.search({ text: 'nowhere', limit: 10, offset: 0 })]);
    expect([listed.length, found.of]).toEqual([1, 1]);
    expect(log.join()).toContain("the history's thread failed");
  });

  it('shows a run that is open here as it is now', async () => {
    history = open();
    const [stored] = await history.list();
    if (!stored) throw new Error('not listed');
    openRuns = [{ ...stored, status: 'running', says: 'Running step 1.' }];
    expect((await history.list())[0]).toMatchObject({ status: 'running', says: 'Running step 1.' });
  });
});

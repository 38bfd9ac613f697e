/** Several processes on one index: the terminal command as it is built, and an app's backend. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/api/run.ts';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../shared/wire/client.ts';
import { createBackend } from '../backend.ts';
import { castBytes, plannedStep, stepDone, writeRun } from './synthetic-run.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
let data = '';
let started: ChildProcess[] = [];
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-processes-'));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

interface Ended {
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}
function wrenchbook(...args: string[]): { pid: number; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, WRENCHBOOK_DATA: data, WRENCHBOOK_LAB_SPEED: '0', WRENCHBOOK_DEBUG: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (texts.stdout += text));
  child.stderr.on('data', (text) => (texts.stderr += text));
  return { pid: child.pid ?? 0, ended: new Promise((resolve) => child.on('close', (_status, signal) => resolve({ signal, ...texts }))) };
}
const searching = (text: string) => wrenchbook('transcripts', 'list', '--search', text, '--json');
const foundBy = ({ stdout }: Ended) => (JSON.parse(stdout) as RunSummary[]).map(({ runId }) => runId);

function writeRuns(count: number): void {
  const output = [`${'a line that is read for the index\r\n'.repeat(200)}`, 'mptsas2: fault\r\n'];
  const plan = [plannedStep('look'), plannedStep('erase', 2)];
  const events = [...stepDone('look', castBytes(output.slice(0, 1))), ...stepDone('erase', castBytes(output), {}, 1)];
  for (let index = 0; index < count; index++) writeRun(data, { runId: `20261101-${100_000 + index}-t-${1000 + index}`, plan, output, events });
}
/** The process whose turn it is to fill the index. */
async function filler(): Promise<number> {
  const file = path.join(data, 'index', 'filling');
  for (;;) {
    const owner = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const pid = Number(owner.split('-').at(-2));
    if (pid) return pid;
    await setTimeout(1);
  }
}
function expectWhole(runs: number): void {
  const database = new sqlite.Database(path.join(data, 'index', 'runs.sqlite'), { readOnly: true });
  expect(database.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' });
  expect(database.get('select count(*) as runs, count(distinct run_id) as different from run')).toEqual({ runs, different: runs });
  database.close();
  expect(readdirSync(path.join(data, 'index'))).toEqual(['runs.sqlite']);
}

describe('three processes on an empty index', () => {
  it('fill it one at a time, and all find everything', async () => {
    writeRuns(300);
    const ended = await Promise.all([1, 2, 3].map(() => searching('fault').ended));
    for (const each of ended) expect(foundBy(each)).toHaveLength(300);
    expectWhole(300);
  });

  it('go on when the one that fills it is killed: another takes its turn', async () => {
    writeRuns(600);
    const processes = [1, 2, 3].map(() => searching('fault'));
    const killed = await filler();
    process.kill(killed, 'SIGKILL');
    const ended = await Promise.all(processes.map(async ({ pid, ended }) => ({ pid, ...(await ended) })));
    expect(ended.filter(({ signal }) => signal === 'SIGKILL').map(({ pid }) => pid)).toEqual([killed]);
    for (const each of ended.filter(({ pid }) => pid !== killed)) expect(foundBy(each)).toHaveLength(600);
    expectWhole(600);
  });
});

it('an app and a terminal command on a filled index find each other’s new runs', async () => {
  writeRuns(20);
  const backend = createBackend({
    dataFolder: data,
    assetsFolder: path.resolve('assets'),
    version: 'test',
    historyWorker: path.resolve('out/main/history-worker.cjs'),
    log: () => undefined,
  });
  const [here, there] = carrierPair();
  backend.serve(there, 'main');
  const api = makeApi(makeClient(here).call);
  const inApp = async (text: string) => {
    for (;;) {
      const { hits, indexed, of } = await api.runs.search({ text, limit: 100, offset: 0 });
      if (indexed === of) return hits.map(({ run }) => run.runId);
      await setTimeout(10);
    }
  };
  try {
    expect(await inApp('fault')).toHaveLength(20);
    expect(foundBy(await searching('fault').ended)).toHaveLength(20);

    const { runId } = await api.runs.start({ topicId: 'perc-h200-crossflash', target: { kind: 'lab' }, parameters: {} });
    expect(foundBy(await searching('perc-h200-crossflash').ended)).toEqual([runId]);

    const answers = path.join(data, 'answers.yaml');
    writeFileSync(answers, (await wrenchbook('run', 'perc-h200-crossflash', '--print-answers').ended).stdout);
    const { stdout } = await wrenchbook('run', 'perc-h200-crossflash', '--target', 'lab', '--answers', answers, '--json').ended;
    expect(await inApp('"Erase Flash Operation"')).toEqual([JSON.parse(stdout).runId]);
  } finally {
    await backend.close();
  }
  expectWhole(22);
});

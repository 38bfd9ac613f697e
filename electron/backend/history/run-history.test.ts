import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSearch } from '../../../shared/api/history.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { RunHistory } from './run-history.ts';
import { castBytes, plannedStep, type SyntheticRun, stepDone, writeRun } from './synthetic-run.test-kit.ts';

let data = '';
let log: string[] = [];
let history: RunHistory;
const indexFile = () => path.join(data, 'index', 'runs.sqlite');
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-history-'));
  log = [];
  history = open();
});
afterEach(async () => {
  await history.close();
  rmSync(data, { recursive: true, force: true });
});
const open = () => new RunHistory(data, (line) => log.push(line));
async function reopened(): Promise<RunHistory> {
  await history.close();
  history = open();
  return history;
}
const write = (id: string, more: Partial<SyntheticRun> = {}) => {
  const runId = `20261101-100000-t-${id}`;
  return writeRun(data, { runId, plan: [plannedStep('look'), plannedStep('erase', 2)], events: [...stepDone('look')], ...more });
};
const ask = (text: string, more: Partial<RunSearch> = {}): RunSearch => ({ text, limit: 100, offset: 0, ...more });
/** Ends of the ids of what is found once all is indexed. */
async function found(text: string, more: Partial<RunSearch> = {}): Promise<string[]> {
  history.search(ask(''), {});
  await history.settled();
  history.search(ask(text, more), {});
  await history.settled(); // it may have been found damaged only now
  const { hits, total, indexed, of } = history.search(ask(text, more), {});
  expect(indexed).toBe(of);
  if (!more.limit && !more.offset) expect(total).toBe(hits.length);
  return hits.map(({ run }) => run.runId.slice(-4));
}
const verdict: Verdict = {
  kind: 'failure',
  rule: 'no-card',
  line: 'No LSI SAS adapters found!',
  means: 'The card is not seen.',
  next: 'Reseat it.',
  remedies: [],
  noWayBack: false,
};

describe('a search', () => {
  it('finds what was done and what the screens showed, and says where', async () => {
    const output = ['mptsas2: fault 0x5854 on 500605b0-1234\r\nLüfter \x1b[1mzwei\x1b[0m steht\r\n'];
    write('0001', {
      plan: [plannedStep('look', 1, { title: 'Look for the card', script: 'lspci -nn | grep -i sas' }), plannedStep('erase', 2, { title: 'Erase' })],
      parameters: { serial: 'ZX81' },
      output,
      events: [
        ...stepDone('look', castBytes(output), { ok: false, verdicts: [verdict] }),
        { type: 'fact-saved', stepId: 'look', id: 'a', title: 'SAS address', value: '5782bcb-0-1234-5600' },
        { type: 'step-skipped', stepId: 'erase', reason: 'The vendor did it already' },
        { type: 'note', text: 'Cable swapped by Ömer' },
      ],
    });
    write('0002', { output: ['nothing of interest\r\n'] });
    for (const text of ['mptsas2:', '500605b0-1234', '500605b0-12', 'lüfter', 'LUFTER ZWEI', '"zwei steht"', 'lspci', 'reseat', 'no-card', 'adapters found!']) {
      expect([text, await found(text)]).toEqual([text, ['0001']]);
    }
    for (const text of ['5782bcb-0-1234-5600', 'vendor did', 'ömer', 'ZX81', 'erase lspci', '0x5854'])
      expect([text, await found(text)]).toEqual([text, ['0001']]);
    for (const text of ['"steht zwei"', 'lspci nowhere', '***', '500605b0-1235']) expect([text, await found(text)]).toEqual([text, []]);
    const { hits } = history.search(ask('mptsas2: ömer'), {});
    expect(hits[0]?.matches).toMatchObject([
      { stepId: 'look', title: '1. Look for the card', place: 'screen', before: '', match: 'mptsas2', after: expect.stringContaining(': fault 0x5854') },
      { stepId: null, title: 'Run', place: 'record', match: 'Ömer' },
    ]);
  });

  it('takes anything that can be typed', async () => {
    write('0001');
    await found('');
    for (const text of ['"', '""', 'NEAR(a, 2)', 'a AND', 'OR', '-x', "'", '\0', '{text}:x', '(', '\ue000', '💥', 'x'.repeat(1000)])
      expect(() => history.search(ask(text), {})).not.toThrow();
  });

  it('lists the newest first, a page at a time, with all filters', async () => {
    for (let day = 1; day <= 9; day++) {
      const at = `2026-11-0${day}T12:00:00.000Z`;
      const more = day % 2 ? { host: 'web1', topicId: 'b-topic', topicTitle: 'Another' } : {};
      write(`000${day}`, {
        runId: `2026110${day}-120000-t-000${day}`,
        at,
        ...more,
        ...(day === 2 ? { target: { kind: 'ssh', host: 'web2' } as const } : {}),
        ...(day === 3 ? { events: [{ type: 'run-ended', outcome: 'stopped' }] } : {}),
      });
    }
    expect(await found('')).toEqual(['0009', '0008', '0007', '0006', '0005', '0004', '0003', '0002', '0001']);
    expect(await found('erase', { limit: 2, offset: 3 })).toEqual(['0006', '0005']);
    expect(history.search(ask('', { limit: 2 }), {}).total).toBe(9);
    expect(await found('', { host: 'web1' })).toEqual(['0009', '0007', '0005', '0003', '0001']);
    expect(await found('erase', { topicId: 'b-topic', from: '2026-11-03', to: '2026-11-07' })).toEqual(['0007', '0005', '0003']);
    expect(await found('', { to: '2026-11-02T11:59:59.999Z' })).toEqual(['0001']);
    expect(await found('', { outcome: 'stopped' })).toEqual(['0003']);
    expect(await found('', { open: false })).toEqual(['0003']);
    expect(await found('', { open: true, rehearsal: false })).toEqual(['0002']);
    expect(await found('', { open: true, rehearsal: true, to: '2026-11-04' })).toEqual(['0004', '0001']);
    expect(await found('', { open: true, to: '2026-11-04' })).toEqual(['0004', '0002', '0001']);
    expect(history.filters({})).toEqual({
      topics: [
        { topicId: 'a-topic', title: 'A topic' },
        { topicId: 'b-topic', title: 'Another' },
      ],
      hosts: ['Rehearsal lab', 'web1'],
      outcomes: ['stopped', 'waiting'],
    });
  });

  it('takes the outcome of an open run from the process that has it', async () => {
    write('0001');
    await found('');
    const live = { '20261101-100000-t-0001': 'running' } as const;
    expect(history.search(ask('', { outcome: 'running' }), live).total).toBe(1);
    expect(history.search(ask('', { outcome: 'waiting' }), live).total).toBe(0);
    expect(history.filters(live).outcomes).toEqual(['running']);
    expect(history.filters({}).outcomes).toEqual(['waiting']);
  });
});

describe('the index', () => {
  it('is filled in the background and says how far it is', async () => {
    for (let id = 1000; id < 1040; id++) write(String(id));
    expect(history.search(ask(''), {})).toMatchObject({ total: 0, indexed: 0, of: 40 });
    expect(history.list()).toHaveLength(40);
    await history.settled();
    expect(history.search(ask(''), {})).toMatchObject({ total: 40, indexed: 40, of: 40 });
  });

  it('reads only what changed since', async () => {
    const folder = write('0001');
    write('0002');
    await found('');
    const before = statSync(indexFile()).mtimeMs;
    await reopened();
    expect(await found('')).toHaveLength(2);
    expect(statSync(indexFile()).mtimeMs).toBe(before);
    writeRun(data, { runId: path.basename(folder), plan: [plannedStep('look')], events: [{ type: 'note', text: 'something new' }] });
    history.note(path.basename(folder));
    expect(await found('something')).toEqual(['0001']);
  });

  it('notices runs that came and went in its folder', async () => {
    const folder = write('0001');
    expect(await found('')).toEqual(['0001']);
    write('0002');
    expect(await found('')).toEqual(['0002', '0001']);
    rmSync(folder, { recursive: true });
    expect(await found('')).toEqual(['0002']);
    expect(history.list().map(({ runId }) => runId.slice(-4))).toEqual(['0002']);
  });

  it('leaves out a run that can’t be read, and says so once', async () => {
    write('0001');
    writeFileSync(path.join(write('0002'), 'journal.jsonl'), 'no journal\n');
    mkdirSync(path.join(data, 'runs', '20261101-100000-t-0003'));
    expect(await found('')).toEqual(['0001']);
    const said = log.length;
    expect(await found('')).toEqual(['0001']);
    expect(log.length).toBe(said);
    expect(log.join()).toContain('t-0002 is left out');
  });

  const damages: [string, () => void][] = [
    ['missing', () => rmSync(indexFile())],
    ['empty', () => truncateSync(indexFile())],
    ['no database', () => writeFileSync(indexFile(), 'x'.repeat(10_000))],
    ['cut', () => truncateSync(indexFile(), 9000)],
    ['overwritten', () => writeFileSync(indexFile(), Buffer.alloc(40_000, 0xa5), { flag: 'r+' })],
    ['of another version', () => withDatabase((database) => database.exec('pragma user_version = 99'))],
    ['without a table', () => withDatabase((database) => database.exec('drop table section'))],
  ];
  it.each(damages)('is made anew when it is %s', async (_, damage) => {
    for (const id of ['0001', '0002', '0003']) write(id);
    await found('');
    await history.close();
    damage();
    history = open();
    expect(await found('erase')).toEqual(['0003', '0002', '0001']);
    expect(history.list()).toHaveLength(3);
  });

  it('does without where it can’t be written', async () => {
    write('0001');
    writeFileSync(path.join(data, 'index'), 'a file where the folder should be');
    expect(history.list()).toHaveLength(1);
    expect(() => history.search(ask(''), {})).toThrow(/Could not make the index/);
    expect(log.join()).toContain('without the index');
  });

  it('survives the kill -9 of a writer in the middle of a change', async () => {
    for (let id = 1000; id < 1060; id++) write(String(id));
    for (let round = 0; round < 3; round++) {
      await found('');
      const writer = spawn(process.execPath, ['-e', killedWriter, path.resolve('node_modules/node-sqlite3-wasm'), indexFile(), path.dirname(indexFile())]);
      await new Promise<void>((resolve) => writer.stdout.once('data', () => resolve()));
      writer.kill('SIGKILL');
      await new Promise((resolve) => writer.once('exit', resolve));
      expect(existsSync(`${indexFile()}.lock`)).toBe(true);
      await reopened();
      expect(await found('erase')).toHaveLength(60);
      withDatabase((database) => expect(database.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' }));
    }
  });

  it('is shared by two that fill it at once', async () => {
    for (let id = 1000; id < 1100; id++) write(String(id));
    const other = open();
    for (const side of [history, other]) side.search(ask(''), {});
    await Promise.all([history.settled(), other.settled()]);
    for (const side of [history, other]) expect(side.search(ask('erase'), {})).toMatchObject({ total: 100, indexed: 100, of: 100 });
    await other.close();
    withDatabase((database) => expect(database.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' }));
    expect(readdirSync(path.join(data, 'index')).filter((name) => name.startsWith('user-'))).toHaveLength(1);
  });

  it('reads a run that was written to while it was read again', async () => {
    const folder = write('0001');
    await found('');
    appendFileSync(path.join(folder, 'journal.jsonl'), '{"torn":');
    await reopened();
    expect(await found('')).toEqual(['0001']);
  });
});

function withDatabase(work: (database: InstanceType<typeof sqlite.Database>) => void): void {
  const database = new sqlite.Database(indexFile());
  work(database);
  database.close();
}

/** Waits for the index, changes much of it, and stands still between writing the pages and the end of the change. */
const killedWriter = `
  const { Database } = require(process.argv[1]);
  const fs = require('node:fs');
  fs.mkdirSync(process.argv[3], { recursive: true });
  fs.writeFileSync(process.argv[3] + '/user-' + encodeURIComponent(require('node:os').hostname()) + '-' + process.pid + '-0', '');
  const stand = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      const database = new Database(process.argv[2], { fileMustExist: true });
      database.exec('pragma cache_size = 2; begin immediate; delete from section; update run set run_id = run_id || 1');
      fs.writeSync(1, 'in the middle');
      Atomics.wait(stand, 0, 0);
    } catch { Atomics.wait(stand, 0, 0, 2); }
  }`;

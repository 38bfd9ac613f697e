/** Old runs through the backend's own calls: sizes, rule, dry run, archive, reading what was archived, restoring, deleting. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { type Client, makeApi, makeClient } from '../../../shared/wire/client.ts';
import { type Backend, createBackend } from '../backend.ts';
import { bundleProgram } from '../faults/child-program.test-kit.ts';
import { draftPrefix } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { restingRun, snapshot } from './resting-run.test-kit.ts';
import { noRule } from './rule-file.ts';

const id = (number: number) => `20260101-00000${number}-t-000${number}`;
let data = '';
let backend: Backend;
let client: Client;
let api: ReturnType<typeof makeApi>;
const logged: string[] = [];

function open(cleanAfterMs?: number): void {
  const more = cleanAfterMs === undefined ? {} : { cleanAfterMs };
  backend = createBackend({ dataFolder: data, assetsFolder: path.resolve('assets'), version: 'test', log: (line) => logged.push(line), ...more });
  const [here, there] = carrierPair();
  backend.serve(there, 'cli');
  client = makeClient(here);
  api = makeApi(client.call);
}
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-retention-'));
  logged.length = 0;
  open();
});
afterEach(async () => {
  await backend.close();
  rmSync(data, { recursive: true, force: true });
});
const folder = (number: number) => path.join(data, 'runs', id(number));
const archive = (number: number) => path.join(data, 'archive', `${id(number)}.tar.zst`);
const byHand = async (action: 'archive' | 'delete', ...numbers: number[]) => {
  const plan = await api.storage.plan({ choice: { action, runIds: numbers.map(id) } });
  return api.storage.clean({ planId: plan.planId, ...(plan.confirm === null ? {} : { confirmation: plan.confirm }) });
};

describe('sizes', () => {
  it('are told by run and for the whole folder, and add up', async () => {
    restingRun(data, id(1));
    restingRun(data, id(2), { end: 'failed' });
    const [one] = await api.storage.runs({ runIds: [id(1), id(3)] });
    const length = (name: string) => statSync(path.join(folder(1), name)).size;
    expect(one).toMatchObject({ archived: false, kept: false, journal: length('journal.jsonl'), recording: length('recording.cast') });
    expect(one?.bytes).toBe((one?.journal ?? 0) + (one?.recording ?? 0) + (one?.files ?? 0));
    expect(one?.files).toBeGreaterThan(3000);
    await byHand('archive', 1);
    const usage = await api.storage.usage({});
    expect(usage.runs.count).toBe(1);
    expect(usage.archive).toMatchObject({ count: 1, bytes: statSync(archive(1)).size, unpackedBytes: one?.bytes });
    expect(usage.total).toBe(usage.runs.bytes + usage.archive.bytes + usage.derived + usage.rest);
    expect(usage.rest).toBeGreaterThanOrEqual(statSync(path.join(data, 'ledger.jsonl')).size);
  });

  it('tell how far they are, and are measured anew when a run goes on', async () => {
    for (const number of [1, 2, 3]) restingRun(data, id(number));
    const told: number[] = [];
    client.on('storage.progress', ({ jobId, done }) => jobId === 'j' && told.push(done));
    const before = await api.storage.usage({ jobId: 'j' });
    expect(told.at(-1)).toBe(3);
    writeFileSync(path.join(folder(1), 'recording.cast'), 'x'.repeat(9999), { flag: 'a' });
    expect((await api.storage.usage({})).runs.bytes).toBe(before.runs.bytes + 9999);
  });
});

describe('a rule', () => {
  it('is off at first, kept whole, and off when its file is damaged', async () => {
    expect(await api.storage.rule({})).toEqual({ rule: noRule, trouble: null });
    const rule = { archiveAfterDays: 30, deleteAfterDays: null, keepBelowBytes: 5_000_000, atStart: true };
    await api.storage.setRule(rule);
    expect(await api.storage.rule({})).toEqual({ rule, trouble: null });
    for (const damaged of ['', '{"version":2}', '{"version":1,"archiveAfterDays":-1}']) {
      writeFileSync(path.join(data, 'retention.json'), damaged);
      expect(await api.storage.rule({})).toMatchObject({ rule: noRule, trouble: expect.stringContaining('retention.json') });
    }
    await expect(api.storage.setRule({ ...rule, deleteAfterDays: 0 })).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('is looked at first and changes nothing; what is agreed to is done and nothing else', async () => {
    for (const [number, days] of [
      [1, 400],
      [2, 40],
      [3, 5],
    ] as const)
      restingRun(data, id(number), { days });
    restingRun(data, id(4), { days: 900, end: 'failed' });
    restingRun(data, id(5), { days: 900, end: 'waiting' });
    const before = snapshot(path.join(data, 'runs'));
    const plan = await api.storage.plan({ rule: { ...noRule, archiveAfterDays: 30, deleteAfterDays: 365 } });
    expect(snapshot(path.join(data, 'runs'))).toEqual(before);
    expect(plan.entries.map(({ runId, action }) => [runId, action])).toEqual([
      [id(1), 'delete'],
      [id(2), 'archive'],
    ]);
    expect(plan.spared.map(({ runId }) => runId).sort()).toEqual([id(4), id(5)]);
    await expect(api.storage.clean({ planId: plan.planId })).rejects.toMatchObject({ code: 'not-confirmed', next: expect.stringContaining('delete 1 run') });
    await expect(api.storage.clean({ planId: 'another', confirmation: 'delete 1 run' })).rejects.toMatchObject({ code: 'not-found' });
    const result = await api.storage.clean({ planId: plan.planId, confirmation: 'delete 1 run' });
    expect(result).toMatchObject({
      done: [
        { runId: id(1), action: 'delete' },
        { runId: id(2), action: 'archive' },
      ],
      skipped: [],
      cancelled: false,
    });
    expect(readdirSync(path.join(data, 'runs')).sort()).toEqual([id(3), id(4), id(5)]);
    expect(existsSync(archive(2))).toBe(true);
  });

  it('leaves a run alone that went on, was locked or was marked since it was looked at', async () => {
    for (const number of [1, 2, 3, 4]) restingRun(data, id(number));
    const plan = await api.storage.plan({ rule: { ...noRule, deleteAfterDays: 30 } });
    expect(plan.entries).toHaveLength(4);
    rmSync(folder(1), { recursive: true });
    restingRun(data, id(1), { end: 'waiting' });
    const giveFree = lockRun(folder(2));
    await api.storage.keep({ runId: id(3), kept: true });
    const { done, skipped } = await api.storage.clean({ planId: plan.planId, confirmation: plan.confirm ?? '' });
    expect(done.map(({ runId }) => runId)).toEqual([id(4)]);
    expect(skipped.sort((a, b) => a.runId.localeCompare(b.runId)).map(({ why }) => why)).toEqual([
      expect.stringContaining('is not finished (waiting)'),
      expect.stringContaining('is working on this run'),
      expect.stringContaining('is marked to be kept'),
    ]);
    giveFree();
    expect((await api.storage.log({})).tombstones.map(({ runId }) => runId)).toEqual([id(4)]);
  });

  it('applies itself at the start where the admin wants that, and only there', async () => {
    restingRun(data, id(1));
    restingRun(data, id(2), { end: 'failed' });
    await api.storage.setRule({ ...noRule, archiveAfterDays: 30 });
    await backend.close();
    open(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(existsSync(archive(1))).toBe(false);
    await api.storage.setRule({ ...noRule, archiveAfterDays: 30, atStart: true });
    await backend.close();
    open(0);
    await new Promise<void>((resolve) => client.on('storage.changed', () => resolve()));
    expect(existsSync(archive(1))).toBe(true);
    expect(existsSync(folder(2))).toBe(true);
  });
});

describe('an archived run', () => {
  const before: Record<string, string> = {};
  beforeEach(async () => {
    restingRun(data, id(1));
    Object.assign(before, snapshot(folder(1)));
    expect((await byHand('archive', 1)).skipped).toEqual([]);
  });

  it("takes its folder's place", () => {
    expect(readdirSync(path.join(data, 'runs'))).toEqual([]);
    expect(readdirSync(path.join(data, 'archive'))).toEqual([`${id(1)}.tar.zst`]);
  });
  it.skipIf(spawnSync('zstd', ['--version']).error)('is opened by tar and zstd as well', () => {
    const listing = spawnSync('sh', ['-c', `zstd -dc '${archive(1)}' | tar -tf -`], { encoding: 'utf8' }).stdout;
    expect(listing.split('\n')).toEqual(expect.arrayContaining(['journal.jsonl', 'lab/etc/secret.conf', 'lab/link']));
  });
  it('comes back byte for byte, with modes and times', async () => {
    await api.storage.restore({ runId: id(1) });
    expect(snapshot(folder(1))).toEqual(before);
    expect(existsSync(archive(1))).toBe(false);
    await expect(api.storage.restore({ runId: id(1) })).rejects.toMatchObject({ code: 'wrong-state' });
    expect((await api.transcripts.verify({ runId: id(1) })).ok).toBe(true);
  });
  it('is listed, found, read, compared, verified and exported as before, and not worked on', async () => {
    expect((await api.runs.list({})).map(({ runId }) => runId)).toEqual([id(1)]);
    const out = path.join(data, 'out.txt');
    await api.transcripts.export({ runId: id(1), format: 'txt', out });
    expect(readFileSync(out, 'utf8')).toContain('mptsas2: fault');
    const { run, screens } = await api.transcripts.get({ runId: id(1) });
    expect(run).toMatchObject({ status: 'done', offers: [], says: expect.stringContaining('archived') });
    expect(Object.values(screens).join()).toContain('mptsas2');
    expect((await api.transcripts.recording({ runId: id(1) })).cast).toContain('mptsas2');
    expect(await api.transcripts.verify({ runId: id(1) })).toMatchObject({ ok: true, ledger: expect.stringContaining('up to event') });
    await expect(api.runs.undo({ runId: id(1) })).rejects.toMatchObject({ code: 'wrong-state', next: expect.stringContaining(`storage restore ${id(1)}`) });
    const bundle = path.join(data, 'out.wbrun');
    await api.transcripts.export({ runId: id(1), format: 'bundle', out: bundle });
    await expect(api.runs.import({ path: bundle })).rejects.toMatchObject({ code: 'wrong-state', message: expect.stringContaining('archived') });
  });
  it('is found by what its screens showed, also by an index that is made anew', async () => {
    rmSync(path.join(data, 'index'), { recursive: true, force: true });
    const search = () => api.runs.search({ text: '0x5854', limit: 10, offset: 0 });
    await expect.poll(async () => (await search()).hits.map(({ run }) => run.runId)).toEqual([id(1)]);
  });
  it('leaves nothing unpacked behind', async () => {
    await api.transcripts.get({ runId: id(1) });
    expect(readdirSync(path.join(data, 'cache'))).toHaveLength(1);
    await backend.close();
    expect(readdirSync(path.join(data, 'cache'))).toEqual([]);
    open();
  });
  it('that was changed is found to be so, also after it was read once', async () => {
    await api.transcripts.get({ runId: id(1) });
    const bytes = readFileSync(archive(1));
    for (const at of [bytes.length - 1, Math.floor(bytes.length / 2), 20]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(archive(1), changed);
      const { ok, findings } = await api.transcripts.verify({ runId: id(1) });
      expect(ok, `byte ${at}`).toBe(false);
      expect(findings[0]).toContain('the archive is not the one the ledger saw');
    }
    writeFileSync(archive(1), bytes.subarray(0, -5));
    await expect(api.storage.restore({ runId: id(1) })).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining(archive(1)) });
    expect(existsSync(archive(1)), 'what can not be restored stays').toBe(true);
    expect(existsSync(folder(1))).toBe(false);
    writeFileSync(archive(1), bytes);
    expect((await api.transcripts.verify({ runId: id(1) })).ok).toBe(true);
  });
  it('can be deleted like any other', async () => {
    const { size } = statSync(archive(1));
    expect(await byHand('delete', 1)).toMatchObject({ freed: size });
    expect(readdirSync(path.join(data, 'archive'))).toEqual([]);
    expect((await api.storage.log({})).tombstones).toMatchObject([{ runId: id(1), archived: true, bytes: size }]);
  });
});

describe('a deleted run', () => {
  it('leaves a tombstone, and whoever asks for it is told', async () => {
    restingRun(data, id(1));
    const [size] = await api.storage.runs({ runIds: [id(1)] });
    const last =
      readFileSync(path.join(folder(1), 'journal.jsonl'), 'utf8')
        .trimEnd()
        .split('\n').length - 1;
    await api.storage.keep({ runId: id(1), kept: true });
    await byHand('delete', 1);
    const { tombstones, ledger } = await api.storage.log({});
    expect(ledger.findings).toEqual([]);
    expect(tombstones).toMatchObject([
      {
        runId: id(1),
        topicId: 'a-topic',
        topicTitle: 'A topic',
        target: 'Rehearsal lab',
        outcome: 'done',
        event: last,
        bytes: size?.bytes,
        why: 'by hand',
        stillHere: false,
      },
    ]);
    for (const ask of [
      () => api.runs.get({ runId: id(1) }),
      () => api.transcripts.get({ runId: id(1) }),
      () => api.transcripts.verify({ runId: id(1) }),
      () => api.transcripts.export({ runId: id(1), format: 'md', out: path.join(data, 'x.md') }),
      () => api.storage.restore({ runId: id(1) }),
      () => api.storage.keep({ runId: id(1), kept: true }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'not-found', message: expect.stringMatching(/was deleted at .* by hand/) });
    await expect(api.runs.get({ runId: id(2) })).rejects.toMatchObject({ code: 'not-found', message: expect.not.stringContaining('deleted') });
    expect(readdirSync(path.join(data, 'kept'))).toEqual([]);
  });

  it('is not deleted when the ledger can not be written', async () => {
    restingRun(data, id(1));
    rmSync(path.join(data, 'ledger.jsonl'));
    mkdirSync(path.join(data, 'ledger.jsonl'));
    const { done, skipped } = await byHand('delete', 1);
    expect(done).toEqual([]);
    expect(skipped[0]?.why).toContain('ledger.jsonl');
    expect(existsSync(path.join(folder(1), 'journal.jsonl'))).toBe(true);
    expect(existsSync(path.join(folder(1), 'lock'))).toBe(false);
  });
});

describe('what can not be done leaves the run as it was', () => {
  it('an archive of what no archive can hold', async () => {
    restingRun(data, id(1));
    spawnSync('mkfifo', [path.join(folder(1), 'lab', 'pipe')]);
    expect((await byHand('archive', 1)).skipped[0]?.why).toContain('lab/pipe');
    expect(existsSync(path.join(folder(1), 'journal.jsonl'))).toBe(true);
    expect(readdirSync(path.join(data, 'archive'))).toEqual([]);
  });
  it('a link that leads out is kept as it is and not followed', async () => {
    restingRun(data, id(1));
    const outside = path.join(data, 'outside');
    writeFileSync(outside, 'stays');
    symlinkSync(outside, path.join(folder(1), 'lab', 'away'));
    const before = snapshot(folder(1));
    await byHand('archive', 1);
    await api.storage.restore({ runId: id(1) });
    expect(snapshot(folder(1))).toEqual(before);
    await byHand('archive', 1);
    await api.transcripts.get({ runId: id(1) });
    await backend.close();
    open();
    await byHand('delete', 1);
    expect(readFileSync(outside, 'utf8')).toBe('stays');
  });
  it('called off in the middle: the run is whole', async () => {
    restingRun(data, id(1), { output: Array.from({ length: 4000 }, (_, at) => `${at} ${Math.random()} ${'x'.repeat(500)}`) });
    const before = snapshot(folder(1));
    const plan = await api.storage.plan({ choice: { action: 'archive', runIds: [id(1)] } });
    client.on('storage.progress', ({ jobId, done }) => done > 0 && void api.storage.cancel({ jobId }));
    const result = await api.storage.clean({ planId: plan.planId, jobId: 'clean' });
    expect(result).toMatchObject({ done: [], cancelled: true });
    expect(snapshot(folder(1))).toEqual(before);
    expect(readdirSync(path.join(data, 'archive'))).toEqual([]);
  });
});

describe('a cut-off end', () => {
  it('is found by what the ledger saw, also when the seal went with it', async () => {
    const state = await api.runs.start({ topicId: 'perc-h200-crossflash', target: { kind: 'lab' }, parameters: {} });
    const { runId } = state;
    await api.runs.stop({ runId });
    await api.runs.leave({ runId });
    const journal = path.join(data, 'runs', runId, 'journal.jsonl');
    expect(await api.transcripts.verify({ runId })).toMatchObject({ ok: true, findings: [] });
    const lines = readFileSync(journal, 'utf8').split('\n');
    const grown = () => readFileSync(path.join(data, 'ledger.jsonl'), 'utf8').split('\n').length;
    const before = grown();
    await api.terminal.attach({ runId });
    await api.runs.leave({ runId });
    expect(grown(), 'looking at a run does not make the ledger grow').toBe(before);
    writeFileSync(journal, `${lines.slice(0, -2).join('\n')}\n`);
    rmSync(path.join(data, 'runs', runId, 'seal.json'));
    const cut = await api.transcripts.verify({ runId });
    expect(cut.findings).toEqual([expect.stringMatching(/^the end was cut off: the ledger saw event \d+/)]);
    rmSync(path.join(data, 'ledger.jsonl'));
    expect(await api.transcripts.verify({ runId })).toMatchObject({ ok: false, ledgerFindings: ['the ledger is missing'] });
  });
});

describe('two processes', () => {
  let program = '';
  beforeAll(async () => {
    program = await bundleProgram(path.resolve('electron/backend/retention/removal.test-program.ts'));
    return () => rmSync(path.dirname(program), { recursive: true });
  });

  it('that clean at once take each run once, and lose none', async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) restingRun(data, id(number));
    const ended = (child: ReturnType<typeof spawn>) =>
      new Promise<string>((resolve) => {
        let text = '';
        child.stdout?.on('data', (bytes) => (text += bytes));
        child.on('close', () => resolve(text));
      });
    const workers = Array.from({ length: 3 }, () =>
      ended(spawn(process.execPath, [program, 'archive', data, ...numbers.map(id)], { stdio: ['ignore', 'pipe', 'inherit'] })),
    );
    const done = (await Promise.all(workers)).flatMap((text) => text.split('\n').filter((line) => line.startsWith('done ')));
    expect(new Set(done).size).toBe(done.length);
    for (const number of numbers) {
      expect(existsSync(archive(number)) !== existsSync(folder(number)), id(number)).toBe(true);
      expect(done.includes(`done ${id(number)}`)).toBe(existsSync(archive(number)));
    }
    expect(readdirSync(path.join(data, 'runs')).filter((name) => name.startsWith(draftPrefix))).toEqual([]);
    expect(await api.storage.log({})).toMatchObject({ ledger: { findings: [] } });
  });
});

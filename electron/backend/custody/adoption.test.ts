/** Records of before events and ledger were signed, and what becomes of them; and a ledger that is set aside. */
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { keyFile } from '../keys/signing-key.ts';
import { ForgedFolder } from './forgery.test-kit.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-adoption-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** A run that was begun, left after its first step, and then killed; `old`: as an earlier version left all of it, key and ledger too. */
async function leftRun(old: boolean): Promise<ForgedFolder> {
  const rehearsal = new Rehearsal(data);
  const state = await rehearsal.start('perc-h200-crossflash');
  await rehearsal.take(state, offerOf(state, 'advance'));
  await rehearsal.api.runs.leave({ runId: state.runId });
  await rehearsal.stop();
  const folder = new ForgedFolder(data, state.runId);
  if (!old) return folder;
  folder.chain('journal.jsonl', { unsigned: true });
  folder.remove('seal.json');
  folder.lines('ledger.jsonl', () => [JSON.stringify({ v: 1, seq: 0, at: new Date().toISOString(), prev: '', type: 'note', text: 'of then' })]);
  folder.chain('ledger.jsonl', { unsigned: true });
  unmark();
  return folder;
}
/** As the key of an earlier version is. */
function unmark(): void {
  const file = keyFile(data);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^[^-]*/, ''));
}
const withBackend = async <T>(work: (there: Rehearsal) => Promise<T>): Promise<T> => {
  const there = new Rehearsal(data);
  try {
    return await work(there);
  } finally {
    await there.stop();
  }
};
const verify = (runId: string) => withBackend((there) => there.api.transcripts.verify({ runId }));

it('takes runs of an earlier version over once, and what was done is written down and signed', async () => {
  const { runId, file } = await leftRun(true).then((folder) => ({ runId: folder.runId, file: folder.file('ledger.jsonl') }));
  await withBackend(async (there) => {
    expect(await there.api.transcripts.verify({ runId })).toMatchObject({ ok: true, findings: [], ledgerFindings: [] });
    expect((await there.advanceWhileWell(await there.api.runs.get({ runId }))).status).toBe('done');
  });
  const types = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(['begun', 'adopted']));
  expect(types.filter(({ sig }) => sig === undefined).map(({ type }) => type)).toEqual(['note']);
  expect(await verify(runId)).toMatchObject({ ok: true });
  expect(readFileSync(keyFile(data), 'utf8')).toMatch(/^Wrenchbook records: signed\n-----BEGIN/);
});

it('takes nothing over a second time, whatever is taken away', async () => {
  const folder = await leftRun(false);
  folder.lines('journal.jsonl', (lines) => lines.map((line) => line.replaceAll('5782bcb-0-1234-5600', '5000000-0-dead-beef')));
  folder.chain('journal.jsonl', { unsigned: true });
  folder.remove('seal.json');
  folder.remove('ledger.jsonl');
  const { ok, findings } = await verify(folder.runId);
  expect([ok, findings.join()]).toEqual([false, expect.stringMatching(/the events 0 to \d+ are not signed/)]);
  await withBackend((there) => expect(there.api.runs.stop({ runId: folder.runId })).rejects.toMatchObject({ code: 'not-intact' }));
});

it('leaves an old run outside that was changed', async () => {
  const folder = await leftRun(true);
  folder.lines('journal.jsonl', (lines) => lines.map((line, index) => (index === 1 ? line.replace('"seq":1', '"seq":1,"x":1') : line)));
  expect(await verify(folder.runId)).toMatchObject({ ok: false });
  await withBackend((there) => expect(there.api.runs.stop({ runId: folder.runId })).rejects.toMatchObject({ code: 'not-intact' }));
});

it('sets a damaged ledger aside where an admin says so; what is intact by itself goes on', async () => {
  const folder = await leftRun(false);
  const { runId } = folder;
  appendFileSync(folder.file('ledger.jsonl'), '{"not":"ours"}\n');
  await withBackend(async (there) => {
    expect(await there.api.transcripts.verify({ runId })).toMatchObject({
      ok: false,
      findings: [],
      ledgerFindings: [expect.stringContaining("can't be read"), expect.anything()],
    });
    await expect(there.api.terminal.attach({ runId })).rejects.toMatchObject({ code: 'ledger-damaged', next: expect.stringContaining('renew-ledger') });
    // What is added meanwhile does not make it whole.
    const other = await there.start('perc-h200-crossflash');
    await there.api.runs.leave({ runId: other.runId });
    expect((await there.api.transcripts.verify({ runId })).ledgerFindings.length).toBeGreaterThan(1);
    const { aside, adopted } = await there.api.storage.renewLedger({});
    expect([adopted, existsSync(aside ?? '')]).toEqual([2, true]);
    expect(await there.api.transcripts.verify({ runId })).toMatchObject({ ok: true, ledgerFindings: [] });
    expect((await there.advanceWhileWell(await there.api.runs.get({ runId }))).status).toBe('done');
    await expect(there.api.storage.renewLedger({})).rejects.toMatchObject({ code: 'wrong-state' });
  });
  expect(await verify(runId)).toMatchObject({ ok: true, ledgerFindings: [] });
  expect(readdirSync(data).filter((name) => name.startsWith('ledger-'))).toHaveLength(1);
});

it('a line of the ledger that a crash cut off is put right before the next run is opened', async () => {
  const folder = await leftRun(false);
  for (const [tear, word] of [
    [(whole: Buffer) => Buffer.concat([whole, Buffer.from('{"v":1,"seq":')]), 'removed'],
    [(whole: Buffer) => whole.subarray(0, -1), 'it was added'],
  ] as const) {
    folder.bytes('ledger.jsonl', tear);
    expect((await verify(folder.runId)).ledgerFindings).toEqual(expect.arrayContaining([expect.stringContaining("the ledger's last line has no end")]));
    await withBackend((there) => there.api.terminal.attach({ runId: folder.runId }));
    expect(await verify(folder.runId)).toMatchObject({ ok: true, ledgerFindings: [] });
    expect(readFileSync(folder.file('ledger.jsonl'), 'utf8')).toContain(word);
  }
});

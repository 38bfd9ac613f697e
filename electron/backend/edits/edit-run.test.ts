/** Runs that edit files, with the real engine, sessions and files; in between the file changes, or something gets lost. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';
import { editTopic, options } from './edit-topic.test-kit.ts';

const root = process.getuid?.() === 0;
const old = '# limits\r\nlimit = 12\n';
const wanted = '# limits\r\nlimit = 4096\n';
let run: SmallRun;
let file: string;
let before: Record<string, string>;
beforeEach(() => begin());
afterEach(() => run.end());

function begin(steps = editTopic.steps({}, { target: { kind: 'lab' }, rehearsal: true })): void {
  run = new SmallRun(steps);
  file = path.join(run.lab, 'root/etc/app/app.conf');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, old);
  chmodSync(file, 0o604);
  if (root) chownSync(file, 12_345, 54_321);
  before = treeContents(run.lab);
}
/** Takes what the step offers next. */
const go = (stepId = 'options'): Promise<RunState> => {
  const offer = run.state.offers.find(({ action }) => action === 'advance' || action === 'retry');
  return run.act((controller) => controller.advance(stepId, { shown: offer?.change?.shown }));
};
const back = () => run.act((controller) => controller.undo(''));
const offers = () => run.state.offers.map(({ action, title }) => `${action}: ${title}`);
const rules = (state: RunState, stepId = 'options') => state.steps.find(({ id }) => id === stepId)?.verdicts.map(({ kind, rule }) => `${kind} ${rule}`);
const events = () => readJournal(run.folder).events.map(({ type }) => type);
const kept = () => {
  const folder = path.join(run.lab, 'root/var/lib/wrenchbook/backups', run.state.runId);
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
};
const content = () => readFileSync(file, 'utf8');

describe('an edit', () => {
  it('shows the change, then writes what was shown, and is taken back to the last byte', async () => {
    expect(offers()[0]).toBe('advance: Show the change');
    let state = await go();
    expect([state.status, content(), kept(), offers()[0]]).toEqual(['waiting', old, [], 'advance: Write the file']);
    const change = state.offers[0]?.change;
    expect(change?.diff).toBe('--- /etc/app/app.conf\n+++ /etc/app/app.conf\n@@ -1,2 +1,2 @@\n # limits<CR>\n-limit = 12\n+limit = 4096');
    expect(state.offers.some(({ action }) => action === 'undo')).toBe(false);
    state = await go();
    expect([content(), state.current, rules(state)]).toEqual([wanted, 'made', ['expected written', 'expected limit']]);
    expect(statSync(file).mode & 0o777).toBe(0o604);
    expect(kept().map((copy) => readFileSync(copy, 'utf8'))).toEqual([old]);
    expect(readdirSync(path.join(run.folder, 'backups'))).toEqual(kept().map((copy) => path.basename(copy)));
    await go('made');
    state = await go('made');
    expect([state.status, state.says]).toEqual(['done', 'Done and verified.']);
    expect(events().filter((type) => /edit|file|step-/.test(type))).toEqual([
      ...['step-started', 'edit-shown', 'step-started', 'file-backed-up', 'file-written', 'step-ended'],
      ...['step-started', 'edit-shown', 'step-started', 'file-written', 'step-ended'],
    ]);
    expect(state.offers[0]?.explanation).toContain('/etc/app/app.conf is restored from its backup');
    state = await back();
    expect([state.status, treeContents(run.lab)]).toEqual(['undone', before]);
    const { mode, uid, gid } = statSync(file);
    expect([mode & 0o777, ...(root ? [uid, gid] : [])]).toEqual([0o604, ...(root ? [12_345, 54_321] : [])]);
    expect(existsSync(path.join(run.folder, 'backups'))).toBe(false);
  });

  it('writes only the change that was looked at', async () => {
    const first = await go();
    await expect(async () => run.act((controller) => controller.advance('options'))).rejects.toMatchObject({ code: 'wrong-state' });
    writeFileSync(file, `${old}more\n`);
    let state = await go();
    expect([content(), state.status, state.steps[0]?.edit?.again]).toEqual([`${old}more\n`, 'waiting', true]);
    await expect(async () => run.act((controller) => controller.advance('options', { shown: first.offers[0]?.change?.shown }))).rejects.toMatchObject({
      message: expect.stringContaining('a different one'),
    });
    state = await go();
    expect([content(), rules(state)]).toEqual([`${wanted}more\n`, ['expected written', 'expected limit']]);
    await back();
    expect(content()).toBe(`${old}more\n`);
  });

  it('does nothing where the file is as wanted, and then there is nothing to take back', async () => {
    writeFileSync(file, wanted);
    const state = await go();
    expect([rules(state), state.current, kept()]).toEqual([['expected already-as-wanted', 'expected limit'], 'made', []]);
    expect(state.offers.some(({ action }) => action === 'undo')).toBe(false);
  });

  it('stops at what it can not edit, says why, and shows the change when that was put right', async () => {
    rmSync(file);
    mkdirSync(file);
    let state = await go();
    expect([state.status, rules(state), offers()[0]]).toEqual(['failed', ['failure file-folder'], 'retry: Show the change again']);
    rmSync(file, { recursive: true });
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
    state = await go();
    expect(rules(state)).toEqual(['failure not-utf8']);
    writeFileSync(file, old);
    state = await go();
    expect([state.status, offers()[0]]).toEqual(['waiting', 'advance: Write the file']);
  });

  it('is not taken back over what somebody changed since', async () => {
    await go();
    await go();
    writeFileSync(file, 'by hand\n');
    let state = await back();
    expect([state.status, content()]).toEqual(['failed', 'by hand\n']);
    expect(state.says).toContain('was changed since this run wrote it');
    expect(state.says).toContain(kept()[0]?.slice(run.lab.length + 1));
    writeFileSync(file, wanted);
    state = await back();
    expect([state.status, content()]).toEqual(['undone', old]);
  });

  it('is taken back from the copy beside the journal where the target lost its own', async () => {
    await go();
    await go();
    for (const copy of kept()) writeFileSync(copy, 'damaged');
    let state = await back();
    expect([state.status, content(), statSync(file).mode & 0o777]).toEqual(['undone', old, 0o604]);
    await run.end();
    begin();
    await go();
    await go();
    for (const copy of kept()) rmSync(copy);
    rmSync(path.join(run.folder, 'backups'), { recursive: true });
    state = await back();
    expect([state.status, content()]).toEqual(['failed', wanted]);
    expect(state.says).toContain('is gone or damaged');
  });

  it('goes back to the file as it was before the run, also when it was written twice', async () => {
    let value = '1';
    await run.end();
    begin([{ ...options, edit: (text) => text.replace(/limit = \d+/, `limit = ${value}`) }]);
    await go();
    let state = await go();
    // It is written, and its proof fails: the run stays at it and writes once more.
    expect([state.status, content()]).toEqual(['failed', old.replace('12', '1')]);
    value = '4096';
    await go();
    state = await go();
    expect([state.status, content(), kept().length]).toEqual(['done', wanted, 2]);
    state = await back();
    expect([state.status, treeContents(run.lab)]).toEqual(['undone', before]);
  });

  it('wants its typed confirmation for writing, not for showing', async () => {
    await run.end();
    begin([{ ...options, danger: 'destructive', confirm: { object: 'the limits', type: { text: 'limits' }, ask: 'Type limits:' } }]);
    expect(run.state.offers[0]?.confirm).toBeNull();
    const state = await go();
    const change = state.offers[0]?.change;
    await expect(async () => run.act((controller) => controller.advance('options', { confirmation: '', shown: change?.shown }))).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    await run.act((controller) => controller.advance('options', { confirmation: 'limits', shown: change?.shown }));
    expect(content()).toBe(wanted);
  });
});

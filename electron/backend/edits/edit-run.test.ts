/** Runs that edit files, with the real engine, sessions and files; in between the file changes, or something gets lost. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { type EditStep, type Matcher, sh, file as targetFile } from '../../../shared/topic-kit/index.ts';
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
  mkdirSync(path.join(run.lab, 'tmp')); // the session's own, which it would make
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
      ...['step-started', 'edits-shown', 'step-started', 'file-backed-up', 'file-written', 'step-ended'],
      ...['step-started', 'edits-shown', 'step-started', 'file-written', 'step-ended'],
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

describe('an edit that a program takes', () => {
  const served: Matcher = { kind: 'expected', id: 'served', pattern: /^limit = 4096$/, means: 'It is served.', missing: 'It is not served.' };
  /** A program that serves what it has read; it refuses while there is a file `broken`. */
  const take = sh`if [ -e ${targetFile('/broken')} ]; then echo 'it is broken' >&2; exit 3; fi; cat ${targetFile('/etc/app/app.conf')} >${targetFile('/served')}; echo took`;
  const taken: EditStep = {
    ...options,
    afterwards: { script: take, matchers: [{ kind: 'failure', id: 'broken', pattern: /^it is broken$/, means: 'It is broken.', next: 'Mend it.' }] },
    verify: { script: sh`cat ${targetFile('/served')}`, matchers: [served] },
    undone: { script: sh`cat ${targetFile('/served')}`, matchers: [{ ...served, pattern: /^limit = 12$/ }] },
  };
  const at = (name: string) => path.join(run.lab, 'root', name);
  const start = async (step: EditStep = taken) => {
    await run.end();
    begin([step]);
    writeFileSync(at('served'), old);
  };

  it('is planned, said before it is written, run before the proof, and run again before the way back is proved', async () => {
    await start();
    expect(run.state.plan[0]?.afterwardsScript).toContain('root/served');
    let state = await go();
    expect([state.offers[0]?.title, state.offers[0]?.script]).toEqual(['Write the file', run.state.plan[0]?.afterwardsScript]);
    state = await go();
    expect([state.status, rules(state)]).toEqual(['done', ['expected written', 'expected served']]);
    expect(readJournal(run.folder).events).toContainEqual(expect.objectContaining({ part: 'write', script: run.state.plan[0]?.afterwardsScript }));
    expect(state.offers[0]?.script).toContain('root/served');
    state = await back();
    expect([state.status, readFileSync(at('served'), 'utf8')]).toEqual(['undone', old]);
  });

  it('fails where that fails, and is taken when it is run again, though nothing is left to be written', async () => {
    await start();
    writeFileSync(at('broken'), '');
    await go();
    let state = await go();
    expect([state.status, content(), rules(state)]).toEqual(['failed', wanted, ['expected written', 'failure broken']]);
    rmSync(at('broken'));
    expect(state.offers[0]).toMatchObject({ title: 'Show the change again', danger: 'changes', script: run.state.plan[0]?.afterwardsScript });
    state = await go();
    expect([state.status, rules(state)]).toEqual(['done', ['expected already-as-wanted', 'expected served']]);
  });

  it('does not run it at a first look that finds all as wanted', async () => {
    await start();
    writeFileSync(file, wanted);
    expect(run.state.offers[0]).toMatchObject({ title: 'Show the change', danger: 'reads', script: null });
    const state = await go();
    expect([state.status, readFileSync(at('served'), 'utf8')]).toEqual(['failed', old]);
    expect(rules(state)).toEqual(['expected already-as-wanted', 'failure served']);
  });

  it('is not taken back where the program does not take what was put back, until it does', async () => {
    await start();
    await go();
    await go();
    writeFileSync(at('broken'), '');
    let state = await back();
    expect([state.status, content()]).toEqual(['failed', old]);
    expect(state.says).toContain('It was restored, and then this was seen: It is broken. Mend it.');
    rmSync(at('broken'));
    state = await back();
    expect([state.status, readFileSync(at('served'), 'utf8')]).toEqual(['undone', old]);
  });

  it('is put back at once where the proof says so, and the program takes that too', async () => {
    await start({ ...taken, verify: { script: sh`echo no`, matchers: [served], orPutBack: true } });
    await go();
    const state = await go();
    expect([state.status, content(), readFileSync(at('served'), 'utf8')]).toEqual(['failed', old, old]);
  });

  it('is refused in a rehearsal where it would act on this machine', () => {
    expect(() => new SmallRun([{ ...options, afterwards: { script: sh`cp /etc/app.conf /etc/other` } }])).toThrow('outside the lab');
  });
});

describe('a file whose folders are missing', () => {
  const deep: EditStep = {
    id: 'deep',
    kind: 'edit',
    title: 'Make it',
    intro: '',
    danger: 'changes',
    runsOn: 'lab',
    file: '/etc/app/unit.d/more of it/on.conf',
    create: { mode: '0644', folder: true },
    edit: () => 'on = yes\n',
  };
  const inLab = (name: string) => path.join(run.lab, 'root/etc/app', name);
  const start = async () => {
    await run.end();
    begin([deep]);
    if (root) chownSync(inLab('.'), 12_345, 54_321);
    before = treeContents(run.lab);
  };

  it('has them made, with the owner of what they are in, and they go with it', async () => {
    await start();
    let state = await go('deep');
    expect(existsSync(inLab('unit.d'))).toBe(false);
    expect(state.offers[0]?.explanation).toContain('The folders root/etc/app/unit.d, root/etc/app/unit.d/more of it are made for it');
    state = await go('deep');
    expect([state.status, readFileSync(inLab('unit.d/more of it/on.conf'), 'utf8')]).toEqual(['done', 'on = yes\n']);
    for (const folder of ['unit.d', 'unit.d/more of it']) {
      const { mode, uid, gid } = statSync(inLab(folder));
      expect([mode & 0o7777, ...(root ? [uid, gid] : [])]).toEqual([0o755, ...(root ? [12_345, 54_321] : [])]);
    }
    state = await back();
    expect([state.status, treeContents(run.lab), existsSync(inLab('unit.d'))]).toEqual(['undone', before, false]);
  });

  it('leaves folders in which somebody else has put something, and those that somebody else has made', async () => {
    await start();
    await go('deep');
    mkdirSync(inLab('unit.d'));
    let state = await go('deep');
    expect([state.status, state.steps[0]?.edit?.again]).toEqual(['waiting', true]);
    await go('deep');
    writeFileSync(inLab('unit.d/more of it/other.conf'), '');
    state = await back();
    expect([state.status, readdirSync(inLab('unit.d/more of it'))]).toEqual(['undone', ['other.conf']]);
    await start();
    await go('deep');
    mkdirSync(inLab('unit.d'), { recursive: true });
    await go('deep');
    await go('deep');
    state = await back();
    expect([state.status, readdirSync(inLab('unit.d'))]).toEqual(['undone', []]);
  });

  it('does not follow a link that leads out of the lab or nowhere', async () => {
    await start();
    symlinkSync('/nowhere', inLab('unit.d'));
    const state = await go('deep');
    expect([state.status, rules(state, 'deep')]).toEqual(['failed', ['failure file-no-folder']]);
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Script, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

const makes = (name: string, undo: Script): Step => ({
  id: name,
  kind: 'command',
  title: `Make ${name}`,
  intro: '',
  danger: 'changes',
  runsOn: 'lab',
  script: sh`touch ${name}`,
  matchers: [],
  verify: { script: sh`test -e ${name}`, matchers: [] },
  undo,
});

let run: SmallRun;
beforeEach(async () => {
  // The middle one can be undone only when the file `allowed` is there.
  run = new SmallRun([makes('one', sh`rm one`), makes('two', sh`test -e allowed && rm two`), makes('three', sh`rm three`)]);
  for (const id of ['one', 'two', 'three']) await run.act((controller) => controller.advance(id, undefined));
  expect(run.state.status).toBe('done');
});
afterEach(() => run.end());
const made = () => readdirSync(run.lab).filter((name) => ['one', 'two', 'three'].includes(name));

test('an undo stops at the first step that can not be taken back, and goes on from there when it is asked again', async () => {
  let state = await run.act((controller) => controller.undo(''));
  expect(made()).toEqual(['one', 'two']);
  expect(state.says).toContain('Not everything could be undone');
  writeFileSync(path.join(run.lab, 'allowed'), '');
  await run.reopen();
  state = await run.act((controller) => controller.undo(''));
  expect([state.status, made()]).toEqual(['undone', []]);
  const undone = readJournal(run.folder).events.flatMap((event) => (event.type === 'step-undone' ? [`${event.stepId} ${event.ok}`] : []));
  expect(undone).toEqual(['three true', 'two false', 'two true', 'one true']);
});

test('a part is taken back and the run goes on from there', async () => {
  let state = await run.act((controller) => controller.undo('three'));
  expect([state.status, state.current, made()]).toEqual(['waiting', 'three', ['one', 'two']]);
  state = await run.act((controller) => controller.advance('three', undefined));
  expect([state.status, made()]).toEqual(['done', ['one', 'three', 'two']]);
});

test('an undo that was cut off says so, and takes back the rest when it is asked again', async () => {
  writeFileSync(path.join(run.lab, 'allowed'), '');
  const cut = run.act((controller) => controller.undo(''));
  // The run is left in the middle of it, as when the lid is closed.
  await run.reopen();
  await cut;
  if (run.state.status !== 'undone') {
    expect(run.state.status).toBe('interrupted');
    expect(run.state.says).toContain('during the undo');
    await run.act((controller) => controller.undo(''));
  }
  expect([run.state.status, made()]).toEqual(['undone', []]);
  expect(existsSync(path.join(run.folder, 'lock'))).toBe(true);
});

test('the undo of a part that was cut off behind its last step goes on with that part only, and ends', async () => {
  writeFileSync(path.join(run.lab, 'allowed'), '');
  await run.act((controller) => controller.undo('two'));
  const journal = path.join(run.folder, 'journal.jsonl');
  await run.reopen(() => writeFileSync(journal, readFileSync(journal, 'utf8').replace(/.*"type":"undo-ended"[\s\S]*/, '')));
  expect(run.state).toMatchObject({ status: 'interrupted', says: expect.stringContaining('during the undo') });
  expect(run.state.offers.map(({ action, id }) => [action, id])).toEqual([
    ['undo', ''],
    ['stop', ''],
  ]);
  expect(run.state.offers[0]?.explanation).toContain('only the end of the undo is still to be recorded');
  const state = await run.act((controller) => controller.undo(''));
  expect([state.status, state.current, made()]).toEqual(['waiting', 'two', ['one']]);
});

/** A way back is proved where its effect is served, and what stood there before a step is not held against it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { file, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

let run: SmallRun;
afterEach(() => run.end());
const at = (name: string) => path.join(run.lab, 'root', name);
const put = (name: string, text: string) => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};

/** A "server" that reads its file only when it is told to: what it serves lies beside it. */
const serve = sh`cp ${file('/conf')} ${file('/served')}`;
const said = sh`if [ -e ${file('/silent')} ]; then exit 0; fi; cat ${file('/noise')} 2>/dev/null; printf 'serves %s\n' "$(cat ${file('/served')})"`;
const editThenServe = ({ undo = serve } = {}): Step[] => [
  {
    kind: 'edit',
    id: 'change',
    title: 'Change',
    intro: '',
    danger: 'changes',
    runsOn: 'here',
    file: '/conf',
    edit: () => 'new\n',
    undo,
    undone: {
      script: said,
      matchers: [{ kind: 'expected', id: 'old', pattern: /^serves old$/, means: 'The old one is served.', missing: 'The new one is served still.' }],
    },
  },
  {
    kind: 'command',
    id: 'load',
    title: 'Load',
    intro: '',
    danger: 'changes',
    runsOn: 'here',
    script: serve,
    matchers: [],
    verify: {
      baseline: true,
      script: said,
      matchers: [{ kind: 'expected', id: 'new', pattern: /^serves new$/, means: 'The new one is served.', missing: 'The old one is served.' }],
    },
    undo: sh`true`,
  },
];
const begin = (steps: Step[]) => {
  run = new SmallRun(steps);
  put('conf', 'old\n');
  put('served', 'old\n');
};
async function toItsEnd() {
  await run.act((controller) => controller.advance('change'));
  const shown = run.state.offers.find(({ change }) => change)?.change?.shown ?? '';
  await run.act((controller) => controller.advance('change', { shown }));
  return run.act((controller) => controller.advance('load'));
}
const back = () => run.act((controller) => controller.undo(''));

it('says that all was taken back when it is served', async () => {
  begin(editThenServe());
  expect((await toItsEnd()).status).toBe('done');
  expect(await back()).toMatchObject({ status: 'undone', says: expect.stringContaining('undone') });
  expect(readFileSync(at('served'), 'utf8')).toBe('old\n');
  expect(readJournal(run.folder).events).toContainEqual(
    expect.objectContaining({ type: 'step-undone', stepId: 'change', ok: true, verdicts: [expect.objectContaining({ rule: 'old', kind: 'expected' })] }),
  );
});

it('does not say so when the file is back and the old state is not served', async () => {
  begin(editThenServe({ undo: sh`true` }));
  await toItsEnd();
  const state = await back();
  expect(readFileSync(at('conf'), 'utf8')).toBe('old\n');
  expect(state.status).toBe('failed');
  expect(state.says).toContain('The new one is served still');
  // Taking it back again is offered, and does it once the cause is gone.
  writeFileSync(at('served'), 'old\n');
  expect((await back()).status).toBe('undone');
});

it('takes no silence for proof', async () => {
  begin(editThenServe());
  await toItsEnd();
  writeFileSync(at('silent'), '');
  expect((await back()).status).toBe('failed');
});

it('does not hold against a step what stood there before it, also after it was opened again', async () => {
  begin(editThenServe());
  put('noise', 'error of long ago\n');
  await run.act((controller) => controller.advance('change'));
  const shown = run.state.offers.find(({ change }) => change)?.change?.shown ?? '';
  await run.act((controller) => controller.advance('change', { shown }));
  const state = await run.act((controller) => controller.advance('load'));
  expect(state.status).toBe('done');
  expect(state.steps[1]?.verdicts.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual(['harmless unknown-error', 'expected new']);
  const seen = readJournal(run.folder).events.filter(({ type }) => type === 'baseline-seen');
  expect(seen).toMatchObject([{ stepId: 'load', lines: ['error of long ago'] }]);
  expect(existsSync(at('noise'))).toBe(true);
});

it('holds against it what is new (negative control)', async () => {
  begin([
    ...editThenServe().slice(0, 1),
    { ...(editThenServe()[1] as Extract<Step, { kind: 'command' }>), script: sh`${serve}; echo 'error of now' > ${file('/noise')}` },
  ]);
  put('noise', 'error of long ago\n');
  const state = await toItsEnd();
  expect(state.status).toBe('failed');
  expect(state.steps[1]?.verdicts.find(({ kind }) => kind === 'failure')).toMatchObject({ rule: 'unknown-error', line: 'error of now' });
});

it('puts a file back at once that a program can’t read, and shows the change anew when the step is run again', async () => {
  const readable = sh`if [ -e ${file('/strict')} ]; then echo ${'conf:1: misplaced option'}; else echo readable; fi`;
  run = new SmallRun([
    {
      kind: 'edit',
      id: 'change',
      title: 'Change',
      intro: '',
      danger: 'changes',
      runsOn: 'here',
      file: '/conf',
      edit: () => 'new\n',
      verify: {
        orPutBack: true,
        script: readable,
        matchers: [{ kind: 'expected', id: 'readable', pattern: /^readable$/, means: 'It can be read.', missing: 'It can’t be read.' }],
      },
      undone: {
        script: readable,
        matchers: [{ kind: 'expected', id: 'readable', pattern: /^readable$/, means: 'It can be read.', missing: 'It can’t be read.' }],
      },
    },
  ]);
  put('conf', 'old\n');
  put('strict', '');
  const write = async () => {
    await run.act((controller) => controller.advance('change'));
    const shown = run.state.offers.find(({ change }) => change)?.change?.shown ?? '';
    return run.act((controller) => controller.advance('change', { shown }));
  };
  const failed = await write();
  expect([failed.status, readFileSync(at('conf'), 'utf8')]).toEqual(['failed', 'old\n']);
  expect(failed.steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['written', 'readable', 'put-back']);
  rmSync(at('strict'));
  expect((await write()).status).toBe('done');
  expect(readFileSync(at('conf'), 'utf8')).toBe('new\n');
  expect((await back()).status).toBe('undone');
  expect(readFileSync(at('conf'), 'utf8')).toBe('old\n');
});

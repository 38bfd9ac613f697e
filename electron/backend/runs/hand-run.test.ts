/** A run on a machine that Wrenchbook does not reach: what is typed there is shown, what it printed is pasted and judged. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';
import { readJournal } from './journal.ts';
import { plainLines } from './pasted-output.ts';
import { SmallRun } from './small-run.test-kit.ts';

const base = { intro: '', runsOn: 'the server' };
const steps: readonly Step[] = [
  {
    ...base,
    id: 'look',
    kind: 'command',
    title: 'Look',
    danger: 'reads',
    needsRoot: true,
    long: true,
    script: sh`show ${'the state'}`,
    matchers: [{ kind: 'expected', id: 'up', pattern: /^state: up$/, means: 'It is up.', missing: 'It is not up.' }],
    saves: [{ id: 'serial', title: 'Serial', pattern: /^serial: (\S+)$/ }],
  },
  {
    ...base,
    id: 'change',
    kind: 'command',
    title: 'Change it',
    danger: 'changes',
    script: sh`change`,
    matchers: [],
    verify: {
      script: sh`show again`,
      matchers: [{ kind: 'expected', id: 'changed', pattern: /^changed$/, means: 'It is changed.', missing: 'It is not changed.' }],
    },
    undo: sh`change back`,
  },
  { ...base, id: 'wait', kind: 'manual', title: 'Wait', danger: 'reads', instructions: ['Wait.'] },
];

describe('a run by hand', () => {
  let run: SmallRun;
  afterEach(() => run.end());
  const begin = () => {
    run = new SmallRun(steps, undefined, { kind: 'hand' });
  };
  const bring = (stepId: string, output?: string) => run.act((controller) => controller.advance(stepId, { output }));

  it('goes to its end by what is pasted, keeps it, and opens no session', async () => {
    begin();
    expect(run.state.offers[0]).toMatchObject({ action: 'advance', script: "show 'the state'", wantsOutput: true });
    const looked = await bring('look', 'state: up\r\nserial: 4711\r\n');
    expect(looked.steps[0]).toMatchObject({ status: 'done', exitStatus: 0 });
    expect(looked.facts).toEqual([{ id: 'serial', title: 'Serial', value: '4711' }]);
    expect(looked.offers[0]?.script).toBe('change\nshow again');
    expect((await bring('change', 'changed')).steps[1]?.status).toBe('done');
    expect(run.state.offers[0]).toMatchObject({ title: 'Done, continue' });
    expect(run.state.offers[0]).not.toHaveProperty('wantsOutput');
    expect((await bring('wait')).says).toBe('Done and verified.');
    const { events } = readJournal(run.folder);
    expect(events.map(({ type }) => type)).not.toContain('session-opened');
    expect(transcriptEntries(events).map(({ text }) => text)).toContainEqual(expect.stringMatching(/done by hand; \d+ characters of output were pasted/));
    expect(readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')).toContain('serial: 4711');
    await run.reopen();
    expect(run.state.status).toBe('done');
  });

  it('stops where it was not as expected, also in the proof, and goes on with another output', async () => {
    begin();
    expect((await bring('look', 'state: down')).steps[0]).toMatchObject({ status: 'failed', verdicts: [{ means: 'It is not up.' }] });
    expect((await bring('look', 'state: up')).steps[0]).toMatchObject({ status: 'done', attempts: 2 });
    expect((await bring('change', 'bash: change: command not found')).steps[1]?.status).toBe('failed');
  });

  it('wants the output before it goes on, and none where there is nothing to print', async () => {
    begin();
    for (const output of [undefined, ' \n']) await expect(async () => bring('look', output)).rejects.toMatchObject({ code: 'bad-parameters' });
    await bring('look', 'state: up');
    await bring('change', 'changed');
    await expect(async () => bring('wait', 'text')).rejects.toMatchObject({ code: 'bad-parameters' });
  });

  it('shows what takes it back, and believes that it was typed', async () => {
    begin();
    await bring('look', 'state: up');
    await bring('change', 'changed');
    expect(run.state.offers.find(({ action }) => action === 'undo')).toMatchObject({
      script: 'change back',
      explanation: expect.stringContaining('Type this'),
    });
    expect((await run.act((controller) => controller.undo(''))).status).toBe('undone');
  });
});

it('takes out what a terminal would act on', () => {
  expect(plainLines('a\x1b[31mred\x1b[0m\r\nb\x1b]0;title\x07c\x08\rd\te\n\n')).toBe('ared\nbc\nd\te');
});

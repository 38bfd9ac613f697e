/** Scripts of later steps with what earlier ones read, and undos that know what stood there before. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { type CommandStep, fact, type Script, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';
import { toMarkdown } from '../transcripts/markdown-export.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

if (whyNoScratchMachine) console.log(`Facts in scripts are not tried over ssh: ${whyNoScratchMachine}.`);

let run: SmallRun;
afterEach(() => run?.end());
const step = (id: string, script: Script, more: Partial<CommandStep> = {}): CommandStep => ({
  ...{ id, kind: 'command', title: id, intro: '', danger: 'reads', runsOn: 'lab', script, matchers: [] },
  ...more,
});
const saves = [{ id: 'disk', title: 'Disk', pattern: /^disk: (.*)$/ }];
/** As the program prints it: the script itself has nothing of it. */
const look = (value: string) => {
  const octal = [...Buffer.from(value)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return step('look', sh`printf ${`disk: ${octal}\\n`}`, { saves });
};
const advance = (id: string) => run.act((controller) => controller.advance(id));
const printed = () =>
  readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as [number, string, string])
    .map(([, code, data]) => (code === 'o' ? data : ''))
    .join('');
const events = () => readJournal(run.folder).events;
const begin = (steps: readonly Step[], target: TargetRef = { kind: 'lab' }) => {
  run = new SmallRun(steps, undefined, target);
};

describe.each<TargetRef>([{ kind: 'lab' }, { kind: 'local' }])('in $kind', (target) => {
  it.each(['it\'s $(touch broken) `touch broken` "; touch broken', '‹Disk, read in step 1›', '$& \\1 * ~'])(
    'runs and keeps what it showed: %j',
    async (value) => {
      begin([look(value), step('wipe', sh`printf '<%s>\n' ${fact('disk')}`)], target);
      expect(run.state.plan[1]?.script).toBe("printf '<%s>\n' ‹Disk, read in step 1›");
      expect(run.state.offers[0]?.script).not.toContain("‹Disk, read in step 1›'‹");
      const before = await advance('look');
      const shown = before.offers.find(({ id }) => id === 'wipe')?.script;
      expect(shown).toBe(before.plan[1]?.script);
      const after = await advance('wipe');
      expect(after.status).toBe('done');
      expect(printed()).toContain(`<${value}>`);
      expect(existsSync(path.join(run.lab, 'broken'))).toBe(false);
      // What ran is what was shown, in the record and in exports.
      expect(events().find((event) => event.type === 'step-started' && event.stepId === 'wipe')).toMatchObject({ script: shown });
      const markdown = toMarkdown({ run: run.state, summary: {} as never, entries: transcriptEntries(events()), screens: {}, cut: [] } as never);
      expect(markdown).toContain(shown);
      await run.reopen();
      expect(run.state.plan[1]?.script).toBe(shown);
    },
  );
});

it.each<[string, Step, RegExp]>([
  ['was not read', step('look', sh`echo nothing`, { saves }), /step 1 reads, and it was not read/],
  ['holds an escape sequence', step('look', sh`printf ${'disk: a\\233b\\n'}`, { saves }), /step 1 reads, and it holds/],
  ['would be an option', look('-rf'), /option/],
])('is not begun where what it needs %s', async (_, first, because) => {
  begin([first, step('wipe', sh`echo ${fact('disk')} >wiped`)]);
  await advance('look');
  const state = await advance('wipe');
  expect(state.trouble?.message).toMatch(/^Step 2, "wipe", can't run\. It needs "Disk"/);
  expect(state.trouble?.message).toMatch(because);
  expect(events().some((event) => event.type === 'step-started' && event.stepId === 'wipe')).toBe(false);
  expect(existsSync(path.join(run.lab, 'wiped'))).toBe(false);
  expect(state.status).toBe('waiting');
});

it('is not begun where the step that reads it was skipped', async () => {
  begin([look('sda'), step('wipe', sh`echo ${fact('disk')} >wiped`)]);
  await run.act((controller) => controller.skip('look', 'no time'));
  expect((await advance('wipe')).trouble?.message).toContain('it was not read');
  expect(existsSync(path.join(run.lab, 'wiped'))).toBe(false);
});

it('proves with what the step itself read, or says that it could not', async () => {
  const proof = {
    script: sh`printf 'now: %s\n' ${fact('disk')}`,
    matchers: [{ kind: 'expected' as const, id: 'now', pattern: /^now: a b$/, means: 'Yes.', missing: 'No.' }],
  };
  const prints = (text: string) => step('do', sh`echo ${text}; cat more 2>/dev/null || true`, { saves, danger: 'changes', verify: proof, irreversible: 'x' });
  begin([prints('other: x')]);
  const failed = await advance('do');
  expect(failed.steps[0]).toMatchObject({ status: 'failed', verdicts: [{ rule: 'fact-unread', means: expect.stringContaining('It needs "Disk"') }] });
  writeFileSync(path.join(run.lab, 'more'), 'disk: a b\n');
  expect((await advance('do')).status).toBe('done');
});

describe('what stood there before', () => {
  const set = (value: string): CommandStep =>
    step('set', sh`echo ${value} >state; cat trouble 2>/dev/null && exit 1; true`, {
      ...{ title: 'Set it', danger: 'changes' },
      before: { script: sh`sed 's/^/state: /' state`, saves: [{ id: 'was', title: 'State', pattern: /^state: (.*)$/ }] },
      undo: sh`echo ${fact('was')} >state`,
      undone: {
        script: sh`sed 's/^/state: /' state`,
        matchers: [{ kind: 'equal', id: 'back', pattern: /^state: (.*)$/, to: { fact: 'was' }, means: 'Back.', differs: 'Not back.' }],
      },
      verify: { script: sh`cat state`, matchers: [{ kind: 'expected', id: 'is', pattern: new RegExp(`^${value}$`), means: 'Set.', missing: 'Not set.' }] },
    });
  const state = () => readFileSync(path.join(run.lab, 'state'), 'utf8');
  const place = (name: string, content: string) => writeFileSync(path.join(run.lab, name), content);

  it('is read once, though the step runs twice, and comes back', async () => {
    begin([set('new')]);
    place('state', "it's old\n");
    place('trouble', 'no\n');
    expect((await advance('set')).steps[0]?.status).toBe('failed');
    expect(state()).toBe('new\n');
    writeFileSync(path.join(run.lab, 'trouble'), '');
    await run.reopen();
    await advance('set');
    const undone = await run.act((controller) => controller.undo(''));
    expect([state(), undone.status, undone.steps[0]?.status]).toEqual(["it's old\n", 'undone', 'undone']);
    expect(events().filter((event) => event.type === 'fact-saved')).toHaveLength(1);
    expect(events().find((event) => event.type === 'step-undo-started')).toMatchObject({ script: "echo 'it'\\''s old' >state" });
  });
  it('is read again after it was undone', async () => {
    const first = step('first', sh`true`, { danger: 'changes', undo: sh`true`, verify: { script: sh`true`, matchers: [] } });
    begin([first, set('new')]);
    place('state', 'one\n');
    await advance('first');
    await advance('set');
    await run.act((controller) => controller.undo('set'));
    expect(state()).toBe('one\n');
    place('state', 'two\n');
    expect((await advance('set')).status).toBe('done');
    await run.act((controller) => controller.undo(''));
    expect([state(), run.state.status]).toEqual(['two\n', 'undone']);
  });
  it('keeps the step from running where it can not be read, and there is nothing to undo then', async () => {
    begin([set('new'), step('end', sh`true`)]);
    const failed = await advance('set');
    expect(failed.steps[0]?.verdicts).toMatchObject([{ rule: 'before-unread', means: expect.stringContaining('"State" could not be read') }]);
    expect(existsSync(path.join(run.lab, 'state'))).toBe(false);
    const undone = await run.act((controller) => controller.undo(''));
    expect([undone.status, existsSync(path.join(run.lab, 'state'))]).toEqual(['undone', false]);
  });
  it('is typed with the step on a machine by hand', async () => {
    begin([set('new')], { kind: 'hand' });
    const offered = run.state.offers[0]?.script;
    expect(offered).toMatch(/^sed .* state\necho new/);
    await run.act((controller) => controller.advance('set', { output: '$ x\nstate: old\nnew\n' }));
    expect(run.state.facts).toMatchObject([{ id: 'was', value: 'old' }]);
    expect(run.state.offers.find(({ action }) => action === 'undo')?.script).toContain('echo old >state');
  });
});

describe.skipIf(whyNoScratchMachine)('over ssh', () => {
  let machine: ScratchMachine;
  const before = process.env.PATH;
  beforeAll(async () => {
    machine = await ScratchMachine.start('');
    machine.know();
    const programs = path.join(machine.folder, 'programs');
    mkdirSync(programs);
    writeFileSync(path.join(programs, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${machine.configFile} "$@"\n`);
    chmodSync(path.join(programs, 'ssh'), 0o755);
    process.env.PATH = `${programs}:${before}`;
  });
  afterAll(() => {
    process.env.PATH = before;
    return machine?.stop();
  });
  it('fills in what that machine said', async () => {
    const value = "$(id -u) it's";
    begin([look(value), step('wipe', sh`printf '<%s>\n' ${fact('disk')}`)], { kind: 'ssh', host: 'machine' });
    await advance('look');
    expect((await advance('wipe')).status).toBe('done');
    expect(printed()).toContain(`<${value}>`);
  });
});

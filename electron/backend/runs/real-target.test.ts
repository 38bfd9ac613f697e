/** Runs on a real target over ssh, with root's rights only where they are needed; on a throw-away machine on loopback. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { exitStatus } from '../../cli/exit-status.ts';
import { runExitStatus } from '../../cli/run-report.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

if (whyNoScratchMachine) console.log(`Runs on a real target are not tried: ${whyNoScratchMachine}.`);
const password = 'sesame';
const step = (id: string, script: ReturnType<typeof sh>, more: Partial<Step> = {}): Step =>
  ({ id, kind: 'command', title: id, intro: '', danger: 'reads', runsOn: 'the target', script, matchers: [], ...more }) as Step;

describe.skipIf(whyNoScratchMachine)('a run on a real target', () => {
  let machine: ScratchMachine;
  let run: SmallRun;
  const before = process.env.PATH;
  const target: TargetRef = { kind: 'ssh', host: 'machine' };

  beforeAll(async () => {
    machine = await ScratchMachine.start('printf "a=1\\n" >/etc/app.conf; chown wren:sshd /etc/app.conf; chmod 640 /etc/app.conf');
    machine.know();
    // The client's own configuration is its user's: a test brings another by standing before the program.
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
  afterEach(() => run?.end());

  const advance = async (stepId: string, password: string | null = null) => {
    const ended = run.act((controller) => controller.advance(stepId));
    if (password !== null) {
      await expect.poll(() => run.state.prompt?.id, { interval: 5, timeout: 10_000 }).toBe('way-sudo-password');
      run.opened.type(`${password}\n`);
    }
    return ended;
  };
  const recorded = () => readFileSync(path.join(run.folder, 'recording.cast'), 'utf8').trim().split('\n').slice(1);
  const printed = () =>
    recorded()
      .map((line) => JSON.parse(line) as [number, string, string])
      .map(([, code, data]) => (code === 'o' ? data : ''))
      .join('');
  const said = () => transcriptEntries(readJournal(run.folder).events).map(({ text }) => text);

  it('takes root for the step that needs it, asks as rarely as sudo does, and gives it back', async () => {
    run = new SmallRun(
      [
        step('who', sh`echo "who: $(id -un)"`),
        step('root', sh`echo "root: $(id -un)"`, { needsRoot: true }),
        step('after', sh`echo "after: $(id -un)"`),
        step('again', sh`echo "again: $(id -un)"`, { needsRoot: true }),
      ],
      undefined,
      target,
    );
    await advance('who');
    await advance('root', password);
    await advance('after');
    const { status } = await advance('again');
    expect(status).toBe('done');
    for (const line of ['who: wren', 'root: root', 'after: wren', 'again: root']) expect(printed()).toContain(line);
    const record = said().join('\n');
    expect(record.match(/Entered: sudo to root, Linux, as uid 0\.[\s\S]*?Left: sudo to root\./g)).toHaveLength(2);
    expect(record).toContain('Entered: ssh to machine');
    expect(record).toContain('On the way to the target: asked a question.');
    for (const file of ['recording.cast', 'journal.jsonl']) expect(readFileSync(path.join(run.folder, file), 'utf8')).not.toContain(password);
  });

  it('keeps root while steps in a row need it, without being asked again, and gives it back in front of one that does not', async () => {
    // Nothing is remembered by sudo itself.
    machine.asRoot('echo "Defaults timestamp_timeout=0" >>/etc/sudoers');
    const who = (id: string, more: Partial<Step> = {}) => step(id, sh`echo "${id}: $(id -un)"`, more);
    const root = { needsRoot: true } as const;
    run = new SmallRun([who('one', root), who('two', root), who('after'), who('last', root)], undefined, target);
    await advance('one', password);
    await advance('two');
    await advance('after');
    expect((await advance('last', password)).status).toBe('done');
    for (const line of ['one: root', 'two: root', 'after: wren', 'last: root']) expect(printed()).toContain(line);
    expect(
      said()
        .join('\n')
        .match(/Entered: sudo to root/g),
    ).toHaveLength(2);
    // Nothing comes after the last one: it is given back at once.
    await expect.poll(() => said().at(-1)).toBe('Left: sudo to root.');
  });

  it('gives root back when the next step has not begun after a while', async () => {
    const root = { needsRoot: true } as const;
    run = new SmallRun([step('one', sh`id -un`, root), step('two', sh`echo "two: $(id -un)"`, root)], undefined, target, { wayLimits: { rootRestMs: 50 } });
    await advance('one', password);
    await expect.poll(() => said().at(-1)).toBe('Left: sudo to root.');
    expect((await advance('two', password)).status).toBe('done');
    expect(printed()).toContain('two: root');
    machine.asRoot("sed -i '/timestamp_timeout/d' /etc/sudoers");
  });

  it('asks the target once what it is, before the first step, and keeps it in the record', async () => {
    run = new SmallRun([step('one', sh`echo one`), step('two', sh`echo two`)], undefined, target, {
      systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'sh' }] },
    });
    await advance('one');
    const { targetFacts } = await advance('two');
    expect(targetFacts).toMatchObject({
      user: 'wren',
      kernel: expect.stringMatching(/^Linux /),
      tools: { sh: expect.stringContaining('/sh'), sudo: expect.any(String) },
    });
    expect(Math.abs(targetFacts?.clockSkewSeconds ?? 99)).toBeLessThan(3);
    expect(said().filter((text) => text.startsWith('The target is '))).toHaveLength(1);
    expect(said().join('\n')).toMatch(/Entered: ssh to machine.*\nThe target is .*user wren \(\d+\).*\n1\. one: started/);
    expect(printed()).not.toContain('wb-');
    await run.reopen();
    expect(run.state.targetFacts).toEqual(targetFacts);
  });

  it.each([
    [
      'another system',
      { oneOf: [{ os: 'freebsd', from: '12' }] },
      /"Small" is not for machine\. It is .*, and this is for FreeBSD from 12\./,
      /Choose a target/,
    ],
    ['a tool that is missing', { tools: [{ name: 'no-such-tool', package: 'tool-extra' }] }, /has no no-such-tool\./, /Install tool-extra there first\./],
  ])('runs nothing on %s, says why, and is over with the connection', async (_name, systems, message, next) => {
    run = new SmallRun([step('one', sh`echo ran-all-the-same`)], undefined, target, { systems });
    const state = await advance('one');
    expect(state).toMatchObject({ status: 'waiting', sessionOpen: false, trouble: { code: 'does-not-apply', message: expect.stringMatching(message) } });
    expect(state.trouble?.next).toMatch(/^Nothing was run there\./);
    expect(state.trouble?.next).toMatch(next);
    expect(state.steps[0]).toMatchObject({ status: 'pending', attempts: 0 });
    expect(printed()).not.toContain('ran-all-the-same');
    expect(runExitStatus(state)).toBe(exitStatus.doesNotApply);
  });

  it('runs nothing of a step whose way is refused, says why, and goes on when it is open', async () => {
    run = new SmallRun([step('root', sh`echo ran-as-root`, { needsRoot: true })], undefined, target);
    const ended = run.act((controller) => controller.advance('root'));
    for (let time = 1; time <= 3; time++) {
      await expect.poll(() => (printed().match(/password for wren: /g) ?? []).length, { interval: 20, timeout: 15_000 }).toBe(time);
      run.opened.type('wrong\n');
    }
    const { status, trouble } = await ended;
    expect(status).toBe('waiting');
    expect(trouble?.message).toMatch(/sudo to root did not get there \(exit status 1\)\. .*password/);
    expect(printed()).not.toContain('ran-as-root');
    expect((await advance('root', password)).status).toBe('done');
    expect(printed()).toContain('ran-as-root');
  });

  it('edits a file of root’s with a backup beside the others, keeps its mode and owner, and puts it back', async () => {
    const edit = { id: 'edit', kind: 'edit', title: 'edit', intro: '', danger: 'changes', runsOn: 'the target', needsRoot: true, file: '/etc/app.conf' };
    const look = sh`stat -c '%a %U:%G' /etc/app.conf; cat /etc/app.conf; find /var/lib/wrenchbook -type f -path '*-small/*' -exec stat -c '%a %U:%G %n' {} + 2>&1`;
    const steps = [{ ...edit, edit: (old: string) => old.replace('a=1', 'a=2') } as Step, step('look', look, { needsRoot: true })];
    run = new SmallRun(steps, undefined, target);
    const shown = await advance('edit', password);
    const change = shown.offers.find((offer) => offer.action === 'advance')?.change;
    expect(change?.diff).toMatch(/-a=1\n\+a=2/);
    await run.act((controller) => controller.advance('edit', { shown: change?.shown }));
    expect((await advance('look')).status).toBe('done');
    expect(printed()).toMatch(/640 wren:sshd\r\na=2\r\n640 wren:sshd \/var\/lib\/wrenchbook\/backups\/20260101-000000-small\//);
    const undone = await run.act((controller) => controller.undo(''));
    expect(undone.status).toBe('undone');
    await run.end();
    run = new SmallRun([step('look', look, { needsRoot: true })], undefined, target);
    await advance('look', password);
    expect(printed()).toMatch(/640 wren:sshd\r\na=1\r\nfind: .*No such file or directory/);
  });

  it('is interrupted in the step in which the connection is lost, and goes on over a new one', async () => {
    run = new SmallRun(
      [
        step('cut', sh`echo going; test -e /tmp/cut-once || { touch /tmp/cut-once; pkill -9 -u wren -x sshd; sleep 30; }; echo through`, {
          danger: 'changes',
        }),
      ],
      undefined,
      target,
    );
    const lost = await advance('cut');
    expect(lost.status).toBe('interrupted');
    expect(lost.trouble?.message).toMatch(/ssh to machine ended with status 255/);
    expect(said().join('\n')).toMatch(/Terminal lost: ssh to machine ended with status 255/);
    expect((await advance('cut')).status).toBe('done');
    expect(printed()).toContain('through');
  });
});

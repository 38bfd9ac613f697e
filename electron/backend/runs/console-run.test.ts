/** Runs on a console, with steps of this machine between: a simulated UEFI shell behind a real FIFO pair. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { type ConsoleLine, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { SimulatedUefi } from '../consoles/simulated-uefi.test-kit.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

const volume = { file: 'MARK.TXT', text: 'the stick of this test' };
const stick = { '\\MARK.TXT': volume.text, '\\P07\\flash.efi': '' };
const line = (words: readonly string[], more: Partial<ConsoleLine> = {}): ConsoleLine => ({
  dialect: 'uefi-shell',
  volume,
  directory: 'P07',
  line: words,
  ...more,
});
const base = { title: 'a step', intro: '', danger: 'reads', runsOn: 'somewhere', matchers: [] } as const;
const typed = (id: string, words: readonly string[], more: Partial<Step> = {}): Step => ({ ...base, id, kind: 'console', ...line(words), ...more }) as Step;
const local = (id: string, script: ReturnType<typeof sh>): Step => ({ ...base, id, kind: 'command', script }) as Step;

describe.skipIf(process.platform === 'win32')('a run on a console', () => {
  let folder = '';
  let machine: SimulatedUefi;
  let run: SmallRun;
  const begin = (steps: readonly Step[], volumes: SimulatedUefi['volumes'] = { FS0: { '\\OTHER.TXT': 'x' }, FS1: stick }, more = {}) => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-console-run-'));
    machine = new SimulatedUefi(folder, volumes, more);
    machine.extra = (text) => (text.startsWith('flash.efi') ? 'Flashed: address 5000-1\r\n' : null);
    machine.boot();
    const target: TargetRef = { kind: 'console', console: { way: { by: 'fifo', path: machine.place }, dialect: 'uefi-shell' } };
    run = new SmallRun(steps, undefined, target);
  };
  afterEach(async () => {
    await run?.end();
    machine?.unplug();
    rmSync(folder, { recursive: true, force: true });
  });
  const advance = (stepId: string) => run.act((controller) => controller.advance(stepId));
  const recorded = () =>
    readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((event) => JSON.parse(event) as [number, string, string]);
  const said = () => transcriptEntries(readJournal(run.folder).events).map(({ text }) => text);

  it('types at the console what is the console’s, and runs on this machine what is this machine’s', async () => {
    const saves = [{ id: 'address', title: 'Address', pattern: /address (\S+)/ }];
    const matchers = [{ kind: 'expected', id: 'ok', pattern: /^Flashed/, means: 'ok', missing: 'no', next: '-' }] as const;
    begin([
      local('here', sh`echo on-this-machine`),
      typed('flash', ['flash.efi', '-o'], { saves, matchers } as Partial<Step>),
      local('again', sh`echo here-again`),
    ]);
    expect(run.state.plan.map(({ script }) => script)).toEqual(['echo on-this-machine', 'cd \\P07\nflash.efi -o', 'echo here-again']);
    await advance('here');
    const { facts, steps } = await advance('flash');
    expect(steps[1]).toMatchObject({ status: 'done', verdicts: [{ kind: 'expected', line: 'Flashed: address 5000-1' }] });
    expect(facts).toEqual([{ id: 'address', title: 'Address', value: '5000-1' }]);
    expect((await advance('again')).status).toBe('done');
    expect(machine.ran.filter((text) => text.includes('flash.efi'))).toEqual(['flash.efi -o']);
    expect(machine.ran).toContain('FS1:');
    const events = recorded();
    const shown = events.map(([, code, data]) => (code === 'o' ? data : '')).join('');
    for (const text of ['on-this-machine', 'FS1:\\P07\\> ', 'Flashed: address 5000-1', 'here-again']) expect(shown).toContain(text);
    const markers = events.flatMap(([, code, data]) => (code === 'm' ? data : []));
    expect(markers).toEqual(['This machine', 'a step', `UEFI shell: FIFOs ${machine.place}.in and .out`, 'a step', 'This machine', 'a step']);
    expect(said().join('\n')).toContain(`Console opened: UEFI shell on FIFOs ${machine.place}.in and .out.`);
  });

  it('keeps what the console says during a command of this machine, and shows it at the console’s turn', async () => {
    begin([typed('first', ['flash.efi', '1']), local('here', sh`sleep 0.4; echo local-end`), typed('second', ['flash.efi', '2'])]);
    await advance('first');
    const ended = run.act((controller) => controller.advance('here'));
    await expect.poll(() => recorded().some(([, code, data]) => code === 'm' && data === 'This machine'), { interval: 5, timeout: 20_000 }).toBe(true);
    machine.say('\r\nthe fan is loud\r\nFS1:\\P07\\> ');
    await ended;
    const shown = () =>
      recorded()
        .map(([, , data]) => data)
        .join('');
    expect(shown()).not.toContain('the fan is loud');
    expect((await advance('second')).status).toBe('done');
    expect(shown().indexOf('the fan is loud')).toBeGreaterThan(shown().indexOf('local-end'));
  });

  it('shows a tool’s question and types the answer there', async () => {
    const prompts = [
      { id: 'sure', pattern: /anyway \[y\/n\]\?\s*$/, question: '', explanation: '', answers: [{ value: 'y', label: '', means: '' }], recommended: 'y' },
    ];
    begin([typed('flash', ['flash.efi'], { prompts } as Partial<Step>)]);
    machine.extra = (text) => (text === 'flash.efi' ? { ask: 'Flash anyway [y/n]? ', reply: (answer) => `answer was <${answer}>\r\n` } : null);
    const ended = run.act((controller) => controller.advance('flash'));
    await expect.poll(() => run.state.prompt?.id, { interval: 5, timeout: 10_000 }).toBe('sure');
    run.opened.answer('sure', 'y');
    expect((await ended).status).toBe('done');
    expect(
      recorded()
        .map(([, , data]) => data)
        .join(''),
    ).toContain('answer was <y>');
  });

  it('passes an answer that is typed on, up to its Enter, and never the key that a console’s program listens to', async () => {
    begin([typed('flash', ['flash.efi'])]);
    machine.extra = (text) => (text === 'flash.efi' ? { ask: 'Flash anyway [y/n]? ', reply: (answer) => `answer was <${answer}>\r\n` } : null);
    const ended = run.act((controller) => controller.advance('flash'));
    const shown = () => recorded().map(([, , data]) => data);
    await expect.poll(() => shown().join(''), { interval: 5, timeout: 20_000 }).toContain('anyway [y/n]? ');
    run.opened.type('\x1dy\rreset\r');
    expect((await ended).status).toBe('done');
    expect(shown().join('')).toContain('answer was <y>');
    expect(machine.ran).not.toContain('reset');
    expect(recorded().filter(([, code]) => code === 'i')).toMatchObject([[expect.any(Number), 'i', '‹typed›\r']]);
  });

  it('follows a restart, and finds the stick under its new number', async () => {
    begin([typed('reset', ['reset'], { directory: '', restartMinutes: 1 } as Partial<Step>), typed('flash', ['flash.efi'])]);
    machine.onBoot = () => {
      machine.volumes = { FS0: stick, FS1: { '\\OTHER.TXT': 'x' } };
    };
    const { steps } = await advance('reset');
    expect(steps[0]?.status).toBe('done');
    expect(
      recorded()
        .map(([, , data]) => data)
        .join(''),
    ).toContain('up to 1 minutes');
    expect((await advance('flash')).status).toBe('done');
    expect(machine.ran.filter((text) => /^fs\d:$/i.test(text))).toEqual(['FS1:', 'FS0:']);
  });

  it('goes to the stick again when somebody at the machine went elsewhere', async () => {
    begin([typed('one', ['flash.efi', '1']), typed('two', ['flash.efi', '2'])], { FS0: { '\\P07\\flash.efi': '' }, FS1: stick });
    await advance('one');
    machine.atKeyboard('fs0:\r');
    await expect.poll(() => machine.ran.at(-1), { interval: 5, timeout: 20_000 }).toBe('fs0:');
    expect((await advance('two')).status).toBe('done');
    expect(machine.ran.slice(-3)).toEqual(['FS1:', 'cd \\P07', 'flash.efi 2']);
  });

  it('passes nothing that is typed on to its prompt: neither between two steps, nor while a command runs that asks nothing', async () => {
    begin([typed('one', ['flash.efi', '1']), typed('two', ['flash.efi', '2'])]);
    await advance('one');
    run.opened.type('rm -q MARK.TXT\r');
    machine.extra = (text) => (text === 'flash.efi 2' ? 'writing…' : null);
    const ended = run.act((controller) => controller.advance('two'));
    await expect.poll(() => machine.ran.at(-1), { interval: 5, timeout: 20_000 }).toBe('flash.efi 2');
    run.opened.type('reset\r');
    machine.say('\r\nFlashed\r\nFS1:\\P07\\> ');
    expect((await ended).status).toBe('done');
    expect(machine.ran.filter((text) => /rm|reset/.test(text))).toEqual([]);
    expect(recorded().filter(([, code]) => code === 'i')).toEqual([]);
  });

  it.each([
    ['two sticks', { FS0: stick, FS1: stick }, /FS0: and FS1: both hold MARK.TXT/],
    ['no stick', { FS0: { '\\MARK.TXT': 'of another procedure' } }, /no file system that the UEFI shell knows holds MARK.TXT/],
  ])('with %s begins nothing', async (_, volumes, message) => {
    begin([typed('flash', ['flash.efi'])], volumes);
    const { status, trouble, steps } = await advance('flash');
    expect(trouble?.message).toMatch(message);
    expect([status, steps[0]?.status]).toEqual(['waiting', 'pending']);
    expect(machine.ran.some((text) => text.startsWith('flash'))).toBe(false);
  });

  it('types no line where its directory is not there', async () => {
    begin([typed('flash', ['flash.efi'], { directory: 'P20' } as Partial<Step>)]);
    const { trouble } = await advance('flash');
    expect(trouble?.message).toMatch(/no directory \\P20 there/);
    expect(machine.ran.some((text) => text.startsWith('flash'))).toBe(false);
  });

  it('types a line again that lost characters on the way', async () => {
    begin([typed('flash', ['flash.efi', '-o', '-e', '6', '-and-some-more-of-it'])], undefined, { loseEvery: 12, buffer: 6 });
    expect((await advance('flash')).status).toBe('done');
    expect(machine.ran.filter((text) => text.includes('flash'))).toEqual(['flash.efi -o -e 6 -and-some-more-of-it']);
  });

  it('is interrupted when the line is lost, and opens it anew', async () => {
    begin([typed('flash', ['flash.efi'])]);
    machine.extra = (text) => (text === 'flash.efi' ? 'writing…' : null);
    const ended = run.act((controller) => controller.advance('flash'));
    await expect.poll(() => machine.ran.at(-1), { interval: 5, timeout: 20_000 }).toBe('flash.efi');
    machine.unplug();
    const lost = await ended;
    expect([lost.status, lost.steps[0]?.status]).toEqual(['interrupted', 'interrupted']);
    expect(lost.trouble?.message).toMatch(/the line was lost \(its other side was closed\)/);
    machine.plugIn();
    machine.extra = (text) => (text === 'flash.efi' ? 'Flashed\r\n' : null);
    machine.boot();
    expect((await advance('flash')).status).toBe('done');
    expect(said().join('\n')).toMatch(/Console lost: .*its other side was closed\.[\s\S]*interrupted[\s\S]*Console opened/);
  });

  it('stops waiting when told to twice, and says so', async () => {
    begin([typed('flash', ['flash.efi'])]);
    machine.extra = (text) => (text === 'flash.efi' ? 'writing…' : null);
    const ended = run.act((controller) => controller.advance('flash'));
    await expect.poll(() => machine.ran.at(-1), { interval: 5, timeout: 20_000 }).toBe('flash.efi');
    run.opened.interrupt();
    expect(run.state.status).toBe('running');
    run.opened.interrupt();
    const { steps, trouble } = await ended;
    expect(steps[0]?.status).toBe('interrupted');
    expect(trouble?.message).toMatch(/cancelled/);
  });

  it('asks the console how a line went that takes a step back', async () => {
    begin([typed('make', ['flash.efi'], { danger: 'changes', undo: line(['rm', '-q', 'X.TXT'], { directory: '' }) } as Partial<Step>)]);
    await advance('make');
    machine.extra = (text) => (text === 'echo %lasterror%' ? '0xE\r\n' : null);
    const undone = await run.act((controller) => controller.undo(''));
    expect(undone.steps[0]?.status).toBe('done');
    machine.extra = () => null;
    expect((await run.act((controller) => controller.undo(''))).status).toBe('undone');
  });
});

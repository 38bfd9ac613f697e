/** Scripts over a serial console with a login: real agetty, login and bash at the other end of a serial device. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { LoginConsole, whyNoLoginConsole } from '../real/login-console.test-kit.ts';
import { posixCksum } from '../sessions/files/posix-cksum.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

if (whyNoLoginConsole) console.log(`A login over a serial console is not tried: ${whyNoLoginConsole}.`);
const step = (id: string, script: ReturnType<typeof sh>, more: Partial<Step> = {}): Step =>
  ({ id, kind: 'command', title: id, intro: '', danger: 'reads', runsOn: 'the target', script, matchers: [], ...more }) as Step;

describe.skipIf(whyNoLoginConsole)('a run over a serial console', () => {
  let machine: LoginConsole;
  let run: SmallRun;
  afterEach(async () => {
    await run?.end();
    await machine?.stop();
  });
  const begin = async (steps: readonly Step[], perSecond?: number, room?: number) => {
    machine = await LoginConsole.start(perSecond, room);
    const target: TargetRef = { kind: 'console', console: { way: { by: 'serial', device: machine.device, speed: 115_200 }, dialect: 'login' }, root: 'su' };
    run = new SmallRun(steps, undefined, target);
  };
  const asked = (id: string) => expect.poll(() => run.state.prompt?.id, { interval: 5, timeout: 600_000 }).toBe(id);
  const logIn = async () => {
    await asked('way-login');
    run.opened.type('wren\r');
    await asked('way-password');
    run.opened.type('sesame\r');
  };
  const printed = () =>
    readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as [number, string, string])
      .map(([, code, data]) => (code === 'o' ? data : ''))
      .join('');

  it('outlives marks that are lost on the way back: of a script’s begin and end, and of the helper itself', async () => {
    await begin([step('who', sh`echo "who: $(id -un)"`), step('root', sh`echo "root: $(id -un)"`, { needsRoot: true })]);
    const lost: string[] = [];
    // Each kind loses a character the first time.
    machine.damage = (text) =>
      text.replaceAll(/6973;[0-9a-f]+;\d+;(ready|begin|end)/g, (whole, kind: string) => {
        if (lost.filter((each) => each === kind).length >= 2 || lost.at(-1) === kind) return whole;
        lost.push(kind);
        return whole.replace('6973', '697');
      });
    const first = run.act((controller) => controller.advance('who'));
    await logIn();
    expect((await first).steps[0]?.status, run.state.trouble?.message).toBe('done');
    const second = run.act((controller) => controller.advance('root'));
    await asked('way-password');
    run.opened.type('open\r');
    expect((await second).steps[1]?.status, run.state.trouble?.message).toBe('done');
    expect(new Set(lost)).toEqual(new Set(['ready', 'begin', 'end']));
    expect(printed()).toMatch(/who: wren[\s\S]*root: root/);
  });

  it.each([
    ['fast', undefined],
    ['of 9600 baud', 960],
  ])('logs in live over a line that is %s, runs scripts there, becomes root and comes back, and logs out at the end', async (_, perSecond) => {
    const long = 'x'.repeat(3000);
    await begin(
      [
        step('who', sh`echo "who: $(id -un) on $(tty)"; printf %s ${long} | wc -c`),
        step('root', sh`echo "root: $(id -un)"`, { needsRoot: true }),
        step('after', sh`echo "after: $(id -un)"`),
      ],
      perSecond,
    );
    const first = run.act((controller) => controller.advance('who'));
    await logIn();
    expect((await first).steps[0]?.status, run.state.trouble?.message).toBe('done');
    const second = run.act((controller) => controller.advance('root'));
    await asked('way-password');
    run.opened.type('open\n');
    expect((await second).steps[1]?.status).toBe('done');
    expect((await run.act((controller) => controller.advance('after'))).status).toBe('done');
    for (const text of ['who: wren on /dev/pts/', '3000', 'root: root', 'after: wren']) expect(printed()).toContain(text);
    const said = transcriptEntries(readJournal(run.folder).events).map(({ text }) => text);
    expect(said).toContainEqual(expect.stringMatching(/^Entered: login on \/dev\/pts\/\d+ at 115200 baud, Linux, as uid \d+\.$/));
    for (const file of ['recording.cast', 'journal.jsonl']) expect(readFileSync(path.join(run.folder, file), 'utf8')).not.toContain('sesame');
    machine.said = '';
    await run.reopen();
    await expect.poll(() => machine.said, { interval: 20, timeout: 10_000 }).toMatch(/login: $/);
  });

  it('runs only what arrived whole, over a serial port that loses what comes too fast', async () => {
    const text = 'y'.repeat(1500);
    await begin([step('who', sh`printf %s ${text} | cksum; id -un`), step('edit', sh`printf '%s\n' ${text} >/tmp/kept; wc -c </tmp/kept`)], 1920, 100);
    const first = run.act((controller) => controller.advance('who'));
    await logIn();
    expect((await first).steps[0]?.status, run.state.trouble?.message).toBe('done');
    expect((await run.act((controller) => controller.advance('edit'))).steps[1]?.status).toBe('done');
    expect(machine.lost).toBeGreaterThan(0);
    for (const said of [posixCksum(Buffer.from(text)), 'wren', '1501']) expect(printed()).toContain(said);
    expect(printed()).not.toMatch(/syntax error|not found/);
  }, 600_000);

  it('stops waiting for a login when it is told to', async () => {
    await begin([step('who', sh`echo ran-there`)]);
    const ended = run.act((controller) => controller.advance('who'));
    await asked('way-login');
    run.opened.interrupt();
    const { trouble, status } = await ended;
    expect([status, trouble?.message]).toEqual(['waiting', expect.stringContaining('cancelled')]);
  });
});

/** Lost links over real ssh, tmux, screen and sudo, on a throw-away machine behind a relay whose cable can be pulled. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TargetRef } from '../../../../shared/api/topic.ts';
import { bundleProgram } from '../../faults/child-program.test-kit.ts';
import { Relay } from '../../real/relay.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { transcriptEntries } from '../../transcripts/event-words.ts';
import { readJournal } from '../journal.ts';
import { SmallRun } from '../small-run.test-kit.ts';
import { onlySteps } from './lasting-steps.test-kit.ts';

if (whyNoScratchMachine) console.log(`Lost links are not tried: ${whyNoScratchMachine}.`);
const target: TargetRef = { kind: 'ssh', host: 'machine' };
const soon = { interval: 20, timeout: 20_000 };

/** When wren asks for it, the machine "restarts": all connections end, sshd is gone for a while, and the boot id is another one. */
const restarts = `
mount --bind /etc/boot-id /proc/sys/kernel/random/boot_id
printf first >/etc/started
(
  while :; do
    sleep 0.2
    test -e /home/wren/restart || continue
    rm /home/wren/restart
    pkill -9 -x sshd || :
    sleep 2
    test -e /etc/stays-up || { printf second >/etc/started; cat /proc/sys/kernel/random/uuid >/etc/boot-id; }
    /usr/sbin/sshd -f /etc/ssh/sshd_config
  done
) >/dev/null 2>&1 </dev/null &
`;

describe.skipIf(whyNoScratchMachine)('a lost link', () => {
  let machine: ScratchMachine;
  let relay: Relay;
  let config: string;
  let run: SmallRun;

  beforeAll(async () => {
    machine = await ScratchMachine.start(`printf 'b0000000-0000-4000-8000-000000000001\\n' >/etc/boot-id\n${restarts}`);
  });
  afterAll(() => machine?.stop());
  beforeEach(async () => {
    relay = await Relay.to(machine.port);
    config = machine.configFor(relay.port);
    machine.asRoot('cd /home/wren; rm -f times reads go-on end restart');
  });
  afterEach(async () => {
    machine.asRoot('pkill -9 -u wren || :; rm -rf /tmp/wrenchbook-*');
    await run?.end();
    await relay.stop();
  });

  const begin = (...ids: string[]) => {
    run = new SmallRun(onlySteps(...ids), undefined, target, { sshConfig: config });
  };
  const advance = (stepId: string) => run.act((controller) => controller.advance(stepId));
  const recorded = () =>
    readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as [number, string, string])
      .map(([, code, data]) => (code === 'o' ? data : ''))
      .join('');
  const shown = (wanted: RegExp) => expect.poll(recorded, soon).toMatch(wanted);
  const said = () => transcriptEntries(readJournal(run.folder).events).map(({ text }) => text);
  const events = (type: string) => readJournal(run.folder).events.filter((event) => event.type === type);
  const inMachine = (file: string) => machine.asRoot(`cat /home/wren/${file} 2>/dev/null || :`);
  const goOn = () => machine.asRoot('touch /home/wren/go-on');
  const linkSays = () => expect.poll(() => run.state.link?.says ?? null, soon);
  const password = async (times: number) => {
    await expect.poll(() => recorded().match(/password for wren: /g)?.length ?? 0, soon).toBe(times);
    run.opened.type('sesame\n');
  };
  const leftThere = () => machine.asRoot('ls -d /tmp/wrenchbook-* 2>/dev/null || :');

  it('under a step that only reads is reached again, and the step runs again by itself', async () => {
    begin('read');
    const ended = advance('read');
    await shown(/looking/);
    relay.cut();
    await linkSays().toMatch(/ssh to machine ended with status 255.* only reads/);
    relay.mend();
    const { status, steps, link } = await ended;
    expect({ status, attempts: steps[0]?.attempts, link }).toEqual({ status: 'done', attempts: 2, link: null });
    expect(said().join('\n')).toMatch(/interrupted\. .*\n[\s\S]*started, attempt 2\. Automatically, because the connection was lost/);
    expect(inMachine('reads')).toBe('once\nonce\n');
  });

  it('under a step that changes something interrupts it: nothing runs again by itself, and what ran is dead', async () => {
    begin('change');
    const ended = advance('change');
    await shown(/\n500\r/);
    relay.cut();
    relay.mend();
    const { status, offers } = await ended;
    expect(status).toBe('interrupted');
    expect(offers[0]).toMatchObject({ action: 'retry', explanation: expect.stringMatching(/already started once/) });
    goOn();
    await expect.poll(() => machine.asRoot('pgrep -u wren -r S,R,D sleep || echo none'), soon).toBe('none\n');
    expect([inMachine('times'), inMachine('end')]).toEqual(['begun\n', '']);
  });

  it.each(['tmux', 'screen'])('does not end a long step in %s: it goes on, and its whole output and status are taken', async (keeper) => {
    if (keeper === 'screen') machine.asRoot('mv /usr/bin/tmux /usr/bin/tmux-away');
    try {
      begin('long');
      expect(run.state.offers[0]?.explanation).toMatch(/first checks whether the target has tmux or screen/);
      const ended = advance('long');
      await shown(/\n500\r/);
      relay.cut();
      await linkSays().toMatch(new RegExp(`session was lost: ssh to machine ended with status 255\\. The command continues on the target, in ${keeper}\\.`));
      expect(run.state).toMatchObject({ status: 'running', steps: [{ status: 'running' }] });
      goOn();
      await expect.poll(() => inMachine('end'), soon).toBe('through\n');
      relay.mend();
      const { status, steps, link } = await ended;
      expect({ status, attempts: steps[0]?.attempts, link }).toEqual({ status: 'done', attempts: 1, link: null });
      expect(steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['first', 'during', 'through']);
      expect(recorded().match(/^\d+\r$/gm)).toEqual(Array.from({ length: 1000 }, (_, index) => `${index + 1}\r`));
      expect(inMachine('times')).toBe('begun\n');
      expect(leftThere()).toBe('');
    } finally {
      if (keeper === 'screen') machine.asRoot('mv /usr/bin/tmux-away /usr/bin/tmux');
    }
  });

  it('that falls silent is said within ten seconds', async () => {
    begin('long');
    const ended = advance('long');
    await shown(/\n500\r/);
    const since = Date.now();
    relay.stall();
    await expect.poll(() => run.state.link, { interval: 20, timeout: 30_000 }).not.toBeNull();
    console.log(`A silent link was said to be lost after ${((Date.now() - since) / 1000).toFixed(1)} s.`);
    goOn();
    expect((await ended).status).toBe('done');
  });

  it('is not waited for any longer when that is called off; what goes on is looked for before anything else', async () => {
    begin('long');
    const ended = advance('long');
    await shown(/\n500\r/);
    relay.cut();
    await linkSays().toMatch(/continues on the target/);
    run.opened.interrupt();
    const { status, offers, trouble } = await ended;
    expect(status).toBe('interrupted');
    expect(trouble?.message).toMatch(/cancelled/);
    expect(offers.map(({ action }) => action)).toEqual(['rejoin', 'stop']);
    relay.mend();
    const rejoined = advance('long');
    await expect.poll(() => run.state.steps[0]?.status, soon).toBe('running');
    goOn();
    expect(await rejoined).toMatchObject({ status: 'done', steps: [{ attempts: 1 }] });
    expect(inMachine('times')).toBe('begun\n');
  });

  it('with the whole of Wrenchbook killed: the command goes on, is looked for first, and is found with its end', async () => {
    const program = await bundleProgram(path.resolve('electron/backend/runs/link/lost-link.test-program.ts'), 'cjs');
    begin('long');
    await run.leave();
    const child = spawn(process.execPath, [program, run.folder, config, 'long'], {
      env: { ...process.env, NODE_PATH: path.resolve('node_modules') },
      stdio: 'ignore',
    });
    await shown(/\n500\r/);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    goOn();
    await expect.poll(() => inMachine('end'), soon).toBe('through\n');
    run = new SmallRun(onlySteps('long'), run.folder, target, { sshConfig: config });
    expect(run.state.status).toBe('interrupted');
    expect(run.state.offers.map(({ action, title }) => [action, title])).toEqual([
      ['rejoin', 'Check whether it is still running'],
      ['stop', 'Stop here'],
    ]);
    const { status, steps } = await advance('long');
    expect(status).toBe('done');
    expect(steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['first', 'during', 'through']);
    expect(inMachine('times')).toBe('begun\n');
    expect(leftThere()).toBe('');
  });

  it('and a command that was killed meanwhile: it says that it is gone, and only then offers to run it again', async () => {
    begin('long');
    const ended = advance('long');
    await shown(/\n500\r/);
    relay.cut();
    await linkSays().toMatch(/continues on/);
    machine.asRoot('pkill -9 -u wren tmux');
    relay.mend();
    const { status, offers, trouble } = await ended;
    expect(status).toBe('interrupted');
    expect(trouble?.message).toMatch(/The end of the command was not seen\. It, or tmux around it, was killed/);
    expect(offers[0]).toMatchObject({ action: 'retry' });
    expect(leftThere()).toBe('');
  });

  it('ends a long step where neither tmux nor screen is there, and that is said before it runs', async () => {
    machine.asRoot('mv /usr/bin/tmux /usr/bin/tmux-away; mv /usr/bin/screen /usr/bin/screen-away');
    try {
      begin('long');
      const asked = await advance('long');
      expect(asked.status).toBe('waiting');
      expect(asked.offers[0]?.explanation).toMatch(
        /The connection must hold for about 7 minutes: the target has neither tmux nor screen, so a lost connection ends this/,
      );
      expect(inMachine('times')).toBe('');
      const ended = advance('long');
      await shown(/\n500\r/);
      relay.cut();
      expect((await ended).status).toBe('interrupted');
      goOn();
      await expect.poll(() => machine.asRoot('pgrep -u wren -r S,R,D sleep || echo none'), soon).toBe('none\n');
      expect(inMachine('end')).toBe('');
    } finally {
      machine.asRoot('mv /usr/bin/tmux-away /usr/bin/tmux; mv /usr/bin/screen-away /usr/bin/screen');
    }
  });

  it('with root’s rights: the way back asks again, that is said, and a question that was open is still open', async () => {
    begin('asks');
    const ended = advance('asks');
    await password(1);
    await expect.poll(() => run.state.prompt?.id, soon).toBe('go-on');
    relay.cut();
    await linkSays().toMatch(/continues on the target/);
    relay.mend();
    await linkSays().toMatch(/On the way there you are asked: sudo asks for a password\. Answer in the terminal/);
    await password(2);
    await expect.poll(() => run.state.prompt?.id, soon).toBe('go-on');
    run.opened.answer('go-on', 'yes');
    expect((await ended).status).toBe('done');
    expect(recorded()).toMatch(/answer yes\r\nroot\r\n/);
    for (const file of ['recording.cast', 'journal.jsonl']) expect(readFileSync(path.join(run.folder, file), 'utf8')).not.toContain('sesame');
    expect(leftThere()).toBe('');
  });

  it('by a restart that belongs to the step is waited for, and the step is proved afterwards', async () => {
    begin('restart');
    const ended = advance('restart');
    await linkSays().toMatch(/The target restarts/);
    expect(run.state.link).toMatchObject({ kind: 'restarting', until: expect.any(String) });
    const { status, steps } = await ended;
    expect(status).toBe('done');
    expect(steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['restarted']);
    expect(recorded()).toContain('up again: second');
    expect(said().join('\n')).toMatch(/restart: started, the target restarts/);
  });

  it('by a restart that is not seen to its end: it is looked for first', async () => {
    begin('restart');
    void advance('restart');
    await shown(/going down/);
    await run.reopen();
    expect(run.state.offers.map(({ action, title }) => [action, title])[0]).toEqual(['rejoin', 'Check whether it has restarted']);
    expect(await advance('restart')).toMatchObject({ status: 'done', steps: [{ attempts: 1 }] });
  });

  it('by a restart that is none fails the step with its cause', async () => {
    machine.asRoot('touch /etc/stays-up');
    begin('restart');
    const { status, says } = await advance('restart');
    machine.asRoot('rm /etc/stays-up');
    expect(status).toBe('failed');
    expect(says).toMatch(/it was up all the time: it did not restart\. Check the terminal/);
    expect(events('step-started')).toHaveLength(1);
  });
});

/** What the admin's ssh client brings along: keys in an agent, connections that are shared; and clocks and sudo's time-out on the target. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { SlowRelay } from '../../real/slow-relay.test-kit.ts';
import { HopSession } from '../../sessions/hops/hop-session.test-kit.ts';
import { type Answer, attempt } from './attempt.test-kit.ts';

if (whyNoScratchMachine) console.log(`The agent and shared connections of ssh are not tried: ${whyNoScratchMachine}.`);

const setUp = `
for name in ahead brief; do useradd -m -s /bin/bash "$name"; cp /etc/wrench-keys/wren "/etc/wrench-keys/$name"; printf '%s:sesame\\n' "$name" | chpasswd; done
printf 'brief ALL=(ALL) ALL\\nDefaults:brief timestamp_timeout=0\\n' >>/etc/sudoers
mkdir /home/ahead/bin
printf '#!/bin/sh\\n[ "$1" = +%%s ] && echo $(($(/bin/date +%%s) + 3600))\\n' >/home/ahead/bin/date
chmod 755 /home/ahead/bin/date
printf 'PATH=$HOME/bin:$PATH\\n' >/home/ahead/.bashrc
`;
const password: Answer = { at: /password: $/, type: 'sesame\n' };

describe.skipIf(whyNoScratchMachine)('the ssh client', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, ['MaxSessions 2']);
    machine.know();
  });
  afterAll(() => machine?.stop());
  const file = (name: string) => path.join(machine.folder, name);
  /** The client's configuration for this port, without the key and with these lines more. */
  function withoutKey(port: number, lines: readonly string[]): string {
    const config = machine.configFor(port, lines);
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^ {2}IdentityFile .*$/m, '  IdentityFile none'));
    return config;
  }
  const as = (user: string) => ({ connection: { kind: 'ssh', host: 'machine', user } }) as const;

  it('logs in with a key that only its agent has, and asks for a password where it has none', async () => {
    const socket = file('agent');
    const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    const before = process.env.SSH_AUTH_SOCK;
    try {
      await expect.poll(() => existsSync(socket), { interval: 10 }).toBe(true);
      const add = (...args: string[]) => execFileSync('ssh-add', ['-q', ...args], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'pipe' });
      add(file('key'));
      process.env.SSH_AUTH_SOCK = socket;
      const config = withoutKey(machine.port, ['IdentitiesOnly no']);
      const { state, text } = await attempt({}, config);
      expect(state.status, text).toBe('ok');
      expect(text).not.toMatch(/password: /);
      add('-D');
      expect((await attempt({}, config, [password])).state.status).toBe('ok');
    } finally {
      if (before === undefined) delete process.env.SSH_AUTH_SOCK;
      else process.env.SSH_AUTH_SOCK = before;
      agent.kill();
    }
  });

  describe('with a connection that is shared (ControlMaster)', () => {
    /** Whether the other end is there, often enough for ten seconds. */
    const askedFor = ['ServerAliveInterval 3', 'ServerAliveCountMax 2'];
    const sessions: HopSession[] = [];
    let master: ChildProcess | null = null;
    afterEach(async () => {
      await Promise.all(sessions.splice(0).map(({ session }) => session.close()));
      master?.kill();
    });
    /** As an admin has it open already, who was asked for everything once. */
    async function share(port: number, lines: readonly string[] = []): Promise<string> {
      const socket = file(`shared-${port}`);
      const shared = ['ControlMaster auto', `ControlPath ${socket}`, ...lines];
      master = spawn('ssh', ['-F', machine.configFor(port, shared), '-N', 'machine'], { stdio: 'ignore' });
      await expect.poll(() => existsSync(socket), { interval: 10, timeout: 20_000 }).toBe(true);
      return withoutKey(port, shared);
    }
    async function open(): Promise<HopSession> {
      const hop = await HopSession.open({ HOME: machine.folder });
      sessions.push(hop);
      return hop;
    }

    it('enters over it without a question, over one of its own where the shared one takes no more, and leaves it to its owner', async () => {
      const configFile = await share(machine.port, askedFor);
      const way = { kind: 'ssh', host: 'machine', configFile } as const;
      const [first, second, third] = [await open(), await open(), await open()];
      const connection = async (hop: HopSession) => (await hop.run('echo "$SSH_CONNECTION"; test -t 0 && echo tty')).text;
      for (const hop of [first, second]) expect(await hop.enter(way), hop.text).toHaveProperty('entered');
      expect(await third.answer(way, [[/password: $/, 'sesame']]), third.text).toHaveProperty('entered');
      const over = await connection(first);
      expect(over).toMatch(/^127\.0\.0\.1 \d+ .*\r\ntty\r\n$/);
      expect(await connection(second)).toBe(over);
      expect(await connection(third)).not.toBe(over);
      await first.session.close();
      expect((await second.run('echo still here')).text).toBe('still here\r\n');
      await second.session.close();
      expect(master?.exitCode).toBeNull();
      execFileSync('ssh', ['-F', configFile, '-O', 'check', 'machine'], { stdio: 'pipe' });
    });

    it('is told as lost when the shared connection ends', async () => {
      const configFile = await share(machine.port, askedFor);
      const hop = await open();
      await hop.enter({ kind: 'ssh', host: 'machine', configFile });
      const long = hop.run('echo going; sleep 60');
      await hop.seen(/going/);
      master?.kill();
      await expect(long).rejects.toThrow(/ssh to machine ended with status 255/);
      expect((await hop.run('echo here')).text).toBe('here\r\n');
    });

    const stalled = async (lines: readonly string[], enter: (hop: HopSession, configFile: string) => Promise<unknown>) => {
      const relay = await SlowRelay.start(machine.port, { piece: 65_536 });
      try {
        const configFile = await share(relay.port, lines);
        const hop = await open();
        expect(await enter(hop, configFile), hop.text).toHaveProperty('entered');
        const long = hop.run('echo going; sleep 60');
        await hop.seen(/going/);
        relay.stall();
        await expect(long).rejects.toThrow(/ssh to machine ended with status 255/);
      } finally {
        relay.stop();
      }
    };
    it('and when it falls silent, where the admin’s own configuration has that asked for', () =>
      stalled(askedFor, (hop, configFile) => hop.enter({ kind: 'ssh', host: 'machine', configFile })));

    it.each([
      ['not asked for', []],
      ['asked for too rarely', ['ServerAliveInterval 4', 'ServerAliveCountMax 2']],
    ])('and when it falls silent where that is %s: over a connection of its own, which its hops share', (_, lines) =>
      stalled(lines, async (hop, configFile) => {
        const way = { kind: 'ssh', host: 'machine', configFile } as const;
        const entered = await hop.answer(way, [[/password: $/, 'sesame']]);
        expect(hop.text).toContain('The ssh connection that is open already is not used');
        const second = await open();
        expect(await second.enter(way), second.text).toHaveProperty('entered');
        const connection = async (of: HopSession) => (await of.run('echo "$SSH_CONNECTION"')).text;
        expect(await connection(second)).toBe(await connection(hop));
        return entered;
      }),
    );
  });

  it('tells how far the clock of the target is off', async () => {
    const { state, text } = await attempt(as('ahead'), machine.configFile);
    expect(state.status, text).toBe('ok');
    expect(Math.abs((state.facts?.clockSkewSeconds ?? 0) - 3600)).toBeLessThanOrEqual(2);
  });

  it('is asked for sudo’s password again where sudo’s time is over', async () => {
    const hop = await HopSession.open({ HOME: machine.folder });
    try {
      await hop.enter({ kind: 'ssh', host: 'machine', user: 'brief', configFile: machine.configFile });
      for (let time = 1; time <= 2; time++) {
        hop.text = '';
        expect(await hop.answer({ kind: 'sudo' }, [[/password for brief: $/, 'sesame']])).toMatchObject({ entered: { uid: 0 } });
        await hop.session.leaveHop();
      }
      expect((await hop.run('id -un')).text).toBe('brief\r\n');
    } finally {
      await hop.session.close();
    }
  });
});

/** Trials against real sshd and sudo, on a throw-away machine on loopback. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../../shared/api/target.ts';
import { ScratchMachine, whyNoMachineWith, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { type Answer, attempt, failure, stagesOf } from './attempt.test-kit.ts';
import { localSession } from './local-session.ts';
import { Trial } from './trial.ts';
import { Trials } from './trials.ts';

if (whyNoScratchMachine) console.log(`Trials over ssh are not tried: ${whyNoScratchMachine}.`);

const assets = path.resolve('assets');
const quick = { silenceMs: 1500, wholeMs: 20_000 };
const password: Answer = { at: /password: $/, type: 'sesame\n' };
const sudoAsks = /password for \w+: $/;
const shells = { rescue: '/usr/sbin/nologin', caged: '/bin/rbash', menu: '/usr/local/bin/menu', tiny: '/bin/ash', loud: '/bin/bash', ender: '/bin/false' };

describe('trials of this machine', () => {
  it('read its facts', async () => {
    const { state } = await attempt({ connection: { kind: 'local' } }, undefined);
    expect(state.status).toBe('ok');
    expect(stagesOf(state)).toEqual({ shell: 'ok', facts: 'ok' });
    expect(state.facts).toMatchObject({ uid: process.getuid?.() ?? 0, clockSkewSeconds: expect.toSatisfy((skew: number) => Math.abs(skew) <= 1) });
  });

  it('name the network where nothing listens, and where a name is not known', async () => {
    const refused = await attempt({ connection: { kind: 'ssh', host: '127.0.0.1', port: 1 } }, '/dev/null');
    expect(failure(refused.state)).toMatchObject({ name: 'network', trouble: { cause: expect.stringContaining('Nothing listens') } });
    expect(stagesOf(refused.state)).toEqual({ network: 'failed', 'host-key': 'skipped', authentication: 'skipped', shell: 'skipped', facts: 'skipped' });
    const unknown = await attempt({ connection: { kind: 'ssh', host: 'nowhere.invalid' } }, '/dev/null');
    expect(failure(unknown.state)).toMatchObject({ name: 'network', trouble: { cause: 'The name nowhere.invalid is not known.' } });
  });
});

const noBusybox = whyNoMachineWith('busybox');
if (noBusybox) console.log(`busybox ash is not tried: ${noBusybox}.`);

describe.skipIf(whyNoScratchMachine)('trials over ssh', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    const users = Object.entries(shells).map(
      ([name, shell]) => `useradd -m -s ${shell} ${name}; printf '${name}:sesame\\n' | chpasswd; cp /etc/wrench-keys/wren /etc/wrench-keys/${name}`,
    );
    machine = await ScratchMachine.start(
      [
        'ln -sf "$(command -v busybox)" /bin/ash',
        'printf \'#!/bin/sh\\necho 1 status\\necho 2 reboot\\nprintf "switch> "\\nwhile read -r line; do printf "switch> "; done\\n\' >/usr/local/bin/menu',
        'chmod 755 /usr/local/bin/menu',
        "printf 'Authorised people only\\n' >/etc/issue.net",
        ...users,
        'printf \'echo noise from bashrc; printf "\\\\033]0;title\\\\007"\\n\' >/home/loud/.bashrc',
        "printf 'PATH=/home/caged/bin\\n' >/home/caged/.bashrc",
        "printf 'loud ALL=(ALL) NOPASSWD: ALL\\ntiny ALL=(ALL) ALL\\nDefaults:tiny requiretty, use_pty\\n' >>/etc/sudoers",
      ].join('\n'),
      ['Banner /etc/issue.net', 'Match User plain', 'PubkeyAuthentication no'],
      { extras: noBusybox ? [] : ['busybox'] },
    );
    machine.know();
  });
  afterAll(() => machine?.stop());
  const as = (user: string, more: Partial<Target> = {}): Partial<Target> => ({ connection: { kind: 'ssh', host: 'machine', user }, ...more });

  it('go through all stages with a key, and to root by sudo', async () => {
    const { state } = await attempt({ root: 'sudo' }, machine.configFile, [{ at: sudoAsks, type: 'sesame\n' }]);
    expect(stagesOf(state)).toEqual({ network: 'ok', 'host-key': 'ok', authentication: 'ok', shell: 'ok', facts: 'ok', root: 'ok' });
    expect(state.facts).toMatchObject({ user: 'wren', loginShell: '/bin/bash', tools: { sudo: '/usr/bin/sudo' } });
  });

  it('take a password in the terminal', async () => {
    expect((await attempt(as('plain'), machine.configFile, [password])).state.status).toBe('ok');
  });

  it('name the login where the password is wrong three times, and what the server takes', async () => {
    const wrong = { at: /password: $/, type: 'wrong\n' };
    const { state } = await attempt(as('plain'), machine.configFile, [wrong, wrong, wrong]);
    expect(failure(state)).toMatchObject({ name: 'authentication', trouble: { cause: expect.stringContaining('password') } });
    expect(stagesOf(state)).toMatchObject({ network: 'ok', 'host-key': 'ok' });
  });

  it('name too many keys', async () => {
    const { state } = await attempt(
      {},
      withConfig('many', (text) => `${text}  NumberOfPasswordPrompts 9\n  PubkeyAuthentication no\n`),
      Array.from({ length: 5 }, () => ({ at: /password: $/, type: 'x\n' })),
    );
    expect(failure(state)).toMatchObject({ name: 'authentication', trouble: { cause: expect.stringContaining('gave up') } });
  });

  function withConfig(name: string, change: (text: string) => string): string {
    const file = path.join(machine.folder, `config-${name}`);
    writeFileSync(file, change(readFileSync(machine.configFile, 'utf8')));
    return file;
  }

  it('ask about a key that is not known, and stop where it is declined', async () => {
    const config = withConfig('fresh', (text) => text.replace(machine.knownHosts, path.join(machine.folder, 'known-fresh')));
    const declined = await attempt({}, config, [{ at: /\(yes\/no\/\[fingerprint\]\)\? $/, type: 'no\n' }]);
    expect(failure(declined.state)).toMatchObject({ name: 'host-key', trouble: { cause: expect.stringContaining('not accepted') } });
    expect((await attempt({}, config, [{ at: /\)\? $/, type: 'yes\n' }])).state.status).toBe('ok');
  });

  it('stop at a key that has changed, with both fingerprints and the place of the known one', async () => {
    const known = path.join(machine.folder, 'known-other');
    const [type, key] = readFileSync(path.join(machine.folder, 'key.pub'), 'utf8').split(' ');
    writeFileSync(known, `# first line\n[127.0.0.1]:${machine.port} ${type} ${key}\n`);
    const { state } = await attempt(
      {},
      withConfig('changed', (text) => text.replace(machine.knownHosts, known)),
    );
    const { trouble } = failure(state) ?? {};
    expect(trouble?.cause).toMatch(/showed ED25519 SHA256:\S{43}; known is ED25519 SHA256:\S{43} \(\S+known-other, line 2\)/);
    expect(new Set(trouble?.cause.match(/SHA256:\S{43}/g)).size).toBe(2);
    expect(trouble?.next).toContain(`ssh-keygen -f ${known} -R '[127.0.0.1]:${machine.port}'`);
    expect(failure(state)?.name).toBe('host-key');
  });

  it.each([
    ['rescue', /no login shell/],
    ['caged', /found no sh/],
    ['ender', /status 1 at once/],
  ])('name the shell of %s', async (user, cause) => {
    const { state } = await attempt(as(user), machine.configFile);
    expect(failure(state)).toMatchObject({ name: 'shell', trouble: { cause: expect.stringMatching(cause) } });
    expect(stagesOf(state)).toMatchObject({ authentication: 'ok', facts: 'skipped' });
  });

  it('name a shell that answers with a menu', async () => {
    const { state, text } = await attempt(as('menu'), machine.configFile, [], quick);
    expect(text).toContain('switch>');
    expect(failure(state)).toMatchObject({ name: 'shell', trouble: { cause: expect.stringContaining('within 2 seconds') } });
  });

  it('go through a noisy start-up file, with sudo that asks nothing', async () => {
    const { state } = await attempt(as('loud', { root: 'sudo' }), machine.configFile);
    expect(state.status).toBe('ok');
    expect(state.facts?.user).toBe('loud');
  });

  it.skipIf(noBusybox)('go through busybox ash, and a sudo that wants a terminal and makes its own', async () => {
    const { state } = await attempt(as('tiny', { root: 'sudo' }), machine.configFile, [{ at: sudoAsks, type: 'sesame\n' }]);
    expect(state.status).toBe('ok');
    expect(state.facts?.loginShell).toBe('/bin/ash');
  });

  it('name root where sudo gets a wrong password three times, and where it does not know the user', async () => {
    const wrong = { at: sudoAsks, type: 'wrong\n' };
    const three = await attempt({ root: 'sudo' }, machine.configFile, [wrong, wrong, wrong]);
    expect(failure(three.state)).toMatchObject({ name: 'root', trouble: { cause: 'The password was wrong each time.' } });
    const stranger = await attempt(as('plain', { root: 'sudo' }), machine.configFile, [password, { at: sudoAsks, type: 'sesame\n' }]);
    expect(failure(stranger.state)).toMatchObject({ name: 'root', trouble: { cause: 'sudo does not allow this user to do it.' } });
    expect(stranger.state.facts?.user).toBe('plain');
  });

  it('become root by su, and say when doas is not set up', async () => {
    const su = await attempt({ root: 'su' }, machine.configFile, [{ at: /[Pp]assword: $/, type: 'open\n' }]);
    expect(su.state, su.text).toMatchObject({ status: 'ok' });
    const doas = await attempt({ root: 'doas' }, machine.configFile);
    expect(failure(doas.state)).toMatchObject({ name: 'root', trouble: { cause: expect.stringMatching(/doas/) } });
  });

  it('end when nobody answers in time, and at once when they are called off', async () => {
    const late = await attempt(as('plain'), machine.configFile, [], { silenceMs: 20_000, wholeMs: 1500 });
    expect(failure(late.state)).toMatchObject({ name: 'authentication', trouble: { cause: 'It took too long.' } });
    const trials = new Trials();
    const target = {
      id: 't',
      name: 'A target',
      connection: { kind: 'ssh', host: 'machine', user: 'plain' },
      root: 'none',
      group: '',
      tags: [],
      note: '',
    } as const;
    const begin = () =>
      trials.start({
        target: { ...target, tags: [] },
        sshConfig: machine.configFile,
        session: (size) => localSession(assets, size),
        onChange: () => undefined,
        onFacts: () => undefined,
      });
    const { trialId } = begin();
    const first = trials.get(trialId);
    await expect.poll(() => first.state.stages.find(({ status }) => status === 'running')?.name, { interval: 5, timeout: 10_000 }).toBe('authentication');
    const second = begin();
    expect(first.state.status).toBe('cancelled');
    expect(stagesOf(first.state)).toMatchObject({ network: 'ok', authentication: 'skipped' });
    expect(() => trials.get(trialId)).toThrow(/was removed/);
    await trials.close();
    expect(trials.get(second.trialId).state.status).toBe('cancelled');
  });

  it('leave no typed password in an argument, an environment or a file', async () => {
    const canary = 'canary-4711-sesame';
    let looked = 0;
    const trial = new Trial({
      trialId: 't',
      target: { id: 't', name: 'A target', connection: { kind: 'ssh', host: 'machine', user: 'plain' }, root: 'none', group: '', tags: [], note: '' },
      sshConfig: machine.configFile,
      session: (size) => localSession(assets, size),
      onChange: () => expect(JSON.stringify(trial.state)).not.toContain(canary),
      onFacts: () => undefined,
    });
    trial.feed.attach({}, (_offset, bytes) => {
      if (!/password: $/.test(Buffer.from(bytes).toString())) return;
      trial.type(`${canary}\n`);
      expect(placesOf(canary)).toEqual([]);
      looked += 1;
    });
    await trial.run();
    expect(looked).toBe(3);
    expect(placesOf(canary)).toEqual([]);
  });
});

/** Where in /proc a text stands, in what anybody may see of a process. */
function placesOf(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => `/proc/${pid}/${file}`))
    .filter((file) => {
      try {
        return existsSync(file) && readFileSync(file).includes(text);
      } catch {
        return false;
      }
    });
}

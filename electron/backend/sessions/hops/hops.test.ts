/** Hops over real ssh and sudo, on a throw-away machine on loopback. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoMachineWith, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import type { Hop } from './hop.ts';
import { HopSession } from './hop-session.test-kit.ts';

if (whyNoScratchMachine) console.log(`Hops over ssh and sudo are not tried: ${whyNoScratchMachine}.`);

const noOtherShells = whyNoMachineWith('other shells');
const brought = noOtherShells ? [] : ['/bin/ksh', '/bin/zsh', '/bin/ash', '/bin/tcsh', '/bin/csh', '/bin/fish'];
const wantedShells = ['/bin/dash', '/bin/bash', '/bin/rbash', '/bin/ksh', '/bin/zsh', '/bin/ash', '/bin/tcsh', '/bin/csh', '/bin/fish'];
const loginShells = wantedShells.filter((shell) => brought.includes(shell) || existsSync(shell) || (shell === '/bin/ash' && existsSync('/bin/busybox')));
const without = wantedShells.filter((shell) => !loginShells.includes(shell));
if (without.length > 0) console.log(`Login shells that are not on this machine, and not tried: ${without.join(', ')}.`);

/** A user for each login shell, one with a start file that talks, and three for whom sudo is set up otherwise. */
const setUp = `
test -e /bin/csh || ! test -e /bin/tcsh || ln -s tcsh /bin/csh
test -e /bin/ksh || ! test -e /bin/ksh93 || ln -s ksh93 /bin/ksh
test -e /bin/ash || ! test -e /bin/busybox || ln -s busybox /bin/ash
for shell in ${loginShells.join(' ')}; do
  useradd -m -s "$shell" "with-\${shell##*/}"; cp /etc/wrench-keys/wren "/etc/wrench-keys/with-\${shell##*/}"
done
for name in noisy free withpty withtty; do useradd -m -s /bin/bash "$name"; cp /etc/wrench-keys/wren "/etc/wrench-keys/$name"; done
printf 'echo good morning; printf "\\033]6973;hello;\\007"; PS1="noisy> "\\n' >/home/noisy/.bashrc
for name in noisy free withpty withtty ${loginShells.map((shell) => `with-${path.basename(shell)}`).join(' ')}; do printf '%s:sesame\\n' "$name" | chpasswd; done
printf 'Authorised people only\\n' >/etc/banner
cat >>/etc/sudoers <<'SUDOERS'
free, withpty, withtty ALL=(ALL) NOPASSWD: ALL
${loginShells.map((shell) => `with-${path.basename(shell)}`).join(', ')} ALL=(ALL) ALL
Defaults:withpty use_pty
Defaults:withtty requiretty
SUDOERS
printf 'permit wren as root\\n' >/etc/doas.conf
`;

describe.skipIf(whyNoScratchMachine)('hops', () => {
  let machine: ScratchMachine;
  let hop: HopSession;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, ['Banner /etc/banner', 'PrintMotd yes'], { extras: noOtherShells ? [] : ['other shells'] });
    machine.know();
  });
  afterAll(() => machine?.stop());
  afterEach(() => hop?.session.close());

  const open = async () => {
    hop = await HopSession.open({ HOME: machine.folder });
  };
  const ssh = (more: Partial<Hop> = {}): Hop => ({ kind: 'ssh', host: 'machine', configFile: machine.configFile, ...more }) as Hop;
  const enter = (to: Hop) => hop.enter(to);
  const seen = (wanted: RegExp) => hop.seen(wanted);
  const run = (script: string) => hop.run(script);

  it('runs scripts behind ssh with a key, and in front of it again', async () => {
    await open();
    expect(await enter(ssh())).toMatchObject({ entered: { system: 'Linux' } });
    expect(await run('id -un; test -t 0 && echo tty; exit 4')).toEqual({ status: 4, text: 'wren\r\ntty\r\n' });
    await hop.session.leaveHop();
    expect((await run('id -un')).text).toBe('root\r\n');
    expect(hop.session.hops).toBe(0);
  });

  it('goes from ssh on to root by sudo, which asks once, and comes back', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/\[sudo on .+\] password for wren: $/);
    hop.session.type('sesame\n');
    expect(await entering).toMatchObject({ entered: { uid: 0 } });
    expect(hop.text).not.toContain('sesame');
    expect((await run('id -u')).text).toBe('0\r\n');
    await hop.session.leaveHop();
    expect((await run('id -un')).text).toBe('wren\r\n');
    expect(await enter({ kind: 'sudo' })).toMatchObject({ entered: { uid: 0 } });
    expect((await run('id -u')).text).toBe('0\r\n');
  });

  it('gives Ctrl-C to the command behind two hops, and both stay', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/password for wren: $/);
    hop.session.type('sesame\n');
    await entering;
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    hop.session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('echo alive; id -u')).text).toBe('alive\r\n0\r\n');
  });

  it('tells the status of a way that is refused, and what was said', async () => {
    await open();
    const entering = enter(ssh({ user: 'nobody-here' }));
    for (let time = 1; time <= 3; time++) {
      await expect.poll(() => hop.text.match(/password:/g)?.length, { interval: 5, timeout: 10_000 }).toBe(time);
      hop.session.type('wrong\n');
    }
    expect(await entering).toEqual({ status: 255 });
    expect(hop.text).toMatch(/Permission denied/);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('tells that a hop was lost, and goes on before it', async () => {
    await open();
    const lost: string[] = [];
    hop.session.onHopLost((name, status) => lost.push(`${name} ${status}`));
    await enter(ssh());
    // The one that was told to kill could be killed before it has passed "going" on.
    const cut = expect(run('echo going; sleep 30')).rejects.toThrow(/ssh to machine ended with status 255/);
    await seen(/going/);
    machine.asRoot('pkill -9 -u wren -x sshd');
    await cut;
    expect(lost).toEqual(['ssh to machine 255']);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('tells that a hop was lost while the one behind it was being left', async () => {
    await open();
    const lost: string[] = [];
    hop.session.onHopLost((name) => lost.push(name));
    await enter(ssh({ user: 'free' }));
    await enter({ kind: 'sudo' });
    expect(await run('(sleep 0.3; pkill -9 -u free -x sshd) >/dev/null 2>&1 & kill -STOP $PPID')).toBeTruthy();
    await hop.session.leaveHop();
    expect(lost).toEqual(['ssh to machine']);
    expect((await run('id -un')).text).toBe('root\r\n');
    expect(hop.session.hops).toBe(0);
  });

  it('asks about a key that is not known, and stops at one that has changed', async () => {
    await open();
    const config = path.join(machine.folder, 'config-fresh');
    const fresh = path.join(machine.folder, 'known-fresh');
    writeFileSync(config, readFileSync(machine.configFile, 'utf8').replace(machine.knownHosts, fresh));
    const asking = enter(ssh({ configFile: config }));
    await seen(/ED25519 key fingerprint is SHA256:\S+[\s\S]*\(yes\/no\/\[fingerprint\]\)\? $/);
    hop.session.type('yes\n');
    expect(await asking).toHaveProperty('entered');
    await hop.session.leaveHop();
    const other = readFileSync(path.join(machine.folder, 'key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(fresh, `[127.0.0.1]:${machine.port} ${other}\n`);
    hop.text = '';
    expect(await enter(ssh({ configFile: config }))).toEqual({ status: 255 });
    expect(hop.text).toMatch(/REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });

  it('notices a line that is dead', async () => {
    await open();
    await enter(ssh());
    const cut = run('echo going; pkill -STOP -u wren -x sshd; sleep 60');
    await expect(cut).rejects.toThrow(/ssh to machine ended with status 255/);
    expect(hop.text).toMatch(/Nothing has come over ssh to machine for 9 seconds: the connection is considered lost/);
  });

  it.each(loginShells)('enters where the login shell is %s', async (shell) => {
    await open();
    expect(await enter(ssh({ user: `with-${path.basename(shell)}` }))).toMatchObject({ entered: { system: 'Linux' } });
    expect((await run('echo "behind $0"; printf "%s\\n" "a  b"')).text).toMatch(/^behind sh\r\na {2}b\r\n$/);
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    hop.session.interrupt();
    expect((await long).status).toBe(130);
    // The hop behind it is entered from our sh, whatever the login shell is.
    expect(await hop.answer({ kind: 'sudo' }, [[/password for with-.+: $/, 'sesame']])).toMatchObject({ entered: { uid: 0 } });
  });

  it('passes a banner and what a start file prints, and does not take a greeting in them for its own', async () => {
    await open();
    expect(await enter(ssh({ user: 'noisy' }))).toHaveProperty('entered');
    expect(hop.text).toMatch(/Authorised people only[\s\S]*good morning/);
    expect((await run('id -un')).text).toBe('noisy\r\n');
  });

  it.each([
    ['su', { kind: 'su' }, /Password: $/, 'open'],
    ['doas', { kind: 'doas' }, /doas \(wren@.+\) password: $/, 'sesame'],
    ['sudo to another user', { kind: 'sudo', user: 'plain' }, /password for wren: $/, 'sesame'],
  ] as const)('goes on with %s, and Ctrl-C reaches a command there', async (_, to, prompt, password) => {
    await open();
    await enter(ssh());
    const entering = enter(to as Hop);
    await seen(prompt);
    hop.session.type(`${password}\n`);
    expect(await entering).toHaveProperty('entered');
    expect((await run('id -un')).text).toBe(`${'user' in to ? to.user : 'root'}\r\n`);
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    hop.session.interrupt();
    expect((await long).status).toBe(130);
    await hop.session.leaveHop();
    expect((await run('id -un')).text).toBe('wren\r\n');
  });

  it.each(['free', 'withpty', 'withtty'])('goes on with sudo for %s: NOPASSWD, use_pty, requiretty', async (user) => {
    await open();
    await enter(ssh({ user }));
    expect(await enter({ kind: 'sudo' })).toMatchObject({ entered: { uid: 0 } });
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    hop.session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('id -u')).text).toBe('0\r\n');
  });

  it.each([
    ['a wrong password three times', 'wren', 3, 'wrong', /incorrect password attempts/],
    ['a user who is not in sudoers', 'plain', 1, 'sesame', /plain is not in the sudoers file/],
  ])('stays where it is after sudo was refused: %s', async (_, user, times, password, said) => {
    await open();
    await enter(ssh({ user }));
    const answers = Array.from({ length: times }, () => [/password for \w+: $/, password] as const);
    expect(await hop.answer({ kind: 'sudo' }, answers)).toEqual({ status: 1 });
    expect(hop.text).toMatch(said);
    expect(hop.text).not.toContain(password);
    expect((await run('id -un')).text).toBe(`${user}\r\n`);
  });

  it('runs with one session a connection', async () => {
    const single = await ScratchMachine.start('', ['MaxSessions 1']);
    try {
      single.know();
      await open();
      expect(await enter(ssh({ configFile: single.configFile }))).toHaveProperty('entered');
      expect((await run('grep -c MaxSessions /etc/ssh/sshd_config')).text).toBe('1\r\n');
    } finally {
      await single.stop();
    }
  });
});

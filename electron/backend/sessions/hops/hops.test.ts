/** Hops over real ssh and sudo, on a throw-away machine on loopback. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderScript } from '../../../../shared/topic-kit/index.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { Session } from '../session.ts';
import { type Hop, hopName, hopScript } from './hop.ts';

if (whyNoScratchMachine) console.log(`Hops over ssh and sudo are not tried: ${whyNoScratchMachine}.`);

const wantedShells = ['/bin/dash', '/bin/bash', '/bin/rbash', '/bin/ksh', '/bin/zsh', '/bin/ash'];
const loginShells = wantedShells.filter((shell) => existsSync(shell) || (shell === '/bin/ash' && existsSync('/bin/busybox')));
const without = wantedShells.filter((shell) => !loginShells.includes(shell));
if (without.length > 0) console.log(`Login shells that are not on this machine, and not tried: ${without.join(', ')}.`);

/** A user for each login shell, one with a start file that talks, and three for whom sudo is set up otherwise. */
const setUp = `
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
Defaults:withpty use_pty
Defaults:withtty requiretty
SUDOERS
printf 'permit wren as root\\n' >/etc/doas.conf
`;

describe.skipIf(whyNoScratchMachine)('hops', () => {
  let machine: ScratchMachine;
  let session: Session;
  let text = '';
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, ['Banner /etc/banner', 'PrintMotd yes']);
    machine.know();
  });
  afterAll(() => machine?.stop());
  afterEach(() => session?.close());

  async function open() {
    const environment = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: machine.folder };
    ({ session } = await Session.open({ helper: path.resolve('assets/helper/session.sh'), shell: ['sh'], folder: '/', environment, cols: 80, rows: 24 }));
    text = '';
    session.onData((bytes) => {
      text += bytes.toString();
    });
  }
  const ssh = (more: Partial<Hop> = {}): Hop => ({ kind: 'ssh', host: 'machine', configFile: machine.configFile, ...more }) as Hop;
  const enter = (hop: Hop) => session.enter(hopName(hop), (command) => renderScript(hopScript(hop, command), (file) => file));
  const seen = (wanted: RegExp) => expect.poll(() => text, { interval: 5, timeout: 10_000 }).toMatch(wanted);
  const run = async (script: string) => {
    text = '';
    return { status: await session.run(script), text };
  };

  it('runs scripts behind ssh with a key, and in front of it again', async () => {
    await open();
    expect(await enter(ssh())).toMatchObject({ entered: { system: 'Linux' } });
    expect(await run('id -un; test -t 0 && echo tty; exit 4')).toEqual({ status: 4, text: 'wren\r\ntty\r\n' });
    await session.leaveHop();
    expect((await run('id -un')).text).toBe('root\r\n');
    expect(session.hops).toBe(0);
  });

  it('goes from ssh on to root by sudo, which asks once, and comes back', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/\[sudo on .+\] password for wren: $/);
    session.type('sesame\n');
    expect(await entering).toMatchObject({ entered: { uid: 0 } });
    expect(text).not.toContain('sesame');
    expect((await run('id -u')).text).toBe('0\r\n');
    await session.leaveHop();
    expect((await run('id -un')).text).toBe('wren\r\n');
    expect(await enter({ kind: 'sudo' })).toMatchObject({ entered: { uid: 0 } });
    expect((await run('id -u')).text).toBe('0\r\n');
  });

  it('gives Ctrl-C to the command behind two hops, and both stay', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/password for wren: $/);
    session.type('sesame\n');
    await entering;
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('echo alive; id -u')).text).toBe('alive\r\n0\r\n');
  });

  it('tells the status of a way that is refused, and what was said', async () => {
    await open();
    const entering = enter(ssh({ user: 'nobody-here' }));
    for (let time = 1; time <= 3; time++) {
      await expect.poll(() => text.match(/password:/g)?.length, { interval: 5, timeout: 10_000 }).toBe(time);
      session.type('wrong\n');
    }
    expect(await entering).toEqual({ status: 255 });
    expect(text).toMatch(/Permission denied/);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('tells that a hop was lost, and goes on before it', async () => {
    await open();
    const lost: string[] = [];
    session.onHopLost((name, status) => lost.push(`${name} ${status}`));
    await enter(ssh());
    const cut = run('echo going; pkill -9 -u wren -x sshd; sleep 30');
    await seen(/going/);
    await expect(cut).rejects.toThrow(/ssh to machine ended with status 255/);
    expect(lost).toEqual(['ssh to machine 255']);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('tells that a hop was lost while the one behind it was being left', async () => {
    await open();
    const lost: string[] = [];
    session.onHopLost((name) => lost.push(name));
    await enter(ssh({ user: 'free' }));
    await enter({ kind: 'sudo' });
    expect(await run('(sleep 0.3; pkill -9 -u free -x sshd) >/dev/null 2>&1 & kill -STOP $PPID')).toBeTruthy();
    await session.leaveHop();
    expect(lost).toEqual(['ssh to machine']);
    expect((await run('id -un')).text).toBe('root\r\n');
    expect(session.hops).toBe(0);
  });

  it('asks about a key that is not known, and stops at one that has changed', async () => {
    await open();
    const config = path.join(machine.folder, 'config-fresh');
    const fresh = path.join(machine.folder, 'known-fresh');
    writeFileSync(config, readFileSync(machine.configFile, 'utf8').replace(machine.knownHosts, fresh));
    const asking = enter(ssh({ configFile: config }));
    await seen(/ED25519 key fingerprint is SHA256:\S+[\s\S]*\(yes\/no\/\[fingerprint\]\)\? $/);
    session.type('yes\n');
    expect(await asking).toHaveProperty('entered');
    await session.leaveHop();
    const other = readFileSync(path.join(machine.folder, 'key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(fresh, `[127.0.0.1]:${machine.port} ${other}\n`);
    text = '';
    expect(await enter(ssh({ configFile: config }))).toEqual({ status: 255 });
    expect(text).toMatch(/REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });

  it('notices a line that is dead', async () => {
    await open();
    await enter(ssh());
    const cut = run('echo going; pkill -STOP -u wren -x sshd; sleep 60');
    await expect(cut).rejects.toThrow(/ssh to machine ended with status 255/);
    expect(text).toMatch(/Timeout, server .* not responding/);
  });

  it.each(loginShells)('enters where the login shell is %s', async (shell) => {
    await open();
    expect(await enter(ssh({ user: `with-${path.basename(shell)}` }))).toMatchObject({ entered: { system: 'Linux' } });
    expect((await run('echo "behind $0"; printf "%s\\n" "a  b"')).text).toMatch(/^behind sh\r\na {2}b\r\n$/);
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
  });

  it('passes a banner and what a start file prints, and does not take a greeting in them for its own', async () => {
    await open();
    expect(await enter(ssh({ user: 'noisy' }))).toHaveProperty('entered');
    expect(text).toMatch(/Authorised people only[\s\S]*good morning/);
    expect((await run('id -un')).text).toBe('noisy\r\n');
  });

  it.each([
    ['su', { kind: 'su' }, /Password: $/, 'open'],
    ['doas', { kind: 'doas' }, /doas \(wren@.+\) password: $/, 'sesame'],
    ['sudo to another user', { kind: 'sudo', user: 'plain' }, /password for wren: $/, 'sesame'],
  ] as const)('goes on with %s, and Ctrl-C reaches a command there', async (_, hop, prompt, password) => {
    await open();
    await enter(ssh());
    const entering = enter(hop as Hop);
    await seen(prompt);
    session.type(`${password}\n`);
    expect(await entering).toHaveProperty('entered');
    expect((await run('id -un')).text).toBe(`${'user' in hop ? hop.user : 'root'}\r\n`);
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
    await session.leaveHop();
    expect((await run('id -un')).text).toBe('wren\r\n');
  });

  it.each(['free', 'withpty', 'withtty'])('goes on with sudo for %s: NOPASSWD, use_pty, requiretty', async (user) => {
    await open();
    await enter(ssh({ user }));
    expect(await enter({ kind: 'sudo' })).toMatchObject({ entered: { uid: 0 } });
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('id -u')).text).toBe('0\r\n');
  });

  it('jumps over one machine to the next, and runs with one session a connection', async () => {
    const behind = await ScratchMachine.start('', ['MaxSessions 1']);
    try {
      const known = (port: number, folder: string) => `[127.0.0.1]:${port} ${readFileSync(path.join(folder, 'host-key.pub'), 'utf8')}`;
      const file = path.join(behind.folder, 'known-both');
      writeFileSync(file, known(machine.port, machine.folder) + known(behind.port, behind.folder));
      const config = path.join(behind.folder, 'config-jump');
      const first = readFileSync(machine.configFile, 'utf8').replace('Host machine', 'Host first').replace(machine.knownHosts, file);
      const second = readFileSync(behind.configFile, 'utf8').replace('Host machine', 'Host second').replace(behind.knownHosts, file);
      writeFileSync(config, `${first}${second}  ProxyJump first\n`);
      await open();
      expect(await enter(ssh({ host: 'second', configFile: config }))).toHaveProperty('entered');
      expect((await run(`grep -c 'Port ${behind.port}' /etc/ssh/sshd_config`)).text).toBe('1\r\n');
    } finally {
      await behind.stop();
    }
  });
});

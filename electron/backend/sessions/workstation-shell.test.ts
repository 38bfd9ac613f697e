/** Windows is played: the platform is said to be it, and wsl.exe is a script (played-wsl.test-kit.ts). */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labSession } from '../targets/lab-target.ts';
import { PlayedWsl } from './played-wsl.test-kit.ts';
import { Session, type SessionOptions } from './session.ts';
import { shellVariables, WorkstationShell } from './workstation-shell.ts';
import type { WslAnswer } from './wsl.ts';

const size = { cols: 80, rows: 24 };
const assetsFolder = path.resolve('assets');

describe.skipIf(process.platform === 'win32')('a session on Windows', () => {
  let wsl: PlayedWsl;
  let shell: WorkstationShell;
  let lab: string;
  beforeAll(() => {
    wsl = new PlayedWsl();
    lab = path.join(wsl.folder, "Jo's lab $HOME");
    mkdirSync(lab);
    shell = new WorkstationShell({ platform: 'win32', wsl: wsl.program });
  });
  afterAll(() => wsl.remove());

  async function run(options: SessionOptions, script: string) {
    const { session } = await Session.open(options);
    try {
      let text = '';
      session.onData((bytes) => {
        text += bytes.toString();
      });
      return { status: await session.run(script), lines: text.split('\r\n').slice(0, -1) };
    } finally {
      await session.close();
    }
  }

  it('runs scripts in the distribution, at home there, with what the distribution has in its environment', async () => {
    const options = await shell.session({ assetsFolder, kept: [...shellVariables, 'SSH_AUTH_SOCK'], set: { LC_ALL: 'C' }, ...size });
    expect(await run(options, 'pwd; echo "$HOME $USER $LC_ALL [$SSH_AUTH_SOCK]"; printf "%s\\n" "$PATH"; exit 3')).toEqual({
      status: 3,
      lines: [wsl.home, `${wsl.home} jo C []`, `${wsl.path}${forRoot}`],
    });
  });

  it('has the lab and its programs under their names in WSL', async () => {
    const options = await labSession(lab, { topicId: 'openvpn-tap-bridge', assetsFolder }, size, shell);
    const { status, lines } = await run(options, 'pwd; printf "%s\\n" "$WRENCHBOOK_LAB" "$PATH" "[$LANG]"; echo made >here');
    expect(status).toBe(0);
    // The drive is a link here, so the folder itself has its name of this side.
    const links = wsl.there(path.resolve(lab, '..', '..', '..', 'lab-links'));
    expect(lines).toEqual([
      wsl.there(lab),
      wsl.there(lab),
      `${wsl.there(path.join(assetsFolder, 'lab', 'openvpn-tap-bridge'))}:${wsl.there(path.join(assetsFolder, 'lab', 'common'))}:${links}`,
      '[]',
    ]);
    expect(await run(options, 'cat here; command -v ip')).toEqual({
      status: 0,
      lines: ['made', wsl.there(path.join(assetsFolder, 'lab', 'openvpn-tap-bridge', 'ip'))],
    });
  });

  it('is started by these words', async () => {
    const {
      shell: words,
      helper,
      helperThere,
      folder: from,
      environment,
    } = await labSession(lab, { topicId: 'openvpn-tap-bridge', assetsFolder }, size, shell);
    expect(words.slice(0, 6)).toEqual([wsl.program, '--cd', wsl.there(lab), '--exec', '/usr/bin/env', `WRENCHBOOK_LAB=${wsl.there(lab)}`]);
    expect(words.at(-1)).toBe('/bin/sh');
    expect(helper).toBe(path.join(assetsFolder, 'helper', 'session.sh')); // read on this side, for hops
    expect(helperThere).toBe(wsl.there(helper));
    expect(from).toBe(homedir());
    expect(Object.keys(environment)).not.toContain('WSLENV');
    expect(Object.keys(environment)).not.toContain('HOME');
  });

  it('finds what ssh keeps where ssh runs', async () => {
    await shell.look();
    const root = '\\\\wsl.localhost\\Debian';
    expect(shell.home()).toBe(root + wsl.home.replaceAll('/', '\\'));
    expect(shell.here('/etc/ssh/ssh_known_hosts')).toBe(`${root}\\etc\\ssh\\ssh_known_hosts`);
    expect(path.win32.resolve(shell.home(), '/etc/ssh/ssh_config')).toBe(`${root}\\etc\\ssh\\ssh_config`); // as an Include is followed
  });

  it('knows files by the names that programs there have for them', async () => {
    const calls: string[] = [];
    const stdout = Buffer.from('wrenchbook-wsl=/mnt/c/a b.bin\nwrenchbook-wsl=/mnt/d/c.bin\n');
    const ask = (words: readonly string[]) => {
      calls.push(...words.slice(-2));
      return Promise.resolve({ status: 0, stdout, stderr: Buffer.alloc(0) });
    };
    const windows = new WorkstationShell({ platform: 'win32', wsl: wsl.program, ask });
    const files = ['C:\\a b.bin', '/home/jo/x', 'd:/c.bin', 'lab:image.bin', ''];
    expect(await windows.there(files)).toEqual(['/mnt/c/a b.bin', '/home/jo/x', '/mnt/d/c.bin', 'lab:image.bin', '']);
    expect(calls).toEqual(['C:\\a b.bin', 'd:/c.bin']);
    expect(await windows.there(['/home/jo/x'])).toEqual(['/home/jo/x']);
    expect(calls).toHaveLength(2);
    expect(await new WorkstationShell({ platform: 'linux' }).there(files)).toEqual(files);
  });

  it('says what to do where WSL does not reach the folders', async () => {
    await expect(labSession('D:\\runs\\1\\lab', { topicId: 'openvpn-tap-bridge', assetsFolder }, size, shell)).rejects.toMatchObject({
      code: 'session',
      message: expect.stringContaining('D:\\runs\\1\\lab'),
      next: expect.stringContaining('wsl.conf'),
    });
  });
});

/** What the helper puts behind a PATH without these. */
const forRoot = ':/usr/local/sbin:/usr/sbin:/sbin';

describe('the look for a shell', () => {
  const missing: WslAnswer = { status: null, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), because: 'missing' };
  const found: WslAnswer = { status: 0, stdout: Buffer.from('wrenchbook-wsl=/usr/bin\nwrenchbook-wsl=/home/jo\n'), stderr: Buffer.alloc(0) };
  const windows = (answers: WslAnswer[]) => {
    let asked = 0;
    let now = 0;
    const ask = () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] as WslAnswer);
    const shell = new WorkstationShell({ platform: 'win32', wsl: 'wsl.exe', ask, now: () => now });
    const later = (ms: number) => {
      now += ms;
    };
    return { shell, later, asked: () => asked };
  };

  it('is not needed where there is a POSIX shell', async () => {
    const shell = new WorkstationShell({ platform: 'linux', ask: () => Promise.reject(new Error('asked')) });
    await shell.look();
    expect(shell.whyNot()).toBeNull();
    expect([shell.home(), shell.here('/etc/ssh')]).toEqual([homedir(), '/etc/ssh']);
    const options = await shell.session({ assetsFolder, kept: ['HOME'], set: { A: 'b' }, starter: 'lab-start.sh', ...size });
    expect(options).toEqual({
      helper: path.join(assetsFolder, 'helper', 'session.sh'),
      shell: ['/bin/sh', path.join(assetsFolder, 'helper', 'lab-start.sh'), '/bin/sh'],
      folder: homedir(),
      environment: { HOME: process.env.HOME, A: 'b', PATH: process.env.PATH },
      ...size,
    });
  });

  it('is done once, however many ask at once', async () => {
    const { shell, asked } = windows([found]);
    await Promise.all([shell.look(), shell.look()]);
    await shell.look();
    expect(asked()).toBe(1);
    expect(shell.whyNot()).toBeNull();
  });

  it('is done again some time after it found none, so that nobody has to start Wrenchbook anew', async () => {
    const { shell, later, asked } = windows([missing, found]);
    expect(shell.whyNot()).toBeNull(); // nobody has looked yet
    await shell.look();
    await shell.look();
    expect(asked()).toBe(1);
    expect(shell.whyNot()).toEqual({
      message: 'a POSIX shell is needed, which Windows has in WSL only, and WSL (the Windows subsystem for Linux) is not installed.',
      next: expect.stringContaining('wsl --install'),
    });
    await expect(shell.session({ assetsFolder, kept: [], ...size })).rejects.toMatchObject({
      code: 'session',
      message: expect.stringMatching(/^No terminal could be opened: a POSIX shell is needed/),
      next: expect.stringContaining('wsl --install'),
    });
    later(10_000);
    await shell.look();
    expect(shell.whyNot()).toBeNull();
  });
});

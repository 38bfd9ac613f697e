/** What wsl.exe says is told by texts that people published (issues of microsoft/WSL), put into the encoding it uses. */
import { describe, expect, it } from 'vitest';
import { askProgram, lookForWsl, type WslAnswer, wslPaths, wslText, wslWords } from './wsl.ts';

const utf16 = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'utf16le');
const nothing = Buffer.alloc(0);
const answering = (answer: Partial<WslAnswer>) => {
  const asked: (readonly string[])[] = [];
  const ask = (args: readonly string[]) => {
    asked.push(args);
    return Promise.resolve({ status: 0, stdout: nothing, stderr: nothing, ...answer });
  };
  return { ask, asked };
};
const trouble = async (answer: Partial<WslAnswer>) => {
  const look = await lookForWsl(answering({ status: 4294967295, ...answer }).ask);
  if (!('message' in look)) throw new Error('A shell was found');
  return look;
};

const noDistribution = `Windows Subsystem for Linux has no installed distributions.

Use 'wsl.exe --list --online' to list available distributions
and 'wsl.exe --install <Distro>' to install.

Distributions can also be installed by visiting the Microsoft Store:
https://aka.ms/wslstore
Error code: Wsl/Service/CreateInstance/GetDefaultDistro/WSL_E_DEFAULT_DISTRO_NOT_FOUND
`;
const noDistributionInRussian = `Подсистема Windows для Linux не имеет установленных дистрибутивов.
Чтобы устранить эту проблему, установите дистрибутив с инструкциями ниже:

Используйте "wsl.exe --list --online' для перечисления доступных дистрибутивов
и "wsl.exe --install <Distro>" для установки.
`;
const notInstalled = `The Windows Subsystem for Linux is not installed. You can install by running 'wsl.exe --install'.
For more information please visit https://aka.ms/wslinstall
`;
const notEnabled =
  'The Windows Subsystem for Linux optional component is not enabled. Please enable it and try again.\nSee https://aka.ms/wslinstall for details.\n';
const broken = `The virtual machine could not be started because a required feature is not installed.
Error code: Wsl/Service/CreateInstance/CreateVm/HCS/HCS_E_SERVICE_NOT_AVAILABLE
`;

describe('a look for WSL', () => {
  it('finds a shell by what it says, whatever wsl.exe warns of before', async () => {
    const answer = Buffer.from(
      ['/usr/bin:/mnt/c/Program Files (x86)/Tools', '/home/jo', '\\\\wsl.localhost\\Debian\\'].map((each) => `wrenchbook-wsl=${each}\n`).join(''),
    );
    const wanted = { path: '/usr/bin:/mnt/c/Program Files (x86)/Tools', home: '/home/jo', root: '\\\\wsl.localhost\\Debian\\' };
    expect(await lookForWsl(answering({ stdout: answer }).ask)).toEqual(wanted);
    const warned = Buffer.concat([utf16('wsl: A localhost proxy configuration was detected but not mirrored into WSL.\n'), answer]);
    expect(await lookForWsl(answering({ stdout: warned }).ask)).toEqual(wanted);
    const nameless = Buffer.from('wrenchbook-wsl=/usr/bin\nwrenchbook-wsl=/root\nwrenchbook-wsl=wslpath: /: Invalid argument\n');
    expect(await lookForWsl(answering({ stdout: nameless }).ask)).toEqual({ path: '/usr/bin', home: '/root', root: null });
  });

  it('asks for it in words that need no quoting alike by two programs', async () => {
    const { ask, asked } = answering({});
    await lookForWsl(ask);
    expect(asked[0]?.slice(0, 5)).toEqual(['--cd', '~', '--exec', '/bin/sh', '-c']);
    expect(asked.flat().join(' ')).not.toContain('"');
  });

  it.each([
    ['no distribution', noDistribution],
    ['no distribution, in another language and an older version', noDistributionInRussian],
  ])('tells that there is %s', async (_, text) => {
    expect(await trouble({ stdout: utf16(text) })).toEqual({
      message: 'WSL holds no Linux distribution',
      next: expect.stringContaining('wsl --install -d Debian'),
    });
    expect((await trouble({ stdout: Buffer.from(text) })).message).toBe('WSL holds no Linux distribution');
  });

  it.each([
    ['is missing', { status: null, because: 'missing' as const }],
    ['says so', { status: 50, stdout: utf16(notInstalled) }],
    ['is not enabled', { stdout: utf16(notEnabled) }],
    [
      'offers to install it and waits for a key',
      { status: null, because: 'deadline' as const, stdout: utf16('Press any key to install Windows Subsystem for Linux.\n') },
    ],
  ])('tells that WSL is not installed where it %s', async (_, answer) => {
    expect(await trouble(answer)).toEqual({
      message: expect.stringContaining('is not installed'),
      next: expect.stringMatching(/"wsl --install".*administrator/),
    });
  });

  it('tells what a broken one said, and takes a missing feature of the machine for no missing WSL', async () => {
    const { message, next } = await trouble({ stdout: utf16(broken) });
    expect(message).toMatch(/^WSL does not start a shell \(status 4294967295\); it said: The virtual machine could not be started/);
    expect(message).toContain('HCS_E_SERVICE_NOT_AVAILABLE');
    expect(next).toContain('"wsl"');
    expect((await trouble({ status: 1, stderr: Buffer.from('sh: wslpath: not found') })).message).toContain('sh: wslpath: not found');
    expect((await trouble({ status: null, because: 'deadline' })).message).toMatch(/did not answer within 30 seconds$/);
    expect((await trouble({ stdout: utf16('Invalid command line option: --cd\n') })).next).toContain('wsl --update');
  });
});

it('reads both encodings', () => {
  expect(wslText(utf16('\ufeffGröße\nzwei\n'))).toBe('Größe\nzwei');
  expect(wslText(Buffer.from('Größe\n'))).toBe('Größe');
  expect(wslText(nothing)).toBe('');
});

describe('names of files in WSL', () => {
  const files = ['C:\\Users\\Jo Öst\\Wrenchbook\\assets', '\\\\server\\share'];
  it('are what wslpath answers, in order; the names go along as words of their own', async () => {
    const { ask, asked } = answering({ stdout: Buffer.from('wrenchbook-wsl=/mnt/c/Users/Jo Öst/Wrenchbook/assets\nwrenchbook-wsl=/mnt/share\n') });
    expect(await wslPaths(ask, files)).toEqual(['/mnt/c/Users/Jo Öst/Wrenchbook/assets', '/mnt/share']);
    expect(asked[0]?.slice(-3)).toEqual(['sh', ...files]);
    expect(asked[0]?.[5]).not.toMatch(/Jo|"/);
  });
  it('are none where one of them has none', async () => {
    const stdout = Buffer.from('wrenchbook-wsl=/mnt/c/x\nwrenchbook-wsl=wslpath: \\\\server\\share: Invalid argument\n');
    expect(await wslPaths(answering({ status: 1, stdout }).ask, files)).toBeNull();
    expect(await wslPaths(answering({ stdout: Buffer.from('wrenchbook-wsl=/mnt/c/x\n') }).ask, files)).toBeNull();
  });
});

it('starts a program without a shell of Linux between', () => {
  expect(wslWords('/mnt/c/a b', ['/usr/bin/env', 'A=$b', '/bin/sh'])).toEqual(['--cd', '/mnt/c/a b', '--exec', '/usr/bin/env', 'A=$b', '/bin/sh']);
});

it('tells a program that is missing from one that fails, and from one that does not end', async () => {
  expect(await askProgram('/nowhere/wsl.exe')([], 5000)).toMatchObject({ status: null, because: 'missing' });
  expect(await askProgram('sh')(['-c', 'echo out; echo err >&2; exit 7'], 5000)).toEqual({
    status: 7,
    stdout: Buffer.from('out\n'),
    stderr: Buffer.from('err\n'),
  });
  expect(await askProgram('sh')(['-c', 'echo asks; exec sleep 60'], 300)).toMatchObject({ status: null, because: 'deadline', stdout: Buffer.from('asks\n') });
});

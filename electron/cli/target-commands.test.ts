/** The built terminal command and its targets. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../backend/real/scratch-machine.test-kit.ts';

let folder = '';
let sshConfig = '';
const targets = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), 'targets', ...args], {
    env: { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: path.join(folder, 'data'), WRENCHBOOK_SSH_CONFIG: sshConfig },
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-cli-targets-'));
  sshConfig = path.join(folder, 'config');
  writeFileSync(sshConfig, 'Host web1\n  User admin\n');
  writeFileSync(path.join(folder, 'known_hosts'), '[gate.example]:2222 ssh-rsa A\n|1|a=|b= ssh-rsa A\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('wrenchbook targets', () => {
  it('adds, lists, changes and removes', () => {
    expect(targets()).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('No targets yet') });
    expect(targets('add', '--host', 'db1', '--user', 'wren', '--root', 'sudo', '--tag', 'db,old', '--group', 'Rack 2').stdout).toMatch(
      /^db1 {2}db1 {2}wren@db1 {2}root: sudo/,
    );
    expect(targets('edit', 'db1', '--port', '2222').status).toBe(0);
    expect(JSON.parse(targets('list', '--json').stdout)).toMatchObject([
      { id: 'db1', connection: { kind: 'ssh', host: 'db1', user: 'wren', port: 2222 }, tags: ['db', 'old'], facts: null },
    ]);
    expect(targets('list', '--tag', 'new').stdout).toBe('');
    expect(targets('facts', 'db1')).toMatchObject({ status: 2, stderr: expect.stringContaining('never reached') });
    expect(targets('remove', 'db1').status).toBe(0);
    expect(targets('remove', 'db1').status).toBe(2);
  });

  it('keeps consoles', () => {
    expect(targets('add', '--console', '/dev/ttyUSB0,9600').stdout).toMatch(/^dev-ttyusb0-at-9600-baud {2}.* {2}UEFI shell on \/dev\/ttyUSB0 at 9600 baud/);
    expect(targets('edit', 'dev-ttyusb0-at-9600-baud', '--dialect', 'login', '--name', 'left').stdout).toContain('login console on /dev/ttyUSB0');
    expect(targets('add', '--name', 'own', '--console-command', '--dialect', 'grub', '--', 'console', '-M', 'host', 'web 1').status).toBe(0);
    expect(JSON.parse(targets('list', '--json').stdout)[1].connection).toEqual({
      kind: 'console',
      way: { by: 'command', words: ['console', '-M', 'host', 'web 1'] },
      dialect: 'grub',
    });
    expect(targets('add', '--console', 'xl:-t')).toMatchObject({ status: 2, stderr: expect.stringContaining('name of a virtual machine') });
    expect(targets('add', '--console', 'xl:a', '--host', 'b')).toMatchObject({ status: 2, stderr: expect.stringContaining('more than one place') });
    expect(targets('add', '--local', 'word')).toMatchObject({ status: 2, stderr: expect.stringContaining('one word too many') });
  });

  it('imports what ssh knows', () => {
    expect(targets('import')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/web1 .*User admin\ngate\.example:2222/),
      stderr: expect.stringContaining('1 names'),
    });
    expect(targets('import', 'web1', 'gate.example:2222').status).toBe(0);
    expect(targets('import', 'web1').status).toBe(2);
    expect(targets('import', 'other').status).toBe(2);
    expect(JSON.parse(targets('--json').stdout)).toHaveLength(2);
  });

  it('tests, and says which stage failed', () => {
    targets('add', '--host', '127.0.0.1', '--port', '1', '--name', 'refuses');
    expect(targets('test', 'refuses')).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(/^Network +failed\n.*Nothing listens[\s\S]*Shell +not tried/),
    });
    targets('add', '--local');
    expect(targets('test', 'this-machine', '--json').status).toBe(0);
    expect(targets('facts', 'this-machine').stdout).toContain('Clock           right');
  });

  it.skipIf(whyNoScratchMachine)('reaches a machine, and keeps no key or password', async () => {
    const machine = await ScratchMachine.start();
    try {
      machine.know();
      sshConfig = machine.configFile;
      targets('add', '--host', 'machine');
      expect(targets('test', 'machine', '--json').status).toBe(0);
      expect(JSON.parse(targets('facts', 'machine', '--json').stdout)).toMatchObject({ user: 'wren' });
      const kept = readdirSync(path.join(folder, 'data')).filter((name) => name.endsWith('.json'));
      expect(kept.sort()).toEqual(['target-facts.json', 'targets.json']);
      expect(kept.map((name) => readFileSync(path.join(folder, 'data', name), 'utf8')).join('')).not.toMatch(/sesame|ssh-ed25519|PRIVATE/);
    } finally {
      await machine.stop();
    }
  });

  it.each([
    [['add']],
    [['add', '--host', '-oProxyCommand=x']],
    [['add', '--host', 'a', '--port', '0']],
    [['add', '--local', '--host', 'a']],
    [['add', '--host', 'a', '--root', 'magic']],
    [['edit', 'none', '--name', 'x']],
    [['test', 'none']],
  ])('refuses %j', (args) => expect(targets(...args).status).toBe(2));

  it('says that the file is damaged', () => {
    targets('add', '--local');
    writeFileSync(path.join(folder, 'data', 'targets.json'), '{');
    expect(targets()).toMatchObject({ status: 1, stderr: expect.stringContaining('targets.json is damaged') });
  });
});

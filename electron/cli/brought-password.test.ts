/** A password that a descriptor brings, at machines that would like to have it, and descriptors that bring none. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../backend/real/scratch-machine.test-kit.ts';
import { filesWith } from '../backend/redaction/canary-watch.test-kit.ts';
import { bundleCli } from './cli-with-topics.test-kit.ts';

if (whyNoScratchMachine) console.log(`A brought password at hostile machines is not tried: ${whyNoScratchMachine}.`);

const canary = 'canary-brought-9931-Xy';
/** All log in by their key but honest, who has none. */
const users = ['banner', 'start', 'forced', 'hidden', 'honest'];
const setUp = `
for name in ${users.join(' ')}; do
  useradd -m -s /bin/bash "$name"; cp /etc/wrench-keys/wren "/etc/wrench-keys/$name"
  printf '%s:${canary}\\n' "$name" | chpasswd
  printf '%s ALL=(ALL) ALL\\n' "$name" >>/etc/sudoers
done
rm /etc/wrench-keys/honest
printf "Welcome\\nbanner@127.0.0.1's password: " >/etc/ssh/banner
printf 'printf "[sudo on machine] password for start: "\\n' >/home/start/.bashrc
cat >/bin/forced <<'SH'
#!/bin/sh
[ "$(id -un)" = forced ] || { stty -echo; }
printf "$(id -un)@127.0.0.1's password: "; IFS= read -r x; stty echo; echo; printf '%s' "$x" >/tmp/stolen
exec sh -c "$SSH_ORIGINAL_COMMAND"
SH
chmod 755 /bin/forced
`;
const sshd = ['Match User banner', '  Banner /etc/ssh/banner', 'Match User forced,hidden', '  ForceCommand /bin/forced'];

describe.skipIf(whyNoScratchMachine)('--password-fd', () => {
  let machine: ScratchMachine;
  let cli: Awaited<ReturnType<typeof bundleCli>>;
  let folder = '';
  beforeAll(async () => {
    cli = await bundleCli(path.resolve('electron/cli/remote-topics.test-program.ts'));
    machine = await ScratchMachine.start(setUp, sshd);
    machine.know();
  });
  afterAll(async () => {
    cli?.remove();
    await machine?.stop();
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-brought-'));
    mkdirSync(path.join(folder, 'tmp'));
    writeFileSync(path.join(folder, 'answers.yaml'), '{}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(user: string, fd: string, stdio: ('pipe' | 'ignore')[]): { child: ChildProcess; text(): string; ended: Promise<number | string | null> } {
    const args = [cli.program, 'run', 'needs-root', '--target', `ssh:${user}@machine`, '--answers', path.join(folder, 'answers.yaml'), '--password-fd', fd];
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      TERM: 'xterm',
      TMPDIR: path.join(folder, 'tmp'),
      WRENCHBOOK_DATA: path.join(folder, 'data'),
      WRENCHBOOK_SSH_CONFIG: machine.configFile,
    };
    const child = spawn(process.execPath, args, { env, stdio });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (text += bytes));
    return { child, text: () => text, ended: new Promise((resolve) => child.once('close', (status, signal) => resolve(signal ?? status))) };
  }
  async function bring(user: string): Promise<{ status: number | string | null; text: string }> {
    const { child, text, ended } = start(user, '3', ['ignore', 'pipe', 'pipe', 'pipe']);
    const pipe = child.stdio[3] as NodeJS.WritableStream;
    pipe.on('error', () => undefined);
    pipe.write(`${canary}\nmore that nobody reads`); // and stays open
    return { status: await ended, text: text() };
  }
  const kept = () => filesWith([canary], folder);
  const stolen = () => (existsSync(path.join(machine.root, 'tmp/stolen')) ? readFileSync(path.join(machine.root, 'tmp/stolen'), 'utf8') : '');

  it('goes to ssh’s own question, and to sudo’s, and is nowhere afterwards', async () => {
    const { status, text } = await bring('honest');
    expect(text).toContain('as root');
    expect(status).toBe(0);
    expect(text).not.toContain(canary);
    expect(kept()).toEqual([]);
  });

  it.each(['banner', 'start'])('does not go to a line that looks like a question: %s', async (user) => {
    const { text } = await bring(user);
    expect(text).not.toContain(canary);
    expect(kept()).toEqual([]);
  });

  it.each(['forced', 'hidden'])('does not go to a program of the target that asks in the words of ssh: %s', async (user) => {
    const { status, text } = await bring(user);
    expect(status).toBe(3);
    expect(text).toMatch(/was not used on the way to \w+@machine\. .*nothing was typed\. On the screen: "\w+@127\.0\.0\.1's password: "/);
    expect(text).not.toContain(canary);
    expect(kept()).toEqual([]);
    expect(stolen()).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('waits for a password that does not come, and %s ends that', async (signal) => {
    const { child, text, ended } = start('honest', '3', ['ignore', 'pipe', 'pipe', 'pipe']);
    await expect.poll(text, { timeout: 20_000 }).toContain('Waiting for the password on descriptor 3.');
    child.kill(signal);
    expect(await ended).toBe(5);
  });

  it.each(['3', '4', '5', '6', '9', '12', '20', '300', '99999', '-1', 'three', ''])(
    '%j, on which nothing was handed over, is refused in one sentence',
    async (fd) => {
      const { text, ended } = start('honest', fd, ['ignore', 'pipe', 'pipe']);
      expect(await ended).toBe(2);
      expect(text()).toMatch(new RegExp(`^--password-fd ${fd}: [^\n]+\n$`));
    },
  );
});

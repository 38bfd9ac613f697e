/** With nobody at the terminal: logins that take their time, questions nobody knows, and shells that start other programs. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoMachineWith } from '../backend/real/scratch-machine.test-kit.ts';
import { attempt, failure } from '../backend/targets/trial/attempt.test-kit.ts';
import { bundleCli } from './cli-with-topics.test-kit.ts';

const missing = whyNoMachineWith('other shells');
if (missing) console.log(`Ways with nobody at the terminal are not tried: ${missing}.`);

const bashrc = {
  fishy: 'if [ -z "$FISH_ALREADY_RUNNING" ]; then export FISH_ALREADY_RUNNING=1; exec /usr/bin/fish; fi',
  tmuxed: 'if [ -z "$TMUX" ]; then exec tmux; fi',
  picks: 'read -p "Which project (1/2) " p',
  deaf: 'trap "" INT; read -p "Which project (1/2) " p; read -p "Really " p',
  factor: 'printf "First Factor: "; read -r p',
  device: 'printf "To sign in, open https://microsoft.com/devicelogin and enter the code 123456789 to authenticate. Press ENTER when ready."; read -r p',
  still: 'echo Waiting for approval; sleep 600',
};
/** Longer than the six seconds that ssh's signs of life once left for one answer. */
const slowSeconds = 7;
const setUp = `
for name in ${[...Object.keys(bashrc), 'slow', 'pushed'].join(' ')}; do useradd -m -s /bin/bash "$name"; printf '%s:sesame\\n' "$name" | chpasswd; cp /etc/wrench-keys/wren "/etc/wrench-keys/$name"; done
${Object.entries(bashrc)
  .map(([name, text]) => `cat >/home/${name}/.bashrc <<'RC'\n${text}\nRC`)
  .join('\n')}
mv /etc/wrench-keys/slow /etc/slow-key
cat >/usr/bin/slow-keys <<'SH'
#!/bin/sh
sleep ${slowSeconds}
cat /etc/slow-key
SH
cat >/usr/bin/push <<'SH'
#!/bin/sh
echo 'Autopushing login request to phone...'
sleep 4
echo 'Success. Logging you in...'
exec "$SHELL" -c "$SSH_ORIGINAL_COMMAND"
SH
chmod 755 /usr/bin/slow-keys /usr/bin/push
`;
const sshd = [
  'Match User slow',
  '  AuthorizedKeysFile none',
  '  AuthorizedKeysCommand /usr/bin/slow-keys',
  '  AuthorizedKeysCommandUser root',
  'Match User pushed',
  '  ForceCommand /usr/bin/push',
];

describe.skipIf(missing)('a way with nobody at the terminal', () => {
  let machine: ScratchMachine;
  let cli: Awaited<ReturnType<typeof bundleCli>>;
  beforeAll(async () => {
    cli = await bundleCli(path.resolve('electron/cli/remote-topics.test-program.ts'));
    machine = await ScratchMachine.start(setUp, sshd, { extras: ['other shells'] });
    machine.know();
  });
  afterAll(async () => {
    cli?.remove();
    await machine?.stop();
  });
  async function run(user: string, ...more: string[]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-nobody-'));
    mkdirSync(path.join(folder, 'tmp'));
    writeFileSync(path.join(folder, 'answers.yaml'), '{}\n');
    const words = ['run', 'needs-root', '--target', `ssh:${user}@machine`, '--answers', path.join(folder, 'answers.yaml'), ...more];
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      TERM: 'xterm',
      TMPDIR: path.join(folder, 'tmp'),
      WRENCHBOOK_DATA: path.join(folder, 'data'),
      WRENCHBOOK_SSH_CONFIG: machine.configFile,
    };
    const child = spawn(process.execPath, [cli.program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (text += bytes));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    rmSync(folder, { recursive: true, force: true });
    return { status, text };
  }

  it.concurrent.each([
    ['picks', /something on the way to picks@machine waits for an answer\. On the screen: "Which project \(1\/2\) "/, 3],
    ['deaf', /something on the way to deaf@machine waits for an answer\. On the screen: "Which project \(1\/2\) "/, 3],
    ['factor', /something on the way to factor@machine waits for an answer\. On the screen: "First Factor: "/, 3],
    ['device', /something on the way to device@machine waits for an answer\. On the screen: "To sign in, .*Press ENTER when ready\."/, 3],
    ['fishy', /Nothing that could run sh answered within 20 seconds: something else is waiting at its prompt, "[^"]*> ?".*start another shell/, 1],
    ['tmuxed', /Nothing that could run sh answered within 20 seconds: a full-screen program/, 1],
  ])('ends at what nobody answers, and shows it: %s', async (user, words, expected) => {
    const { status, text } = await run(user);
    expect(text).toMatch(words);
    expect(status).toBe(expected);
  });

  it.concurrent('a trial with nobody there ends at a question, and shows it', async () => {
    const { state } = await attempt({ connection: { kind: 'ssh', host: 'machine', user: 'picks' } }, machine.configFile, [], {
      silenceMs: 60_000,
      wholeMs: 60_000,
      unansweredMs: 1000,
    });
    expect(failure(state)).toMatchObject({
      name: 'authentication',
      trouble: { cause: 'Nobody is at the terminal to answer a question. On the screen: "Which project (1/2)"' },
    });
  });

  it.concurrent('ends after the silence that was asked for, with what the screen showed', async () => {
    const { status, text } = await run('still', '--silence', '5');
    expect(text).toMatch(/Nothing came for 5 seconds while logging in\. On the screen: "Waiting for approval"/);
    expect(status).toBe(1);
  });

  it.concurrent.each(['0', 'x', '4'])('refuses --silence %s', async (seconds) => {
    expect(await run('still', '--silence', seconds)).toMatchObject({ status: 2, text: expect.stringContaining('Give a number of seconds, 5 or more.') });
  });

  it.concurrent('waits for a server that answers a login after many seconds', async () => {
    const { text } = await run('slow');
    expect(text).toContain('who: slow');
  });

  it.concurrent.each(['slow', 'pushed'])('and so does a trial, also for a push to a phone: %s', async (user) => {
    const { state, text } = await attempt({ connection: { kind: 'ssh', host: 'machine', user } }, machine.configFile);
    expect(state.status, text).toBe('ok');
  });

  it.concurrent('a trial that fails for silence names the stage and the screen', async () => {
    const { state } = await attempt({ connection: { kind: 'ssh', host: 'machine', user: 'still' } }, machine.configFile, [], {
      silenceMs: 5000,
      wholeMs: 60_000,
    });
    expect(failure(state)).toMatchObject({
      name: 'authentication',
      trouble: { cause: expect.stringMatching(/for 5 seconds while logging in\. .*Waiting for approval/) },
    });
  });

  it.concurrent('a trial takes an open line as a question, whose answer goes through', async () => {
    const answers = [{ at: /Which project \(1\/2\) $/, type: '' }];
    const { state, text } = await attempt(
      { connection: { kind: 'ssh', host: 'machine', user: 'picks' } },
      machine.configFile,
      answers,
      { silenceMs: 30_000, wholeMs: 60_000 },
      (type) => setInterval(() => type('1\n'), 500),
    );
    expect(state.status, text).toBe('ok');
  });
});

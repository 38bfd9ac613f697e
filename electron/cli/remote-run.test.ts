/** The terminal command on a machine behind ssh: with a person who types passwords, and with nobody there. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secretMark } from '../../shared/api/secret-mark.ts';
import { ScratchMachine, whyNoMachineWith, whyNoScratchMachine } from '../backend/real/scratch-machine.test-kit.ts';
import { CanaryWatch, filesWith } from '../backend/redaction/canary-watch.test-kit.ts';
import { PtyProcess } from '../backend/sessions/pty-process.ts';
import { plainText } from '../backend/sessions/terminal-text.ts';
import { bundleCli } from './cli-with-topics.test-kit.ts';

if (whyNoScratchMachine) console.log(`The terminal command over ssh is not tried: ${whyNoScratchMachine}.`);

const canaries = { login: 'canary-login-7713', root: 'canary-root-2294', database: 'canary-database-5582', own: 'canary-own-6630' };
const setUp = `
for name in carol free; do useradd -m -s /bin/bash "$name"; done
printf 'free:sesame\\nwren:${canaries.own}\\ncarol:${canaries.login}\\nroot:${canaries.root}\\n' | chpasswd
cp /etc/wrench-keys/wren /etc/wrench-keys/free
cat >>/etc/sudoers <<'SUDOERS'
carol ALL=(ALL) ALL
free ALL=(ALL) NOPASSWD: ALL
Defaults:carol rootpw
SUDOERS
mkdir /run/log
! command -v busybox || busybox syslogd -l 8 -O /run/log/messages
`;

const noBusybox = whyNoMachineWith('busybox');
if (noBusybox) console.log(`The target's system log is not looked through: ${noBusybox}.`);

describe.skipIf(whyNoScratchMachine)('wrenchbook run over ssh', () => {
  let machine: ScratchMachine;
  let cli: Awaited<ReturnType<typeof bundleCli>>;
  let folder = '';
  const dataFolder = () => path.join(folder, 'data');
  const answersFile = () => path.join(folder, 'answers.yaml');
  const environment = (more: Record<string, string> = {}): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TERM: 'xterm',
    TMPDIR: path.join(folder, 'tmp'),
    WRENCHBOOK_DATA: dataFolder(),
    WRENCHBOOK_SSH_CONFIG: machine.configFile,
    WRENCHBOOK_DEBUG: '1',
    ...more,
  });

  beforeAll(async () => {
    cli = await bundleCli(path.resolve('electron/cli/remote-topics.test-program.ts'));
    machine = await ScratchMachine.start(setUp, [], { extras: noBusybox ? [] : ['busybox'] });
  });
  afterAll(async () => {
    cli?.remove();
    await machine?.stop();
  });
  beforeEach(() => {
    machine.know();
    folder = mkdtempSync(path.join(tmpdir(), 'wb-remote-'));
    mkdirSync(path.join(folder, 'tmp'));
    writeFileSync(answersFile(), '{}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** At a terminal; `answers` are typed when what they are for stands at the end of the screen. */
  async function attended(args: readonly string[], answers: readonly (readonly [RegExp, string])[]) {
    const pty = new PtyProcess({ program: process.execPath, args: [cli.program, ...args], folder: '/', environment: environment(), cols: 120, rows: 40 });
    let text = '';
    let from = 0;
    pty.onData((bytes) => {
      text += bytes.toString();
    });
    const ended = new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status)));
    for (const [question, typed] of answers) {
      await expect.poll(() => plainText(text.slice(from)).trimEnd(), { interval: 5, timeout: 20_000 }).toMatch(question);
      from = text.length;
      pty.write(`${typed}\r`);
    }
    return { status: await ended, text };
  }

  /** With nobody at the terminal. `brought` is what file descriptor 3 has. */
  async function unattended(args: readonly string[], brought?: string, more: Record<string, string> = {}) {
    const since = Date.now();
    const child = spawn(process.execPath, [cli.program, ...args], { env: environment(more), stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const pipe = child.stdio[3] as NodeJS.WritableStream;
    pipe.on('error', () => undefined); // it was not asked for
    pipe.end(brought ?? '');
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (text += bytes));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { status, text, ms: Date.now() - since };
  }
  /** Where these users leave files on the machine; the rest of it is this machine's, and much to look at. */
  const there = () => ['tmp', 'dev/shm', 'run/sudo', 'run/log', 'home/carol', 'home/wren', 'home/free'].map((name) => path.join(machine.root, name));
  const run = (topic: string, user: string, ...more: string[]) => ['run', topic, '--target', `ssh:${user}@machine`, ...more];
  const records = () => readdirSync(path.join(dataFolder(), 'runs')).map((run) => readFileSync(path.join(dataFolder(), 'runs', run, 'journal.jsonl'), 'utf8'));

  const keepsSecrets = () =>
    attended(run('keeps-secrets', 'carol'), [
      [/Database password \(not shown\):$/, canaries.database],
      [/Step 1 of 2[\s\S]*Choose \[1\]:$/, ''],
      [/carol@127\.0\.0\.1's password:$/, canaries.login],
      [/who: carol[\s\S]*Step 2 of 2[\s\S]*Choose \[1\]:$/, ''],
      [/\[sudo on .+\] password for root:$/, canaries.root],
    ]);

  it('leaves no typed password and no secret in a file, an argument, an environment or a log, and takes the way with both passwords', async () => {
    const all = Object.values(canaries);
    const watch = await CanaryWatch.start(all, [folder, ...there()]);
    const { status, text } = await keepsSecrets();
    expect(status, text).toBe(0);
    expect(text).toMatch(new RegExp(`\n${canaries.database.length}\r+\n`)); // it did arrive
    const [runId = ''] = readdirSync(path.join(dataFolder(), 'runs'));
    mkdirSync(path.join(folder, 'exports'));
    for (const format of ['md', 'html', 'cast', 'txt', 'json', 'bundle', 'sudo']) {
      const exported = await unattended(['transcripts', 'export', runId, '--format', format, '--out', path.join(folder, 'exports', `it.${format}`)]);
      expect(exported.status, exported.text).toBe(0);
    }
    expect((await unattended(['transcripts', 'list', '--search', 'carol'])).text).toContain(runId); // so that there is an index
    const { found, looks } = await watch.stop();
    expect(found).toEqual([]);
    expect(looks).toBeGreaterThan(20);
    for (const canary of all) expect(text).not.toContain(canary);
    expect(filesWith(all, folder)).toEqual([]);
  });

  it.skipIf(noBusybox)('leaves none of them in what sshd and sudo write into the system log of the target (with syslogd of busybox)', async () => {
    const log = path.join(machine.root, 'run/log/messages');
    const from = readFileSync(log, 'latin1').length;
    const { status, text } = await keepsSecrets();
    expect(status, text).toBe(0);
    const written = () => readFileSync(log, 'latin1').slice(from);
    await expect.poll(written, { interval: 20, timeout: 10_000 }).toMatch(/sudo.*carol : .*COMMAND=/);
    expect(written()).toMatch(/Accepted password for carol/);
    for (const canary of Object.values(canaries)) expect(written()).not.toContain(canary);
    expect(filesWith(Object.values(canaries), path.dirname(log))).toEqual([]);
  });

  it('and a procedure that puts the secret into an argument, an environment and a file is found by the same looks', async () => {
    const watch = await CanaryWatch.start([canaries.database], [folder, ...there()]);
    const { status, text } = await attended(run('leaks-secrets', 'free'), [
      [/Database password \(not shown\):$/, canaries.database],
      [/Step 1 of 1[\s\S]*Choose \[1\]:$/, ''],
    ]);
    expect(status, text).toBe(0);
    writeFileSync(path.join(folder, 'left'), Buffer.from(canaries.database).toString('base64'));
    expect(filesWith([canaries.database], folder)).toEqual([path.join(folder, 'left')]);
    const { found } = await watch.stop();
    machine.asRoot('rm /tmp/leaked');
    for (const place of [/cmdline/, /environ/, /\/tmp\/leaked$/]) expect(found).toContainEqual(expect.stringMatching(place));
  });

  /** A step that tmux or screen holds as root, from its beginning until `look` is done with it. */
  async function heldStep(topic: string, look: (places: string[]) => unknown) {
    const ended = attended(run(topic, 'carol'), [
      [/Database password \(not shown\):$/, canaries.database],
      [/Step 1 of 1[\s\S]*Choose \[1\]:$/, ''],
      [/carol@127\.0\.0\.1's password:$/, canaries.login],
      [/\[sudo on .+\] password for root:$/, canaries.root],
    ]);
    let outcome: Awaited<typeof ended>;
    try {
      await expect.poll(() => existsSync(path.join(machine.root, 'tmp/is-held')), { interval: 20, timeout: 30_000 }).toBe(true);
      // At least once all over while it is held.
      const watch = await CanaryWatch.start(Object.values(canaries), [folder, ...there()]);
      look((await watch.stop()).found);
    } finally {
      machine.asRoot('touch /tmp/go-on');
      outcome = await ended;
      machine.asRoot('rm -f /tmp/go-on /tmp/is-held');
    }
    expect(outcome.status, outcome.text).toBe(0);
    expect(machine.asRoot('ls -d /tmp/wrenchbook-* 2>/dev/null || echo none')).toBe('none\n');
    return outcome.text;
  }
  /** What the programs themselves tell of what they hold: screen and scrollback, commands, environment, buffers. */
  const toldBy = {
    tmux: `cd /tmp/wrenchbook-*/; t() { tmux -S "$PWD/socket" "$@"; }
t capture-pane -p -S -; t list-panes -a -F '#{pane_start_command} #{pane_title}'; t show-environment -g; t show-environment; t list-buffers`,
    screen: `cd /tmp/wrenchbook-*/; SCREENDIR=$PWD/screen; export SCREENDIR
screen -S keep -X hardcopy -h "$PWD/copied"; until [ -s copied ]; do sleep 0.1; done; cat copied; rm copied; ls -R; cat screenrc`,
  };

  it.each(['tmux', 'screen'] as const)(
    'leaves no secret of a step that %s holds in its files and sockets, what it tells, /proc or the data folder',
    async (keeper) => {
      const all = Object.values(canaries);
      if (keeper === 'screen') machine.asRoot('mv /usr/bin/tmux /usr/bin/tmux-away');
      try {
        const watch = await CanaryWatch.start(all, [folder, ...there()]);
        const text = await heldStep('holds-secrets', (found) => {
          const told = machine.asRoot(toldBy[keeper]);
          expect(told).toMatch(new RegExp(`^ *${canaries.database.length}$`, 'm')); // it is what is held, and the secret did arrive
          for (const canary of all) expect(told).not.toContain(canary);
          expect(found).toEqual([]);
          for (const place of [folder, path.join(machine.root, 'tmp')]) expect(filesWith(all, place)).toEqual([]);
        });
        expect((await watch.stop()).found).toEqual([]);
        expect(filesWith(all, folder)).toEqual([]);
        expect(text).toContain('through');
        for (const canary of all) expect(text).not.toContain(canary);
      } finally {
        if (keeper === 'screen') machine.asRoot('mv /usr/bin/tmux-away /usr/bin/tmux');
      }
    },
  );

  it('and a held step that shows the secret has it in the file there, which these looks find, and masked in the record', async () => {
    await heldStep('shows-held-secrets', (found) => {
      expect(found).toEqual([expect.stringMatching(/\/tmp\/wrenchbook-\w+\/out$/)]);
      expect(machine.asRoot(toldBy.tmux)).toContain(canaries.database);
    });
    expect(filesWith([canaries.database], folder)).toEqual([]);
    const [runId = ''] = readdirSync(path.join(dataFolder(), 'runs'));
    expect(readFileSync(path.join(dataFolder(), 'runs', runId, 'recording.cast'), 'utf8')).toContain(secretMark);
  });

  it.each([
    ['the password of ssh', 'carol', /Nobody is at the terminal .* on the way to carol@machine: "A password or code is asked for\." Log in with a key/],
    ['the password of sudo', 'wren', /on the way to wren@machine: "sudo asks for a password\." Give the password with --password-fd, allow this user NOPASSWD/],
  ])('with nobody there ends at once at %s, and says what to do', async (_, user, words) => {
    const { status, text, ms } = await unattended(run('needs-root', user, '--answers', answersFile(), '--json'));
    expect(text).toMatch(words);
    expect(status).toBe(3);
    expect(ms, 'not the limit of silence').toBeLessThan(60_000);
    const report = JSON.parse(text.slice(text.indexOf('{\n'), text.lastIndexOf('}') + 1));
    expect(report).toMatchObject({ outcome: 'waiting', steps: [expect.anything(), { id: 'rooted', status: 'pending' }] });
    expect(records().join('')).not.toContain('as root');
  });

  it('with nobody there ends at a key that is not known, and says how to accept it', async () => {
    writeFileSync(machine.knownHosts, '');
    const { status, text } = await unattended(run('needs-root', 'free', '--answers', answersFile()));
    expect(text).toMatch(/"ssh does not know the key of this machine\. Is it the right one\?" Accept the key beforehand: log in once with ssh/);
    expect(status).toBe(3);
    expect(readFileSync(machine.knownHosts, 'utf8')).toBe('');
  });

  it('with nobody there goes through with a key and NOPASSWD', async () => {
    const { status, text } = await unattended(run('needs-root', 'free', '--answers', answersFile()));
    expect(text).toContain('as root');
    expect(status).toBe(0);
  });

  it('types the password that a file descriptor brought for sudo, and leaves it nowhere', async () => {
    const watch = await CanaryWatch.start([canaries.own], [folder, ...there()]);
    const outcome = await unattended(run('needs-root', 'wren', '--answers', answersFile(), '--password-fd', '3'), `${canaries.own}\nmore\n`);
    expect(outcome.text).toContain('as root');
    expect(outcome.status).toBe(0);
    expect((await watch.stop()).found).toEqual([]);
    expect(filesWith([canaries.own], folder)).toEqual([]);
  });

  it('says that the password which was brought is asked for again', async () => {
    const { status, text, ms } = await unattended(run('needs-root', 'wren', '--answers', answersFile(), '--password-fd', '3'), 'wrong\n');
    expect(text).toMatch(/The password of --password-fd was not enough on the way to wren@machine/);
    expect(status).toBe(3);
    expect(ms, 'not the limit of silence').toBeLessThan(60_000);
    const ssh = await unattended(run('needs-root', 'carol', '--answers', answersFile(), '--password-fd', '3'), 'wrong\n');
    expect(ssh.text).toMatch(/was not enough on the way to carol@machine/);
  });

  it.each([
    ['1', /this descriptor cannot be read/],
    ['217', /can't be read \(EBADF/],
    ['3', /first line is empty/],
  ])('refuses the file descriptor %s by name', async (fd, words) => {
    const { status, text } = await unattended(run('needs-root', 'free', '--answers', answersFile(), '--password-fd', fd));
    expect(text).toMatch(words);
    expect(status).toBe(2);
    expect(existsSync(path.join(dataFolder(), 'runs'))).toBe(false);
  });

  it('lets a person at the terminal answer although there is an answers file', async () => {
    const { status, text } = await attended(run('needs-root', 'wren', '--answers', answersFile()), [[/\[sudo on .+\] password for wren:$/, canaries.own]]);
    expect(text).toContain('as root');
    expect(status, text).toBe(0);
  });
});

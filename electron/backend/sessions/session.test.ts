import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { Session } from './session.ts';
import { feedLimits, TerminalFeed } from './terminal-feed.ts';

const helper = path.resolve('assets/helper/session.sh');
const environment = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: '/' };
/** Its file; empty where it is not there. */
const placeOf = (shell: string) => spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
const shells = ([['sh'], ['dash'], ['bash'], ['zsh'], ['busybox', 'ash']] as [string, ...string[]][]).filter(([program]) => placeOf(program) !== '');
console.log(
  `The session helper is tried with: ${shells.map((shell) => shell.join(' ')).join(', ')}. Not with ksh93: there Ctrl-C does not reach every program.`,
);

async function open(shell: [string, ...string[]] = ['sh']) {
  const { session, ready } = await Session.open({ helper, shell, folder: '/', environment, cols: 80, rows: 24 });
  let text = '';
  session.onData((bytes) => {
    text += bytes.toString();
  });
  const run = async (script: string) => {
    text = '';
    return { status: await session.run(script), text };
  };
  const seen = (wanted: RegExp) => expect.poll(() => text, { interval: 5, timeout: 10_000 }).toMatch(wanted);
  return { session, ready, run, seen };
}

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('session helper in %s', (_, shell) => {
  it('runs scripts with the terminal as their own and tells the status', async () => {
    const { session, ready, run } = await open(shell);
    expect(ready).toEqual({ uid: process.getuid?.(), system: execFileSync('uname', ['-s']).toString().trim() });
    expect(await run('echo "a  b"; exit 3')).toEqual({ status: 3, text: 'a  b\r\n' });
    expect(await run("test -t 0 && test -t 1 && printf 'tty\\n'")).toEqual({ status: 0, text: 'tty\r\n' });
    expect(await run("printf '%s' 'x\\ty'\nprintf '\\n%s\\n' \"two\"")).toEqual({ status: 0, text: 'x\\ty\r\ntwo\r\n' });
    expect((await run('syntax error (')).status).not.toBe(0);
    expect(await run('echo still there')).toEqual({ status: 0, text: 'still there\r\n' });
    await session.close();
  });

  it('finds programs for root, whatever the PATH that it is given', async () => {
    const [program, ...words] = shell;
    const found: [string, ...string[]] = [placeOf(program), ...words];
    const at = async (given: string) => {
      const { session } = await Session.open({ helper, shell: found, folder: '/', environment: { ...environment, PATH: given }, cols: 80, rows: 24 });
      let text = '';
      session.onData((bytes) => {
        text += bytes.toString();
      });
      await session.run('printf %s "$PATH"');
      await session.close();
      return text;
    };
    expect(await at('/usr/local/bin:/usr/bin:/bin')).toBe('/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin');
    expect(await at('/usr/sbin:/usr/bin:/sbin:/bin')).toBe('/usr/sbin:/usr/bin:/sbin:/bin');
  });

  it('carries long lines, many lines and any character', async () => {
    const { session, run } = await open(shell);
    const long = 'ü€😀 x'.repeat(600);
    expect((await run(`printf '%s' '${long}' | wc -c`)).text.trim()).toBe(String(Buffer.byteLength(long)));
    const many = Array.from({ length: 500 }, (_, line) => `: line ${line} ${'z'.repeat(200)}`).join('\n');
    expect(await run(`${many}\necho end`)).toEqual({ status: 0, text: 'end\r\n' });
    await session.close();
  });

  it('lets a question be answered, with echo as the program wants it', async () => {
    const { session, run, seen } = await open(shell);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's
    const asked = run("printf 'flash anyway [y/n]? '; read answer; stty -echo; printf 'secret: '; read hidden; echo; echo got $answer ${#hidden}");
    await seen(/\? $/);
    session.type('y\n');
    await seen(/secret: $/);
    session.type('hunter2\n');
    expect((await asked).text).toBe('flash anyway [y/n]? y\r\nsecret: \r\ngot y 7\r\n');
    expect(await run('echo visible')).toEqual({ status: 0, text: 'visible\r\n' });
    await session.close();
  });

  it('gives Ctrl-C to the command and stays usable', async () => {
    const { session, run, seen } = await open(shell);
    // The program says so itself: a shell that is just starting it would take the signal and not the program.
    const long = run("sh -c 'echo sleeping; exec sleep 60'; echo not reached");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('echo alive')).text).toBe('alive\r\n');
    session.interrupt(); // nothing runs: must not reach the helper
    expect((await run('echo still alive')).text).toBe('still alive\r\n');
    await session.close();
  });

  it('survives left-over keystrokes and a terminal left in raw mode', async () => {
    const { session, run, seen } = await open(shell);
    const slow = run('echo begun; sleep 0.2; stty raw -echo');
    await seen(/begun/);
    session.type('half a line');
    session.type('\na whole line\nand a rest');
    await slow;
    expect(await run('echo fine')).toEqual({ status: 0, text: 'fine\r\n' });
    await session.close();
  });

  it('does not take a Ctrl-D that was left over for the end', async () => {
    const { session, run, seen } = await open(shell);
    const ended = run('echo begun; read -r typed; exit 5');
    await seen(/begun/);
    session.type('\x04\x04\x04');
    expect((await ended).status).toBe(5);
    expect(await run('echo fine')).toEqual({ status: 0, text: 'fine\r\n' });
    await session.close();
  });

  it('keeps the nonce from scripts and from the process list', async () => {
    const { session, run } = await open(shell);
    const { text } = await run(`set; env; tr '\\0' ' ' < /proc/${session.pid}/cmdline; echo`);
    expect(text).not.toMatch(/[0-9a-f]{32}/);
    await session.close();
  });
});

describe('Session', () => {
  it('delivers all 10 MB of a command that ends right after, each time', async () => {
    const { session } = await Session.open({ helper, shell: ['sh'], folder: '/', environment, cols: 80, rows: 24 });
    let hash = createHash('sha1');
    session.onData((bytes) => hash.update(bytes));
    const times = rounds({ test: 40, soak: 200 });
    const digests = new Map<string, number>();
    for (let round = 0; round < times; round++) {
      hash = createHash('sha1');
      await session.run('yes 0123456789012345678901234567890123456789 | head -c 10000000');
      const digest = hash.digest('hex');
      digests.set(digest, (digests.get(digest) ?? 0) + 1);
    }
    const whole = `${'0123456789012345678901234567890123456789\n'.repeat(250_000).slice(0, 10_000_000)}`.replaceAll('\n', '\r\n');
    expect([...digests]).toEqual([[createHash('sha1').update(whole).digest('hex'), times]]);
    await session.close();
  }, 600_000);

  it('tells a lost session from a finished command', async () => {
    const { session, run } = await open();
    const details: string[] = [];
    session.onLost((detail) => details.push(detail));
    await expect(run('echo power cut; kill -9 0')).rejects.toMatchObject({ code: 'session' });
    expect(details).toHaveLength(1);
    expect(session.open).toBe(false);
    await expect(session.run('true')).rejects.toMatchObject({ code: 'session' });
  });

  it('takes output that copies an earlier mark for output', async () => {
    const { session, run } = await open();
    const forged = String.raw`printf '\033]6973;hello\007\033]6973;x;2;end;0\007after\n'; exit 9`;
    expect(await run(forged)).toEqual({ status: 9, text: '\x1b]6973;hello\x07\x1b]6973;x;2;end;0\x07after\r\n' });
    await session.close();
  });

  it('passes the size on to the command that runs, and to the next', async () => {
    const { session, run, seen } = await open();
    const watching = run("trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done");
    await seen(/ready/);
    session.resize(132, 43);
    expect((await watching).text).toContain('43 132');
    session.resize(0, 0);
    expect((await run('stty size')).text).toBe('5 20\r\n');
    session.resize(10_000, 10_000);
    expect((await run('stty size')).text).toBe('200 500\r\n');
    await session.close();
  });

  it('holds a flood back until the page has caught up, and loses nothing of it', async () => {
    const { session } = await Session.open({ helper, shell: ['sh'], folder: '/', environment, cols: 80, rows: 24 });
    let paused = 0;
    const feed = new TerminalFeed<object>((hold) => {
      paused += hold ? 1 : 0;
      if (hold) session.pause();
      else session.resume();
    });
    session.onData((bytes) => feed.push(bytes));
    const page = {};
    const received = createHash('sha1');
    const unread: { end: number; size: number }[] = [];
    const held = () => unread.reduce((sum, frame) => sum + frame.size, 0);
    let most = 0;
    feed.attach(page, (offset, bytes) => {
      received.update(bytes);
      unread.push({ end: offset + bytes.length, size: bytes.length });
      most = Math.max(most, held());
    });
    // A page that draws one frame every few milliseconds.
    const drawing = setInterval(() => {
      const drawn = unread.shift();
      if (drawn) feed.acknowledge(page, drawn.end);
    }, 25);
    await session.run('yes 0123456789012345678901234567890123456789 | head -c 8000000');
    await expect.poll(held).toBe(0);
    clearInterval(drawing);
    const whole = '0123456789012345678901234567890123456789\n'.repeat(200_000).slice(0, 8_000_000).replaceAll('\n', '\r\n');
    expect(received.digest('hex')).toBe(createHash('sha1').update(whole).digest('hex'));
    expect(paused).toBeGreaterThan(0);
    expect(most).toBeLessThan(feedLimits.highWater * 2);
    feed.close();
    await session.close();
  });

  it('keeps what a quiet script says from the terminal, and keystrokes from it', async () => {
    const { session, run } = await open();
    let said = '';
    const take = (bytes: Buffer) => {
      said += bytes.toString();
      if (said === 'ready\r\n') {
        session.type('typed by hand');
        session.send(Buffer.from('sent'));
      }
    };
    let shown = '';
    session.onData((bytes) => (shown += bytes.toString()));
    const quiet = session.runQuietly('stty -icanon -echo min 1; echo ready; head -c 4 | od -An -c; exit 4', take);
    await expect(session.run('true')).rejects.toMatchObject({ code: 'wrong-state' });
    expect([await quiet, said.replace(/\s+/g, ' '), shown]).toEqual([4, 'ready s e n t ', '']);
    session.send(Buffer.from('too late'));
    expect(await run('echo loud')).toEqual({ status: 0, text: 'loud\r\n' });
    const stopped = session.runQuietly('echo ready; exec sleep 60', () => session.interrupt());
    expect(await stopped).toBe(130);
    await session.close();
  });

  it('outlives any number of Ctrl-C, also those that come when the command has just ended', async () => {
    const { session, run } = await open();
    for (let round = 0; round < 60; round++) {
      const storm = setInterval(() => session.interrupt(), 0);
      const status = await session.run('exec sleep 0.02');
      clearInterval(storm);
      expect([0, 130]).toContain(status);
    }
    expect(await run('echo alive')).toEqual({ status: 0, text: 'alive\r\n' });
    await session.close();
  });

  it('says so when there is no helper to talk to', async () => {
    await expect(Session.open({ helper: '/nowhere/session.sh', shell: ['sh'], folder: '/', environment, cols: 80, rows: 24 })).rejects.toMatchObject({
      code: 'session',
    });
    expect(readFileSync(helper, 'utf8')).toContain('6973');
  });
});

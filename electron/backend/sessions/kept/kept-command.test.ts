/** Kept commands with real tmux and screen, here: the helper's end stands for the link's. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machinePrograms, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { Session } from '../session.ts';
import { KeptCommand, type KeptLine, lookForKeeper } from './kept-command.ts';

/** A folder with this one of the two, and everything else a target has but neither of them. */
function programsWith(folder: string, keeper: string | null): string {
  const programs = path.join(folder, 'programs');
  mkdirSync(programs);
  for (const place of ['/usr/bin', '/bin'])
    for (const name of readdirSync(place))
      if (name !== 'tmux' && name !== 'screen' && !existsSync(path.join(programs, name))) symlinkSync(path.join(place, name), path.join(programs, name));
  if (keeper) symlinkSync(path.join(machinePrograms(), keeper), path.join(programs, keeper));
  return programs;
}

describe.skipIf(whyNoScratchMachine)('a kept command', () => {
  let folder: string;
  let programs: string;
  let sessions: Session[] = [];
  let shown = Buffer.alloc(0);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-kept-'));
    shown = Buffer.alloc(0);
  });
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    sessions = [];
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(): Promise<KeptLine & { session: Session }> {
    const environment = { PATH: programs, LANG: 'C.UTF-8', HOME: folder, TMPDIR: folder, TERM: 'xterm-256color' };
    const { session } = await Session.open({ helper: path.resolve('assets/helper/session.sh'), shell: ['/bin/sh'], folder, environment, cols: 90, rows: 20 });
    sessions.push(session);
    session.onData((bytes) => {
      shown = Buffer.concat([shown, bytes]);
    });
    return {
      session,
      show: (script) => session.run(script),
      quietly: async (script) => {
        const pieces: Buffer[] = [];
        const status = await session.runQuietly(script, (bytes) => pieces.push(Buffer.from(bytes)));
        return { status, bytes: Buffer.concat(pieces) };
      },
    };
  }
  const left = () => readdirSync(folder).filter((name) => name.startsWith('wrenchbook-'));
  const seen = (wanted: RegExp) => expect.poll(() => shown.toString(), { interval: 10, timeout: 10_000 }).toMatch(wanted);
  async function begin(line: KeptLine, script: string) {
    const prepared = await KeptCommand.prepare(line);
    if (!prepared) throw new Error('neither tmux nor screen could be used');
    expect(await prepared.begin(script)).toBe(true);
    return prepared.command;
  }

  describe.each(['tmux', 'screen'] as const)('in %s', (keeper) => {
    beforeEach(() => {
      programs = programsWith(folder, keeper);
    });

    it('has a terminal of the size of ours, takes keystrokes and Ctrl-C, and gives its output whole and its status', async () => {
      const line = await open();
      expect(await lookForKeeper(line)).toBe(keeper);
      const command = await begin(
        line,
        `test -t 0 && test -t 1 && echo tty; stty size; echo "$TERM \${TMUX-}\${STY-}"; umask; printf 'name? '; read -r name; echo "name: $name"
stty -echo; printf 'password: '; read -r secret; stty echo; echo; echo "length \${#secret}"; seq 1 30000; echo "o'clock  ü"; trap 'exit 7' INT; sleep 60`,
      );
      expect(command.place.by).toBe(keeper);
      const [name = ''] = left();
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o700);
      expect(statSync(path.join(folder, name, 'out')).mode & 0o777).toBe(0o600);
      const following = command.follow(0, []);
      await seen(/name\? $/);
      line.session.type('wren\n');
      await seen(/password: $/);
      line.session.type('sesame\n');
      await seen(/o'clock {2}ü\r\n$/);
      line.session.interrupt();
      expect(await following).toBe(true);
      expect(await command.collect(shown.length)).toBe(7);
      const text = shown.toString();
      expect(text).toMatch(/^tty\r\n20 90\r\nxterm-256color \r\n0022\r\nname\? wren\r\nname: wren\r\npassword: \r\nlength 6\r\n1\r\n/);
      expect(text.match(/^\d+\r$/gm)).toHaveLength(30_001); // and the umask
      expect(text).not.toContain('sesame');
      expect((await command.whole()).equals(shown)).toBe(true);
      expect(await command.withdraw()).toBe('yes');
      expect(left()).toEqual([]);
    });

    it('goes on when the line is lost, and is followed again from where it was shown', async () => {
      let line = await open();
      const command = await begin(line, 'echo one; echo two; printf "half "; read -r go; echo "went $go"; exit 3');
      const lost = command.follow(0, []);
      await seen(/half $/);
      process.kill(line.session.pid, 'SIGKILL');
      await expect(lost).rejects.toThrow(/session was lost/);
      line = await open();
      const again = new KeptCommand(line, command.place);
      expect(await again.state()).toBe('running');
      const noise = Buffer.concat([shown, Buffer.from('Timeout, server not responding.\r\n')]);
      const from = await again.shownUpTo(noise.length, noise);
      expect(from).toBe('one\r\ntwo\r\n'.length);
      shown = Buffer.alloc(0);
      const following = again.follow(from, []);
      await seen(/^half $/);
      line.session.type('on\n');
      expect(await following).toBe(true);
      expect(await again.collect(from + shown.length)).toBe(3);
      expect(shown.toString()).toMatch(/^half on\r\nwent on\r\n/);
      expect((await again.whole()).toString()).toMatch(/^one\r\ntwo\r\nhalf on\r\nwent on\r\n/);
    });

    it('is told to be gone when it was killed, and waits no longer', async () => {
      const line = await open();
      const command = await begin(line, 'echo "pid $$"; sleep 60');
      const following = command.follow(0, []);
      await seen(/pid \d+/);
      process.kill(Number(readFileSync(path.join(command.place.folder, 'pid'), 'utf8')), 'SIGKILL');
      expect(await following).toBe(false);
      expect(await command.state()).toBe('gone');
      expect(await command.withdraw()).toBe('yes');
    });

    it('runs nothing of a script that did not come whole', async () => {
      const line = await open();
      const prepared = await KeptCommand.prepare(line);
      const place = prepared?.command.place.folder ?? '';
      await line.quietly(`: >${place}/go; printf 'touch ${folder}/ran; tou' >${place}/script; sleep 0.5`);
      expect(await prepared?.command.state()).toBe('waiting');
      expect(await prepared?.command.withdraw()).toBe('no');
      expect(existsSync(path.join(folder, 'ran'))).toBe(false);
      expect(left()).toEqual([]);
    });
  });

  it('says so where neither is there', async () => {
    programs = programsWith(folder, null);
    const line = await open();
    expect(await lookForKeeper(line)).toBeNull();
    expect(await KeptCommand.prepare(line)).toBeNull();
    expect(left()).toEqual([]);
  });
});

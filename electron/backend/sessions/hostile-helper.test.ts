/** A target that says what it likes in marks, or takes what was meant for the helper: it costs its own session, and that is told. */
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { PlayedHelper } from './played-helper.test-kit.ts';
import { PtyProcess } from './pty-process.ts';
import { scriptLines } from './script-lines.ts';
import { Session } from './session.ts';

let played: PlayedHelper;
beforeEach(() => {
  played = new PlayedHelper();
});
afterEach(() => played.end());

const soon = { beginMs: 400, deafMs: 200 };
const notTrusted = /violates the protocol/;

describe.skipIf(process.platform === 'win32')('a helper that is none of ours', () => {
  it.each(['ready;abc;Linux', 'ready;1e999;Linux', 'ready;-1;Linux', 'ready', 'end;0', 'begin'])(
    'says %j of itself, and no session comes of it',
    async (words) => {
      await expect(played.open({ ready: `mark $n $q "${words}"` })).rejects.toMatchObject({ code: 'session', message: expect.stringMatching(notTrusted) });
    },
  );

  it('has the controls taken out of the name of its system, and the rest cut', async () => {
    const { ready } = await played.open({
      ready: `mark $n $q "$(printf 'ready;0;\\033[2J\\033]0;x' | tr -d ';' | sed 's/ready0/ready;0;/')$(printf %0150d 7)"`,
    });
    expect(ready.uid).toBe(0);
    expect(ready.system).toMatch(/^\[2J\]0x0{58}$/);
  });

  it.each(['end;abc', 'end;', 'end;-1', 'end;1e3', 'end;0;0', 'ready;0;Linux', 'begin', 'nonsense'])('says %j at the end of a script', async (words) => {
    const { session } = await played.open({ script: `mark $k $q begin; text working; mark $k $q "${words}"` });
    await expect(session.run('true')).rejects.toMatchObject({ code: 'session', message: expect.stringMatching(notTrusted) });
    expect(played.lost).toEqual([expect.stringMatching(notTrusted)]);
    expect(session.open || (await session.run('true').catch(() => 'refused'))).toBe('refused');
  });

  it('says the end of a script before its beginning', async () => {
    const { session } = await played.open({ script: `mark $k $q "end;0"` });
    await expect(session.run('true')).rejects.toThrow(notTrusted);
  });

  it('says the end of a script twice: the first one may have been false, and the next script is not trusted to it', async () => {
    const { session } = await played.open({ script: `mark $k $q begin; mark $k $q "end;0"; text still working; mark $k $q "end;7"` });
    expect(await session.run('first')).toBe(0);
    await expect.poll(() => played.lost, { timeout: 20_000 }).toEqual([expect.stringMatching(/a script there ended twice/)]);
    await expect(session.run('second')).rejects.toMatchObject({ code: 'session' });
  });

  it('says that a script came damaged over a line that loses nothing', async () => {
    const { session } = await played.open({ script: 'mark $n $q damaged' });
    await expect(session.run('true')).rejects.toThrow(/nothing of it was run; something else may be writing to its terminal/);
  });

  it('knows an earlier script’s nonce: what it says with that ends nothing', async () => {
    const { session } = await played.open({
      script: `if [ -z "\${old-}" ]; then old=$k; mark $k $q begin; mark $k $q "end;0"; else mark $k $q begin; mark $n $q "end;0"; sleep 60; fi`,
    });
    expect(await session.run('first')).toBe(0);
    await expect(session.run('second')).rejects.toThrow(notTrusted);
  });

  it('begins nothing: the step did not start, after the time that is stated', async () => {
    const { session } = await played.open({ script: ':' }, soon);
    await expect(session.run('true')).rejects.toMatchObject({ code: 'session', message: expect.stringMatching(/its helper began nothing within \d+ seconds/) });
    expect(played.lost).toHaveLength(1);
  });

  it('begins nothing, and somebody has no patience: a second Ctrl-C ends it', async () => {
    const { session } = await played.open({ script: ':' }, { ...soon, beginMs: 20_000 });
    const ended = session.run('true');
    session.interrupt();
    session.interrupt();
    expect(played.lost).toEqual([]);
    const pressing = setInterval(() => session.interrupt(), 20);
    await expect(ended).rejects.toThrow(/a second Ctrl-C ended it/);
    clearInterval(pressing);
  });

  it('does not heed Ctrl-C: that is told, and only then the next one ends the session', async () => {
    const { session } = await played.open({ script: `mark $k $q begin; text working; sleep 60` }, { ...soon, beginMs: 20_000 });
    const told: number[] = [];
    session.onDeaf((seconds) => told.push(seconds));
    const ended = session.run('true');
    await expect.poll(() => played.text, { timeout: 20_000 }).toContain('working');
    session.interrupt();
    session.interrupt();
    expect(session.open).toBe(true);
    await expect.poll(() => told, { timeout: 20_000 }).toEqual([0]);
    session.interrupt();
    await expect(ended).rejects.toThrow(/a second Ctrl-C ended it/);
  });

  it('gives random marks and text: every session ends with a number from 0 to 9999 or with an error that says why', async () => {
    const word = fc.constantFrom('ready;0;x', 'begin', 'end;0', 'end;7', 'end;abc', 'damaged', 'end;99999', '', 'x'.repeat(300));
    const step = fc.oneof(
      fc.tuple(fc.constantFrom('$n', '$k', '"$o"', 'wrong'), fc.constantFrom('$q', '0', '$((q+1))', '-1'), word).map(([n, q, w]) => `mark ${n} ${q} "${w}"`),
      fc.constantFrom('text some output', `printf '\\033]6973;'`, `printf '\\033]6973;%s;' $k`, `printf '\\033[2J\\033]0;'`, 'o=$k', 'mark $k $q begin'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const helper = new PlayedHelper();
        try {
          const { session } = await helper.open({ script: [...steps, ':'].join('; ') }, { beginMs: 150, deafMs: 50 });
          for (let time = 0; time < 2; time++) {
            const ended = session.run('true').then(
              (status) => ({ status }),
              (error: Error) => ({ error }),
            );
            session.onDeaf(() => session.interrupt());
            const stop = setTimeout(() => session.interrupt(), 300);
            const outcome = await ended;
            clearTimeout(stop);
            if ('status' in outcome) expect(outcome.status).toBeLessThanOrEqual(9999);
            else expect(outcome.error).toMatchObject({ code: 'session' });
          }
        } finally {
          await helper.end();
        }
      }),
      { numRuns: rounds({ test: 25, soak: 3000 }) },
    );
  });
});

describe.skipIf(process.platform === 'win32')('a program that an earlier script left', () => {
  it.each([
    ['one more', (lines: string[]) => lines.slice(0, 3).concat('=echo evil', lines.slice(3))],
    ['one less', (lines: string[]) => lines.filter((_line, at) => at !== 3)],
    ['one with something in front of it', (lines: string[]) => lines.map((line, at) => (at === 3 ? `x${line}` : line))],
  ])('and that gets lines among those of a script has nothing of it run: %s', async (_, spoil) => {
    const args = [path.resolve('assets/helper/session.sh')];
    const pty = new PtyProcess({ program: 'sh', args, folder: '/', environment: { PATH: process.env.PATH ?? '' }, cols: 80, rows: 24 });
    let text = '';
    pty.onData((bytes) => (text += bytes.toString('latin1')));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('hello;');
    pty.write('abcd\n');
    await expect.poll(() => text, { timeout: 20_000 }).toContain('ready;');
    pty.write(spoil(scriptLines('abcd', 'ef01', 'echo one\necho two\necho three').split('\n')).join('\n'));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('6973;abcd;1;damaged');
    pty.write(scriptLines('abcd', 'ef02', 'echo good'));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('6973;ef02;3;end;0');
    expect(text).toContain('good');
    // Nor is anything of it kept.
    pty.write(spoil(scriptLines('abcd', 'ef03', 'echo one\necho two\necho three', 'keep').split('\n')).join('\n'));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('6973;abcd;4;damaged');
    pty.write(scriptLines('abcd', 'ef04', 'echo "kept: $_wb_kept!"'));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('kept: !');
    expect(text).not.toMatch(/evil|one|two|three/);
    await pty.endAll();
  });

  it('and that reads the terminal takes the next script: it did not start, and what was typed to it is refused', async () => {
    const environment = { PATH: process.env.PATH ?? '' };
    const helper = path.resolve('assets/helper/session.sh');
    const { session } = await Session.open({ helper, shell: ['sh'], folder: '/', environment, cols: 80, rows: 24, limits: { ...soon, beginMs: 1500 } });
    let text = '';
    session.onData((bytes) => {
      text += bytes.toString();
    });
    expect(await session.run('(trap "" HUP; echo taking; while IFS= read -r l; do :; done) </dev/tty 2>/dev/null &')).toBe(0);
    await expect.poll(() => text, { timeout: 20_000 }).toContain('taking');
    const ran = session.run('echo ran').catch((thrown: Error) => thrown.message);
    // Who of the two reads first is chance; where the helper did, it ran as it should.
    expect([0, expect.stringMatching(/its helper began nothing within/)]).toContainEqual(await ran);
    await session.close();
  });
});

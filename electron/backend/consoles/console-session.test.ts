import { describe, expect, it } from 'vitest';
import { type ConsoleQuestion, ConsoleSession } from './console-session.ts';
import { arrayCli } from './dialects/array-cli.ts';
import { type ConsoleDialect, promptDialect } from './dialects/console-dialect.ts';
import { grub } from './dialects/grub.ts';
import { login } from './dialects/login.ts';
import { uefiShell } from './dialects/uefi-shell.ts';
import { type Behaviour, SimulatedCarrier } from './simulated-console.test-kit.ts';

const plain = promptDialect(/^dev> $/);

function start(behaviour: Partial<Behaviour> = {}, dialect: ConsoleDialect = plain) {
  const carrier = new SimulatedCarrier({ prompt: 'dev> ', commands: { hello: 'hi there\r\n' }, ...behaviour });
  const session = new ConsoleSession(carrier, dialect);
  return { carrier, session };
}
async function ready(behaviour: Partial<Behaviour> = {}, dialect?: ConsoleDialect) {
  const { carrier, session } = start(behaviour, dialect);
  carrier.console.start('welcome\r\n');
  await session.waitForPrompt();
  return { carrier, session, ran: carrier.console.ran };
}
const troubleOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error,
  );

describe('a command', () => {
  it('is typed at the prompt; its output is what comes until the next', async () => {
    const { session } = await ready();
    expect(await session.command('hello')).toEqual({ text: 'hi there', prompt: 'dev> ' });
    expect(await session.command('nothing')).toEqual({ text: 'unknown: nothing', prompt: 'dev> ' });
  });

  it('hands every byte on as it came', async () => {
    const { session, carrier } = start();
    const bytes: Buffer[] = [];
    session.onData((piece) => bytes.push(piece));
    carrier.say(Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x1b, 0x5b]));
    carrier.say('1m\r\ndev> ');
    await session.waitForPrompt();
    expect(Buffer.concat(bytes)).toEqual(Buffer.concat([Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x1b, 0x5b]), Buffer.from('1m\r\ndev> ')]));
  });

  it.each(['a\rb', 'a\x1bb', 'a\nb', '\x03'])('with a control character is refused: %j', async (line) => {
    const { session, carrier } = await ready();
    await expect(session.command(line)).rejects.toThrow(/control character/);
    expect(carrier.wrote).toEqual([]);
  });

  it('is not typed where no prompt stands', async () => {
    const { session, carrier } = await ready({ commands: { hang: 'working\r\n…' } });
    expect(await troubleOf(session.command('hang', { silenceMs: 150 }))).toMatchObject({ trouble: 'silent', lastLines: '\nworking' });
    carrier.wrote.length = 0;
    await expect(session.command('hello')).rejects.toThrow(/not at its prompt: nothing was typed/);
    expect(carrier.wrote).toEqual([]);
  });

  it('waits as long as something comes, and can be called off', async () => {
    const { session, carrier } = await ready({ commands: { flash: '…' } });
    const off = new AbortController();
    const flashing = session.command('flash', { silenceMs: 200, signal: off.signal });
    const dots = setInterval(() => carrier.say('.'), 60);
    setTimeout(() => off.abort(), 700);
    expect(await troubleOf(flashing)).toMatchObject({ code: 'cancelled' });
    clearInterval(dots);
  });

  it('is one at a time', async () => {
    const { session } = await ready();
    const first = session.command('hello');
    await expect(session.command('hello')).rejects.toThrow(/busy/);
    expect((await first).text).toBe('hi there');
  });
});

describe('lost characters', () => {
  const line = 'sas2flash.efi -o -e 6 and some more of it';
  it.each<[string, Partial<Behaviour>]>([
    ['every 7th is lost when they come fast', { loseEvery: 7, buffer: 4 }],
    ['every 5th comes twice when they come fast', { doubleEvery: 5, buffer: 1 }],
    ['the last comes twice', { doubleEvery: line.length, buffer: 1 }],
    ['the key that empties the line is lost as well', { loseEvery: 7, buffer: 4, loseClears: 2 }],
  ])('%s: typed again, slower, and run once as it was meant', async (_, behaviour) => {
    const { session, ran } = await ready(behaviour);
    await session.command(line);
    expect(ran).toEqual([line]);
    expect(session.charactersPerSecond).toBe(100);
    await session.command('hello');
    expect(ran).toEqual([line, 'hello']);
  });

  it('nothing is run where they are lost at any speed', async () => {
    const { session, ran } = await ready({ loseEvery: 3 });
    expect(await troubleOf(session.command('format'))).toMatchObject({ trouble: 'echo', message: expect.stringMatching(/Nothing was run/) });
    expect(ran).toEqual([]);
    await session.waitForPrompt({ knock: true });
    expect(ran).toEqual(['']);
  });

  it('nothing is run where the line can not be emptied', async () => {
    const { session, ran } = await ready({ loseEvery: 3, loseClears: 99 });
    expect(await troubleOf(session.command('format'))).toMatchObject({ trouble: 'echo', message: expect.stringMatching(/could not be emptied/) });
    expect(ran).toEqual([]);
  });

  it('a slow echo is waited for', async () => {
    const { session, ran } = await ready({ echoDelayMs: 90 });
    expect((await session.command('hello')).text).toBe('hi there');
    expect(ran).toEqual(['hello']);
    expect(session.charactersPerSecond).toBe(Number.POSITIVE_INFINITY);
  });

  it('a rate that the dialect gives is kept', async () => {
    const { session, carrier } = await ready({}, { ...plain, charactersPerSecond: 50 });
    const from = performance.now();
    await session.command('hello');
    expect(performance.now() - from).toBeGreaterThan(99);
    expect(carrier.wrote).toEqual([...'hello', '\r']);
  });
});

describe('what is asked in between', () => {
  it.each<[string, ConsoleDialect, string, string, string]>([
    ['more(1)', plain, '--More--', '\r        \r', ' '],
    ['a device', plain, ' -- more --', '\b \b'.repeat(11), ' '],
    ['an array', { ...arrayCli, prompt: plain.prompt }, 'Press any key to continue (Q to quit)', `\r${' '.repeat(37)}\r`, ' '],
    ['the UEFI shell', { ...uefiShell, prompt: plain.prompt }, "Press ENTER to continue or 'Q' break:", '\r\r\n', '\r'],
  ])('turns the pages of %s and leaves its question out of the text', async (_, dialect, question, rest, key) => {
    const paged = { ask: `one\r\ntwo\r\n${question}`, key: true as const, reply: (got: string) => (got === key ? `${rest}three\r\n` : 'wrong key\r\n') };
    const { session } = await ready({ commands: { list: paged } }, dialect);
    expect((await session.command('list')).text).toBe('one\ntwo\nthree');
  });

  const asks: Partial<Behaviour> = {
    commands: { flash: { ask: 'Would you like to flash anyway [y/n]? ', reply: (answer) => (answer === 'y' ? 'flashed\r\n' : 'aborted\r\n') } },
  };
  it.each([
    ['y', 'flashed'],
    ['n', 'aborted'],
  ])('gives a question to the caller, whose answer (%s) is sent', async (answer, outcome) => {
    const { session } = await ready(asks);
    const seen: string[] = [];
    const question: ConsoleQuestion = {
      pattern: /\[y\/n\]\? $/,
      answer: async (text) => {
        seen.push(text);
        return answer;
      },
    };
    const { text } = await session.command('flash', { questions: [question] });
    expect(text).toBe(`Would you like to flash anyway [y/n]? ${answer}\n${outcome}`);
    expect(seen).toEqual(['Would you like to flash anyway [y/n]? ']);
  });

  it('answers nothing by itself: an unexpected question is silence, and told', async () => {
    const { session, carrier } = await ready(asks);
    const error = await troubleOf(session.command('flash', { silenceMs: 200 }));
    expect(error).toMatchObject({ trouble: 'silent', message: expect.stringMatching(/flash anyway \[y\/n\]\?/) });
    expect(carrier.wrote).toEqual(['flash', '\r']);
  });
});

describe('starting and restarting', () => {
  const countdown = '\x1b[09;01HPress \x1b[1mESC\x1b[0m in 5 seconds to skip \x1b[1mstartup.nsh\x1b[0m or any other key to continue.';
  it("skips the UEFI shell's countdown once, with ESC", async () => {
    const { session, carrier } = start({ prompt: 'Shell> ', clearKey: '\x1b' }, uefiShell);
    const waiting = session.waitForPrompt();
    carrier.say(countdown);
    await expect.poll(() => carrier.wrote).toEqual(['\x1b']);
    carrier.say(countdown.replace('5', '4'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    carrier.say('\r\n\x1b[10;01H\x1b[1m\x1b[33m\x1b[40mShell> \x1b[0m\x1b[37m\x1b[40m');
    expect(await waiting).toBe('Shell> ');
    expect(carrier.wrote).toEqual(['\x1b']);
  });

  it("leads from GRUB's menu to its command line", async () => {
    const { session, carrier } = start({ prompt: 'grub> ' }, grub);
    const waiting = session.waitForPrompt();
    carrier.say('\x1b[24;1HThe highlighted entry will be executed automatically in 5s.   ');
    await expect.poll(() => carrier.wrote).toEqual(['c']);
    carrier.say('\r\n\r\ngrub> ');
    expect(await waiting).toBe('grub> ');
  });

  const boot = `\r\n\x1b[2J\x1b[01;01HBdsDxe: loading Boot0002 "EFI Internal Shell" from Fv(7CB8)\r\n${countdown}`;
  it('notices that the machine started anew under a command', async () => {
    const { session } = await ready({ prompt: 'Shell> ', clearKey: '\x1b', commands: { flash: `working${boot}…` } }, uefiShell);
    const error = await troubleOf(session.command('flash'));
    expect(error).toMatchObject({ trouble: 'restarted', next: expect.stringMatching(/before you run it again/) });
  });

  it('comes back at the new prompt where the command was to restart it', async () => {
    const { session, carrier } = await ready({ prompt: 'Shell> ', clearKey: '\x1b', commands: { reset: `${boot}…` } }, uefiShell);
    const resetting = session.command('reset', { restarts: true });
    await expect.poll(() => carrier.wrote.at(-1)).toBe('\x1b');
    carrier.say('\r\n\x1b[10;01HShell> ');
    expect((await resetting).prompt).toBe('Shell> ');
  });

  it('does not take the banner that `ver` prints for a restart', async () => {
    const ver = 'UEFI Interactive Shell v2.2\r\nEDK II\r\nUEFI v2.70 (EDK II, 0x00010000)\r\n';
    const { session } = await ready({ prompt: 'FS0:\\> ', clearKey: '\x1b', commands: { ver } }, uefiShell);
    expect((await session.command('ver')).text).toMatch(/^UEFI Interactive Shell v2\.2/);
  });

  it('tells a lost line at once', async () => {
    const { session, carrier } = await ready({ commands: { hang: '…' } });
    const hanging = troubleOf(session.command('hang'));
    setTimeout(() => carrier.end('ipmitool ended with status 1'), 100);
    expect(await hanging).toMatchObject({ trouble: 'ended', message: expect.stringMatching(/ipmitool ended with status 1/) });
    expect(await troubleOf(session.waitForPrompt())).toMatchObject({ trouble: 'ended' });
  });

  it('knocks only after a second of silence', async () => {
    const { session, carrier } = start();
    await session.waitForPrompt({ knock: true });
    expect(carrier.wrote).toEqual(['\r']);
  });

  it('knocks at a firmware with the key first that skips its countdown, and with nothing more where that shows it', async () => {
    const quiet = start({ clearKey: '\x1b' }, { ...plain, countdowns: uefiShell.countdowns });
    await quiet.session.waitForPrompt({ knock: true });
    expect(quiet.carrier.wrote).toEqual(['\x1b', '\r']);
    const starting = start({ clearKey: '\x1b' }, uefiShell);
    setTimeout(() => starting.carrier.say('UEFI Interactive Shell v2.2\r\nShell> '), 1500);
    await starting.session.waitForPrompt({ knock: true });
    expect(starting.carrier.wrote).toEqual(['\x1b']);
  });
});

describe('logging in', () => {
  const machine = (good: string) => {
    const { session, carrier } = start({}, login);
    let asked = 0;
    carrier.console.take = (bytes) => {
      const answer = bytes.toString();
      asked += 1;
      if (asked === 1) carrier.say(`${answer}\nPassword: `);
      else carrier.say(answer === `${good}\r` ? '\r\nLast login: today\r\nroot@box:~# ' : '\r\n\r\nLogin incorrect\r\nbox login: ');
    };
    carrier.say('\r\nDebian GNU/Linux 12 box ttyS0\r\n\r\nbox login: ');
    return { session, carrier };
  };
  const as = { user: 'root', password: async () => 'sesame' };

  it('answers name and password once and reaches the shell', async () => {
    const { session, carrier } = machine('sesame');
    expect(await session.waitForPrompt({ login: as })).toBe('root@box:~# ');
    expect(carrier.wrote).toEqual(['root\r', 'sesame\r']);
  });
  it('does not try a second time after a refusal', async () => {
    const { session, carrier } = machine('other');
    const error = await troubleOf(session.waitForPrompt({ login: as }));
    expect(error).toMatchObject({ trouble: 'login', message: expect.stringMatching(/did not take the name or password of root/) });
    expect(error.message).not.toContain('sesame');
    expect(carrier.wrote).toEqual(['root\r', 'sesame\r']);
  });
  it('says that a login is wanted where none was given', async () => {
    const { session, carrier } = machine('sesame');
    expect(await troubleOf(session.waitForPrompt())).toMatchObject({ trouble: 'login' });
    expect(carrier.wrote).toEqual([]);
  });
});

describe('status', () => {
  it.each<[string, ConsoleDialect, Partial<Behaviour>, unknown]>([
    ['0x0', uefiShell, { prompt: 'FS0:\\> ', commands: { hello: 'hi\r\n', 'echo %lasterror%': '0x0\r\n' } }, { good: true, value: '0x0' }],
    ['0xE', uefiShell, { prompt: 'FS0:\\> ', commands: { hello: 'hi\r\n', 'echo %lasterror%': '0xE\r\n' } }, { good: false, value: '0xE' }],
    ['127', login, { prompt: '# ', commands: { hello: 'hi\r\n', 'echo $?': '127\r\n' } }, { good: false, value: '127' }],
    [
      'an error line',
      arrayCli,
      { prompt: '# ', commands: { hello: 'Error: The vdisk is unknown.\r\n' } },
      { good: false, value: 'Error: The vdisk is unknown.' },
    ],
    ['no error line', arrayCli, { prompt: '# ', commands: { hello: 'Success: done\r\n' } }, { good: true, value: '' }],
  ])('%s', async (_, dialect, behaviour, status) => {
    const { session } = await ready(behaviour, dialect);
    expect((await session.command('hello', { status: true })).status).toEqual(status);
  });
});

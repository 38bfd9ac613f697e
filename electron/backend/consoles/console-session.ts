/**
 * A console at work: a dialect on a carrier. Lines are typed at its prompt, checked by their echo, and what it says until the
 * next prompt is their output. All its bytes go to the terminal as they come.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Carrier } from './carriers/carrier.ts';
import { type Pace, type TypingPlace, typeChecked } from './checked-typing.ts';
import { ConsoleReader, type ConsoleState } from './console-reader.ts';
import { ConsoleTrouble, type ConsoleTroubleKind } from './console-trouble.ts';
import { ConsoleWait } from './console-wait.ts';
import { type ConsoleDialect, escapeKey } from './dialects/console-dialect.ts';

/** A question of a tool. `answer` comes from whoever runs the command, never from here; the dialect's line end is added. */
export interface ConsoleQuestion {
  /** Matches the last line while the tool waits. */
  pattern: RegExp;
  answer(line: string): Promise<string>;
}
export interface WaitOptions {
  /** How long the console may say nothing at all. */
  silenceMs?: number;
  signal?: AbortSignal;
  /**
   * Somebody is at the terminal, and logs in where that is asked for. While it says true, a question of theirs is open: silence
   * is no matter then.
   */
  asked?: () => boolean;
}
export interface CommandOptions extends WaitOptions {
  questions?: readonly ConsoleQuestion[];
  /** Ask for the command's status too, as the dialect knows it. */
  status?: boolean;
  /** The command restarts the machine; resolves at the next prompt. */
  restarts?: boolean;
}
export interface CommandResult {
  /** The output as lines, without echo, pagers and prompt. */
  text: string;
  /** The prompt after it. */
  prompt: string;
  status?: { good: boolean; value: string };
}
export interface Login {
  user: string;
  /** Called when the console asks; what it gives goes to the console only. */
  password(): Promise<string>;
}

interface LoginTry extends Login {
  names: number;
  passwordSent: boolean;
}

/** A name may be asked for again where nothing was wrong: getty waited too long, or changed its speed. */
const nameTries = 3;
const usualSilenceMs = 30_000;
/** A pause this long after output means that it may be judged. A 9600 baud line sends a character a millisecond. */
const usualSettleMs = 40;

export class ConsoleSession {
  readonly carrier: Carrier;
  readonly dialect: ConsoleDialect;
  private readonly reader: ConsoleReader;
  private readonly wait = new ConsoleWait();
  private readonly pace: Pace;
  private readonly settleMs: number;
  private readonly dataListeners: ((bytes: Buffer) => void)[] = [];
  private ending: string | null = null;
  private busy = false;

  constructor(carrier: Carrier, dialect: ConsoleDialect, settleMs = usualSettleMs) {
    this.carrier = carrier;
    this.dialect = dialect;
    this.settleMs = settleMs;
    this.reader = new ConsoleReader(dialect);
    this.pace = { charactersPerSecond: dialect.charactersPerSecond ?? Number.POSITIVE_INFINITY };
    carrier.onData((bytes) => {
      for (const listener of this.dataListeners) listener(bytes);
      this.reader.feed(bytes);
      this.wait.came(bytes.length);
    });
    carrier.onEnd((detail) => {
      this.ending = detail;
      this.wait.end();
    });
  }

  /** The console's bytes as they come, for terminal and recording. */
  onData(listener: (bytes: Buffer) => void): void {
    this.dataListeners.push(listener);
  }
  /** Keystrokes of the admin, as they are. */
  type(data: string): void {
    this.carrier.write(Buffer.from(data));
  }
  /** Characters a second that are typed now; falls when the console loses some. */
  get charactersPerSecond(): number {
    return this.pace.charactersPerSecond;
  }
  close(): Promise<void> {
    return this.carrier.close();
  }

  /**
   * Resolves with the prompt. Countdowns on the way are skipped, pagers turned, and logins made where `login` is given. `knock`
   * sends one empty line when the console has said nothing for a second: it may be waiting at a prompt it showed long ago.
   * Knock only where an empty line can't answer a question. Rejects with ConsoleTrouble.
   */
  waitForPrompt(options: WaitOptions & { knock?: boolean; login?: Login } = {}): Promise<string> {
    return this.alone(async () => {
      if (options.knock) await this.knock(options.signal);
      return this.untilPrompt('a prompt', options, [], options.login && { ...options.login, names: 0, passwordSent: false });
    });
  }

  /**
   * Types a line at the prompt and resolves at the next one. `silenceMs` is how long it may say nothing, not how long it may take.
   * Rejects with ConsoleTrouble; with `echo`, the line was not run; with all others it may have been.
   */
  command(line: string, options: CommandOptions = {}): Promise<CommandResult> {
    return this.alone(async () => {
      const { text, prompt } = await this.run(line, options);
      const status = options.status ? await this.statusOf(text, options) : undefined;
      return { text, prompt, ...(status && { status }) };
    });
  }

  /** Types a line and ends it; what comes after it is not waited for. Rejects as `command`. */
  start(line: string, options: WaitOptions = {}): Promise<void> {
    return this.alone(() => this.typeLine(line, options));
  }

  private async run(line: string, options: CommandOptions): Promise<{ text: string; prompt: string }> {
    await this.typeLine(line, options);
    const prompt = await this.untilPrompt(line, options, options.questions ?? []);
    const lines = this.reader.text.replace(/^\n/, '').split('\n');
    return { text: lines.slice(0, -1).join('\n'), prompt };
  }

  private async typeLine(line: string, options: WaitOptions): Promise<void> {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character would act, not be typed
    if (/[\x00-\x1f\x7f]/.test(line))
      throw new WrenchbookError('bad-parameters', 'A console line holds a control character.', 'Type it as one line of plain text.');
    if (this.reader.state()?.at !== 'prompt')
      throw new WrenchbookError(
        'wrong-state',
        `${this.carrier.name} is not at its prompt: nothing was typed.`,
        'Wait for its prompt first, or check what it is doing.',
      );
    const typed = await typeChecked(this.typingPlace(line, options), line, this.pace);
    if (typed !== 'typed') throw this.trouble('echo', line, typed === 'not-cleared' ? 'Its line could not be emptied either: press Ctrl-C or ESC there.' : '');
    this.reader.begin();
    this.carrier.write(Buffer.from(this.dialect.lineEnd));
  }

  private async statusOf(text: string, options: WaitOptions): Promise<CommandResult['status']> {
    const known = this.dialect.status;
    if (!known) return undefined;
    if ('failed' in known) {
      const error = known.failed.exec(text)?.[0];
      return { good: error === undefined, value: error ?? '' };
    }
    const value = known.value.exec((await this.run(known.ask, { ...options })).text)?.[1];
    return value === undefined ? undefined : { good: value === known.good, value };
  }

  private async untilPrompt(what: string, options: CommandOptions, questions: readonly ConsoleQuestion[], login?: LoginTry): Promise<string> {
    const { silenceMs = usualSilenceMs, signal } = options;
    const patterns = questions.map(({ pattern }) => pattern);
    const waitsForCommand = what !== 'a prompt';
    let skipped = false;
    for (let state = waitsForCommand ? null : this.reader.state(); ; state = this.reader.state(patterns)) {
      if (waitsForCommand && !options.restarts && this.reader.restarted) throw this.trouble('restarted', what);
      if (state?.at === 'prompt' && !(options.restarts && !this.reader.restarted)) return state.prompt;
      if (state?.at === 'countdown' && !skipped) {
        skipped = true; // once: a second key would stand at the prompt
        this.carrier.write(Buffer.from(state.answer));
      } else if (state?.at === 'pager') {
        this.reader.paged();
        this.carrier.write(Buffer.from(state.answer));
      } else if (state) await this.answer(state, what, { questions, login, byHand: options.asked !== undefined });
      const pause = await this.wait.pause(this.settleMs, silenceMs, signal);
      if (pause !== 'paused' && !(pause === 'silent' && options.asked?.())) throw this.trouble(pause, what);
    }
  }

  private async answer(
    state: ConsoleState,
    what: string,
    { questions, login, byHand }: { questions: readonly ConsoleQuestion[]; login: LoginTry | undefined; byHand: boolean },
  ): Promise<void> {
    if (state.at === 'question') {
      const answer = await questions[state.index]?.answer(this.reader.text.slice(this.reader.text.lastIndexOf('\n') + 1));
      if (answer !== undefined) this.send(answer);
    } else if (state.at === 'user' || state.at === 'password') {
      if (!login && byHand) return;
      if (!login) throw this.trouble('login', what);
      // Asked again after a password: refused, however this system words it. A second try is the admin's, who may be locked out by it.
      if (login.passwordSent || login.names >= nameTries) throw this.trouble('login', what, `It did not take the name or password of ${login.user}.`);
      if (state.at === 'user') login.names += 1;
      else login.passwordSent = true;
      this.send(state.at === 'user' ? login.user : await login.password());
    }
  }

  private send(answer: string): void {
    this.reader.answered();
    this.carrier.write(Buffer.from(answer + this.dialect.lineEnd));
  }

  private typingPlace(line: string, { signal }: WaitOptions): TypingPlace {
    const { reader, dialect, carrier, wait, settleMs } = this;
    return {
      dialect,
      write: (text) => carrier.write(Buffer.from(text)),
      begin: () => reader.begin(),
      get echo() {
        return reader.echo;
      },
      get empty() {
        return reader.empty;
      },
      pause: async (silenceMs) => {
        const pause = await wait.pause(settleMs, silenceMs, signal);
        if (pause === 'ended') throw this.trouble('ended', line);
        return pause === 'paused';
      },
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
  }

  private async knock(signal?: AbortSignal): Promise<void> {
    if (this.reader.state() || (await this.cameWithin(knockAfterMs, signal))) return;
    const { countdowns, lineEnd } = this.dialect;
    // A firmware that starts keeps keystrokes for its countdown, where an Enter would start something.
    if (countdowns.some(({ answer }) => answer === escapeKey)) {
      this.carrier.write(Buffer.from(escapeKey));
      if (await this.cameWithin(escapeMs, signal)) return;
    }
    this.carrier.write(Buffer.from(lineEnd));
  }

  private async cameWithin(ms: number, signal?: AbortSignal): Promise<boolean> {
    return (await this.wait.pause(this.settleMs, ms, signal)) === 'paused';
  }

  private async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new WrenchbookError('wrong-state', `${this.carrier.name} is busy with another line.`, 'Wait until it has finished.');
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
    }
  }

  private trouble(kind: ConsoleTroubleKind, what: string, more = ''): ConsoleTrouble {
    const lastLines = this.reader.text.trimEnd().split('\n').slice(-5).join('\n');
    const [happened, next] = words[kind];
    const seen = lastLines === '' ? 'It said nothing.' : `Last seen: ${lastLines.slice(-400)}`;
    const message = `${this.carrier.name}, waiting for ${what === 'a prompt' ? what : `the end of "${what}"`}: ${happened(this.ending ?? '')} ${more} ${seen}`;
    return new ConsoleTrouble(kind, message.replace(/ {2,}/g, ' '), next, lastLines);
  }
}

const knockAfterMs = 1000;
/** A firmware waits two seconds for more of a sequence that begins with it. */
const escapeMs = 2500;

const words: Record<ConsoleTroubleKind, [happened: (detail: string) => string, next: string]> = {
  silent: [() => 'nothing came for too long.', 'Check the console: is the machine on, is the speed right, is something waiting for an answer?'],
  echo: [
    () => 'what was typed came back wrong every time, even slowly. Nothing was run.',
    'Check cable, speed and flow control, and that nobody else is typing there.',
  ],
  restarted: [() => 'the machine restarted.', 'Find out how far the command got before you run it again.'],
  ended: [(detail) => `the line was lost (${detail}).`, 'Find out in which state the machine is, then connect again.'],
  login: [() => 'it asks for a login.', 'Log in with a name and password that are valid there.'],
};

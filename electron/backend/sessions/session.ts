/**
 * A session: one pseudo-terminal with the helper in it, in which scripts run one after the other. What the terminal
 * shows comes out as bytes without the helper's marks; a script's end is known by its mark, so nothing it printed is
 * missing when `run` resolves.
 *
 * A session has levels: its own shell, and one for each hop (ssh to a machine, sudo to a user) that was entered from the
 * level before. Scripts run in the innermost one.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { AnswerGate } from './answer-gate.ts';
import { bootstrapCommand, bootstrapLines, checkedBootstrapText } from './hops/bootstrap.ts';
import { asksOnTheWay } from './hops/way-questions.ts';
import { beatSeconds, LineWatch, silentSeconds } from './line-watch.ts';
import { LossyLine } from './lossy-line.ts';
import { quotedWords, readyIn, type SessionReady, statusIn } from './mark-words.ts';
import { MarkerParser, type ParsedPiece } from './marker-parser.ts';
import { PtyProcess } from './pty-process.ts';
import { byeLines, checkedScriptLines, type Purpose, scriptLines } from './script-lines.ts';
import { type Arrival, type Level, type Running, type SessionLimits, type SessionOptions, usualLimits } from './session-level.ts';
import { sessionEnded, sessionLost } from './session-lost.ts';
import { type TerminalSettings, terminalSettings } from './terminal-settings.ts';

export type { SessionReady } from './mark-words.ts';
export type { SessionLimits, SessionOptions } from './session-level.ts';

const startTimeoutMs = 10_000;
const interruptAgainMs = 250;
/** Ctrl-], with which programs for consoles are told to end, and ipmitool to send a BREAK: a key to the kernel's own commands. */
const consoleEscape = '\x1d';
const newNonce = () => randomBytes(16).toString('hex');
const ctrlC = '\x03';

export class Session {
  private readonly pty: PtyProcess;
  private readonly parser = new MarkerParser();
  private readonly options: SessionOptions;
  private readonly levels: Level[] = [];
  private readonly dataListeners: ((bytes: Buffer) => void)[] = [];
  private readonly lostListeners: ((detail: string) => void)[] = [];
  private readonly hopLostListeners: ((name: string, status: number) => void)[] = [];
  private readonly deafListeners: ((seconds: number) => void)[] = [];
  /** The level that is being entered. */
  private arrival: Arrival | null = null;
  /** The hop that is asked to end; should one before it be lost meanwhile, that is told anyway. */
  private leavingHop: Level | null = null;
  private leaving = false;
  private closing = false;
  private givenUp = false;
  /** Nothing is read: what a helper says is not known. */
  private paused = false;
  private readonly limits: SessionLimits;
  private readonly line = new LineWatch(
    () => !this.paused,
    () => void this.lineSilent(),
  );

  /** Opens a session; rejects with WrenchbookError `session` when the helper does not answer in 10 s. */
  static async open(options: SessionOptions): Promise<{ session: Session; ready: SessionReady }> {
    const session = new Session(options);
    const ready = await session.arrive();
    return { session, ready };
  }

  private constructor(options: SessionOptions) {
    this.options = options;
    this.limits = options.limits ?? usualLimits;
    const [program, ...args] = options.shell;
    this.parser.expectGreeting('');
    this.pty = new PtyProcess({ ...options, program, args: [...args, options.helperThere ?? options.helper] });
    this.pty.onData((bytes) => this.take(bytes));
    this.pty.onExit(({ status, signal }) => this.ended(signal ? `ended by signal ${signal}` : `ended with status ${status}`));
  }

  /** Bytes for the terminal, in order, without marks. */
  onData(listener: (bytes: Buffer) => void): void {
    this.dataListeners.push(listener);
  }
  /** The session ended without being asked to: power cut, killed shell, lost line. */
  onLost(listener: (detail: string) => void): void {
    this.lostListeners.push(listener);
  }
  /** A hop ended without being asked to, with the levels behind it; the level it was entered from goes on. */
  onHopLost(listener: (name: string, status: number) => void): void {
    this.hopLostListeners.push(listener);
  }
  /** What runs did not heed a Ctrl-C for so long; the next one ends the session. */
  onDeaf(listener: (seconds: number) => void): void {
    this.deafListeners.push(listener);
  }
  get open(): boolean {
    return !this.pty.ended && !this.leaving;
  }
  get pid(): number {
    return this.pty.pid;
  }
  /** How many hops lead to where scripts run. */
  get hops(): number {
    return Math.max(0, this.levels.length - 1);
  }

  /**
   * Runs a script in the innermost level and resolves with its exit status after all its output was delivered. One at a
   * time. Rejects with WrenchbookError `session` when the session, or a hop on the way, ends first.
   */
  run(script: string): Promise<number> {
    return this.start(script, null);
  }

  /**
   * Runs a script that talks to Wrenchbook: what it prints goes to `take` and neither to the terminal nor into a recording,
   * and nobody's keystrokes but Ctrl-C reach it. Else like `run`. `kept`: text that the script evaluates as `$_wb_kept`; it is sent to a level
   * once, and not again with each script.
   */
  async runQuietly(script: string, take: (bytes: Buffer) => void, kept = ''): Promise<number> {
    const level = this.innermost;
    if (level && kept !== '' && level.kept !== kept) {
      await this.start(kept, take, 'keep');
      level.kept = kept;
    }
    return this.start(script, take);
  }

  /**
   * Bytes for a quiet script, once it has said that it waits for them: in line mode the terminal loses what is longer than a
   * line. Hops act on control characters, and ssh on a `~` after a line break: text without either.
   */
  send(bytes: Buffer): void {
    const running = this.innermost?.running;
    if (running?.begun && running.take) this.write(bytes);
  }

  /**
   * Enters a hop from the innermost level: `commandLine` gives the script that leads there and runs the command it is given
   * in a shell of the other side. Passwords and questions on the way appear in the terminal and are answered there. Resolves
   * with `entered` once scripts run there, or with the status with which the way there ended. Rejects like `run`. `lossy`: the line there
   * may lose characters, as serial consoles do; what goes over it is checked then before it is run. `silent`: it can fall silent without
   * an end, as a network does; that is noticed once scripts run there.
   */
  async enter(
    name: string,
    commandLine: (command: string) => string,
    { lossy = false, silent = false }: { lossy?: boolean; silent?: boolean } = {},
  ): Promise<{ entered: SessionReady } | { status: number }> {
    const token = randomBytes(8).toString('hex');
    const line = this.innermost?.lossy ?? (lossy ? new LossyLine((bytes) => this.pty.write(bytes)) : null);
    const arrived = this.arrive(name, token, line, silent);
    // The script's shell must outlive a Ctrl-C that is meant for a command behind the hop; programs get it as always.
    const ended = this.start(`trap : INT QUIT\n${commandLine(bootstrapCommand(token, line !== null))}`, null).finally(() => this.giveUpArrival());
    return Promise.race([arrived.then((entered) => ({ entered })), ended.then((status) => ({ status }))]);
  }

  /** Ends the innermost hop; resolves when the level before it is ready. */
  async leaveHop(): Promise<void> {
    const inner = this.innermost;
    const outer = this.levels.at(-2);
    if (!inner || !outer?.running) return;
    if (inner.running) throw new WrenchbookError('wrong-state', 'A command is still running there.', 'Wait until it has finished, or stop it with Ctrl-C.');
    const { running } = outer;
    this.leavingHop = inner;
    await new Promise<void>((resolve) => {
      outer.running = { ...running, resolve: () => resolve(), reject: () => resolve() };
      this.write(byeLines(inner.nonce));
    });
    this.leavingHop = null;
  }

  /**
   * Keystrokes for the command that runs; returns those that were passed on. Dropped while none does: nothing may be typed at the
   * helper. On the way to a hop only the answer to an open question goes through, and Ctrl-C: what is typed ahead there would be read
   * by whatever comes next.
   */
  type(data: string): string {
    const running = this.innermost?.running;
    if (!running?.begun || running.take) return '';
    const keys = this.overConsole ? data.replaceAll(consoleEscape, '') : data;
    const passed = this.arrival ? this.arrival.gate.pass(keys) || (keys.includes(ctrlC) ? ctrlC : '') : keys;
    if (passed !== '') this.pty.write(passed);
    this.line.typed(passed);
    return passed;
  }
  /**
   * How the terminal here is set, where the program that asks is on this machine; null where it is behind a hop, or can't be looked at.
   */
  get settingsHere(): TerminalSettings | null {
    return this.levels.length === 1 ? terminalSettings(this.pty.terminal) : null;
  }
  /** On the way to a hop: the line that stands is a question, and its answer goes through. */
  takeAsQuestion(): void {
    this.arrival?.gate.open();
  }
  /** What Wrenchbook itself types on the way: at the prompt of a console. */
  typeOnTheWay(bytes: Buffer): void {
    if (this.arrival && this.innermost?.running?.begun) this.pty.write(bytes);
  }
  /**
   * Ctrl-C. Where a command has not heeded one for a while, and where a helper does not begin what it was given, another one ends the
   * session: a target must not be able to hold whoever works on it.
   */
  interrupt(): void {
    const level = this.innermost;
    const running = level?.running;
    if (!level || (running?.begun ? running.deaf : this.ignoredBy(level))) {
      if (level) this.end(level, 'a second Ctrl-C ended it, as the first one had no effect');
      return;
    }
    if (running?.begun) {
      this.sendCtrlC(running);
      running.timer ??= setTimeout(() => {
        if (this.innermost?.running !== running) return;
        running.deaf = true;
        for (const listener of this.deafListeners) listener(Math.round(this.limits.deafMs / 1000));
      }, this.limits.deafMs);
    } else if (running || this.arrival) level.interruptedAt ??= performance.now();
  }
  /** Not at once: somebody may press it twice while a script is just beginning. */
  private ignoredBy({ interruptedAt }: Level): boolean {
    return interruptedAt !== null && performance.now() - interruptedAt >= this.limits.deafMs;
  }
  /** A quiet script is told again until it has ended: between two programs a shell may overhear it, and then wait for ever. */
  private sendCtrlC(running: Running): void {
    this.pty.write(ctrlC);
    if (running.take)
      setTimeout(() => {
        if (this.innermost?.running === running) this.sendCtrlC(running);
      }, interruptAgainMs);
  }
  resize(cols: number, rows: number): void {
    this.pty.resize(cols, rows);
  }
  pause(): void {
    this.paused = true;
    this.pty.pause();
  }
  resume(): void {
    this.paused = false;
    this.pty.resume();
  }

  /** Ends the session and everything that runs in it. */
  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.sayBye();
    await this.pty.endAll();
  }

  /** Tells the innermost helper that this is the end, and each one before it when what it ran has ended; `close` comes after it. */
  sayBye(): void {
    if (this.leaving) return;
    this.leaving = true;
    const { innermost } = this;
    if (innermost && !innermost.running) this.write(byeLines(innermost.nonce));
  }

  /** A program that listens to keys itself carries the line to here, or will. */
  private get overConsole(): boolean {
    return this.levels.some(({ lossy }) => lossy !== null) || (this.arrival?.level.lossy ?? null) !== null;
  }

  private get innermost(): Level | undefined {
    return this.levels.at(-1);
  }

  private start(script: string, take: Running['take'], purpose: Purpose = 'run'): Promise<number> {
    const level = this.innermost;
    if (!this.open || !level) return Promise.reject(sessionLost('it is closed'));
    if (level.running)
      return Promise.reject(
        new WrenchbookError('wrong-state', 'A command is still running in this session.', 'Wait until it has finished, or stop it with Ctrl-C.'),
      );
    return new Promise((resolve, reject) => {
      const { lossy, nonce } = level;
      const key = newNonce();
      this.parser.expectScript(key);
      level.interruptedAt = null;
      const running: Running = { begun: false, deaf: false, timer: undefined, take, resolve, reject };
      level.running = running;
      if (lossy) lossy.deliver(checkedScriptLines(nonce, key, script, purpose), (detail) => this.fail(level, detail));
      else {
        const lines = Buffer.from(scriptLines(nonce, key, script, purpose));
        running.timer = this.awaitHelper(level, lines.length);
        this.pty.write(lines);
      }
    });
  }

  /** Gives the session up where nothing is begun in time: something else may read what was meant for the helper. */
  private awaitHelper(level: Level, bytes: number): NodeJS.Timeout {
    const { beginMs } = this.limits;
    const ms = beginMs + bytes;
    const late = () => {
      if (this.paused) timer.refresh();
      else this.end(level, `its helper began nothing within ${Math.round(ms / 1000)} seconds; something else may be reading its terminal`);
    };
    const timer = setTimeout(late, ms);
    return timer;
  }

  /** Prepares for the greeting of the next level; resolves when its helper is ready. Rejects after 10 s for the session's own. */
  private arrive(name = 'the terminal', token = '', lossy: LossyLine | null = null, silent = false): Promise<SessionReady> {
    const nonce = newNonce();
    this.parser.expectGreeting(token);
    return new Promise((resolve, reject) => {
      const own = this.levels.length === 0;
      const helper = own ? '' : readFileSync(this.options.helper, 'utf8');
      const beats = silent && !lossy;
      const level: Level = { nonce, name, running: null, lossy, beats, kept: '', interruptedAt: null };
      if (beats) this.parser.expectBeats(token);
      const greet = () => {
        if (lossy) return lossy.deliver(checkedBootstrapText(token, helper, nonce), (detail) => this.fail(level, detail), { harmless: true });
        const lines = own ? `${nonce}\n` : bootstrapLines(token, helper, nonce, beats ? beatSeconds : null);
        if (this.arrival && !own) this.arrival.timer = this.awaitHelper(level, lines.length);
        this.pty.write(lines);
      };
      this.arrival = { greet, token, level, resolve, gate: new AnswerGate(asksOnTheWay), timer: undefined };
      if (!own) return; // the way there is a command like any other, and takes as long as somebody needs to log in
      const timer = setTimeout(() => {
        reject(sessionLost('its shell did not answer within 10 seconds'));
        void this.close();
      }, startTimeoutMs);
      this.arrival.resolve = (ready) => {
        clearTimeout(timer);
        resolve(ready);
      };
      this.onLost((detail) => {
        clearTimeout(timer);
        reject(sessionLost(detail));
      });
    });
  }

  private giveUpArrival(): void {
    clearTimeout(this.arrival?.timer);
    this.arrival = null;
    this.parser.refuseGreetings();
  }

  private take(bytes: Buffer): void {
    this.line.heard();
    for (const piece of this.parser.feed(bytes)) this.takePiece(piece);
  }

  private takePiece(piece: ParsedPiece): void {
    const running = this.innermost?.running;
    if (piece.kind === 'mark') this.takeMark(piece.level, piece.of, piece.words);
    else if (piece.kind === 'stale') this.mistrust(this.levels[piece.level], 'a script there ended twice, so that one end was false');
    else if (piece.kind === 'greeting') this.greet();
    else if (piece.kind === 'alive') this.takeBeat(piece.beating);
    else if (running?.begun && running.take) running.take(piece.bytes);
    else this.deliver(piece.bytes);
  }

  private takeBeat(beating: boolean): void {
    if (beating && this.levels.some(({ beats }) => beats)) this.line.begin();
    else this.line.end();
  }

  /** The ssh that carries it ends, and what was entered over it is told as lost. */
  private async lineSilent(): Promise<void> {
    const level = this.levels.find(({ beats }) => beats);
    if (!level || this.leaving) return;
    this.deliver(Buffer.from(`\r\nNothing has come over ${level.name} for ${silentSeconds} seconds: the connection is considered lost.\r\n`));
    if (!(await this.pty.endFirst('ssh')) && this.levels.includes(level)) {
      this.giveUp(`${level.name} has gone silent`);
      void this.close();
    }
  }

  private greet(): void {
    if (!this.arrival) return;
    const { level, greet, token } = this.arrival;
    const again = this.innermost === level;
    if (level.lossy) this.parser.expectGreeting(token); // it greets again where what came is not what was sent
    if (again) {
      level.lossy?.damaged();
      return;
    }
    this.levels.push(level);
    this.parser.enterLevel(level.nonce, level.lossy !== null);
    greet();
  }

  /** To the innermost helper, as its line can take it. */
  private write(text: string | Buffer): void {
    const { lossy } = this.innermost ?? {};
    if (lossy) lossy.send(Buffer.from(text));
    else this.pty.write(text);
  }

  /** Nothing arrives there whole: the session is of no use any more. */
  private fail({ name }: Level, detail: string): void {
    this.giveUp(`${name}: ${detail}`);
    void this.close();
  }
  /** The same, where another session would be no better: nobody opens one by himself. */
  private end({ name }: Level, detail: string): void {
    this.giveUp(`${name}: ${detail}`, sessionEnded(`${name}: ${detail}`));
    void this.close();
  }

  /** It is no helper of ours that speaks so, or not it alone: nothing more is run there. */
  private mistrust(level: Level | undefined, what: string): void {
    if (level) this.end(level, `the target violates the protocol: ${what}`);
  }

  private takeMark(at: number, of: 'level' | 'script', words: readonly string[]): void {
    const level = this.levels[at];
    const [word] = words;
    if (!level) return;
    if (of === 'level' && word === 'ready' && this.arrival?.level === level) this.takeReady(level, words);
    else if (of === 'level' && word === 'damaged' && level.lossy) level.lossy.damaged();
    else if (of === 'level' && word === 'damaged' && level.running?.begun === false)
      this.mistrust(level, 'a script was not what had been sent, so nothing of it was run; something else may be writing to its terminal');
    else if (of === 'script' && word === 'begin' && level.running?.begun === false) {
      level.lossy?.taken();
      clearTimeout(level.running.timer);
      level.running.timer = undefined;
      level.running.begun = true;
    } else if (of === 'script' && word === 'end' && level.running?.begun) this.takeEnd(at, level, level.running, words);
    else this.mistrust(level, `it said ${quotedWords(words)} where that has no meaning`);
  }

  private takeReady(level: Level, words: readonly string[]): void {
    const ready = readyIn(words);
    if (!ready) {
      this.mistrust(level, `it said ${quotedWords(words)} of itself`);
      return;
    }
    const { arrival } = this;
    clearTimeout(arrival?.timer);
    this.arrival = null;
    level.interruptedAt = null;
    level.lossy?.taken();
    arrival?.resolve(ready);
  }

  private takeEnd(at: number, level: Level, done: Running, words: readonly string[]): void {
    const status = statusIn(words);
    if (status === null) {
      this.mistrust(level, `it said ${quotedWords(words)} for the end of a script`);
      return;
    }
    this.dropLevelsBehind(at, status);
    // One after the other: what is written before a helper waits for it could be echoed, and stand in the recording.
    if (this.leaving) this.write(byeLines(level.nonce));
    clearTimeout(done.timer);
    level.running = null;
    done.resolve(status);
  }

  /** The command that led to the next level has ended: it and all behind it are gone. */
  private dropLevelsBehind(at: number, status: number): void {
    const [lost, ...others] = this.levels.splice(at + 1);
    this.parser.leaveLevels(at + 1);
    if (!this.levels.some(({ beats }) => beats)) this.line.end();
    if (!lost) return;
    if (lost.lossy !== this.innermost?.lossy) lost.lossy?.close();
    for (const level of [lost, ...others]) clearTimeout(level.running?.timer);
    for (const level of [lost, ...others]) level.running?.reject(sessionLost(`${lost.name} ended with status ${status}`));
    if (lost !== this.leavingHop && !this.leaving) for (const listener of this.hopLostListeners) listener(lost.name, status);
  }

  private deliver(bytes: Buffer): void {
    this.arrival?.gate.saw(bytes);
    for (const listener of this.dataListeners) listener(bytes);
  }

  private ended(detail: string): void {
    const rest = this.parser.end();
    if (rest.length > 0) this.deliver(rest);
    this.giveUp(detail);
  }

  private giveUp(detail: string, error: Error = sessionLost(detail)): void {
    if (this.givenUp) return;
    this.givenUp = true;
    this.line.end();
    const cut = this.levels.splice(0);
    clearTimeout(this.arrival?.timer);
    for (const { running, lossy } of cut) {
      lossy?.close();
      clearTimeout(running?.timer);
      running?.reject(error);
    }
    if (!this.leaving) for (const listener of this.lostListeners) listener(detail);
  }
}

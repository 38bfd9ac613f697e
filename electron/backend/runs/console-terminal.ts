/**
 * The terminal of a run whose target is a console: lines are typed at it, and the steps of this machine run in a session beside
 * it. One view shows both; a marker in the recording and a line in the terminal say when it is the other one's turn.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TypedText } from '../../../shared/api/plan.ts';
import type { Prompt, RenderedText } from '../../../shared/topic-kit/index.ts';
import { escapeKey } from '../consoles/carriers/console-commands.ts';
import { asksAtConsole } from '../consoles/console-questions.ts';
import { ConsoleSession, type WaitOptions } from '../consoles/console-session.ts';
import { dialects } from '../consoles/console-way.ts';
import { goToDirectory, goToVolume } from '../consoles/uefi-volume.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { AnswerGate } from '../sessions/answer-gate.ts';
import { ByteTail } from '../sessions/byte-tail.ts';
import { hopPrompts } from '../sessions/hops/hop-prompts.ts';
import type { WayLimits } from '../sessions/hops/way-watch.ts';
import type { RunConsole } from '../targets/console-target.ts';
import type { RunTarget } from '../targets/run-target.ts';
import { RunTerminal, type TerminalEvents } from './run-terminal.ts';
import type { StepOutput } from './step-output.ts';

/** A server's self-test says nothing for minutes. */
const promptMs = 10 * 60_000;
/** Longer than any tool is silent while it writes; a question that waits for somebody does not count. */
const silenceMs = 15 * 60_000;
/** What the console says while it is not shown, e.g. during a command of this machine; more than that was long ago. */
const heldBytes = 256 * 1024;
const ctrlC = '\x03';

export class ConsoleTerminal extends RunTerminal {
  private readonly console: RunConsole;
  private line: ConsoleSession | null = null;
  private readonly gate: AnswerGate;
  private shown: 'console' | 'session' | null = null;
  private held = new ByteTail(heldBytes);
  /** What the console is waited for; null while it is not. */
  private waiting: { end: AbortController; interrupts: number } | null = null;

  constructor(folder: string, title: string, targets: ReadonlyMap<string, RunTarget>, console: RunConsole, events: TerminalEvents, secrets: RunSecrets) {
    super(folder, title, targets, events, secrets);
    this.console = console;
    this.gate = new AnswerGate(asksAtConsole(dialects[console.dialect]));
  }

  override get open(): boolean {
    return this.line !== null || this.waiting !== null || super.open;
  }

  /** Opens the console where it is not open, and waits for its prompt, on the file system that is meant. Throws WrenchbookError `session`. */
  override async ensureConsole(volume: TypedText['volume']): Promise<void> {
    await this.atConsole({ prompts: hopPrompts, limitMs: promptMs, runs: false }, async (options) => {
      const line = this.line ?? (await this.openLine());
      await line.waitForPrompt({ ...options, silenceMs: promptMs, knock: true });
      if (volume) await goToVolume(line, volume, options);
    });
  }

  override execute(text: RenderedText, prompts: readonly Prompt[], askStatus: boolean): Promise<{ exitStatus: number; text: string }> {
    return text.typed ? this.typeLines(text.typed, prompts, askStatus) : super.execute(text, prompts, askStatus);
  }

  /** Types the lines; resolves with what came after them. `status`: 1 where the console says that the last one failed. */
  private async typeLines(
    { directory, lines, restartMinutes }: TypedText,
    prompts: readonly Prompt[],
    askStatus: boolean,
  ): Promise<{ exitStatus: number; text: string }> {
    const limitMs = restartMinutes === null ? null : restartMinutes * 60_000;
    return this.atConsole({ prompts, limitMs, runs: true }, async (options) => {
      const { line } = this;
      if (!line) throw closed(this.console.name);
      if (directory !== null) await goToDirectory(line, directory, options);
      let said = '';
      let exitStatus = 0;
      for (const [index, words] of lines.entries()) {
        const last = index === lines.length - 1;
        const restarts = last && limitMs !== null;
        if (restarts) this.say(`The machine restarts. Waiting for its prompt, up to ${restartMinutes} minutes.`);
        const done = await line.command(words, { ...options, silenceMs: limitMs ?? silenceMs, restarts, status: last && askStatus });
        // After a restart the prompt is what the line was about.
        said += `${done.text}\n${restarts ? `${done.prompt}\n` : ''}`;
        if (done.status && !done.status.good) exitStatus = 1;
      }
      this.feed.flush();
      this.secrets.text(said);
      return { exitStatus, text: said };
    });
  }

  override async ensureSession(needsRoot: boolean): Promise<void> {
    this.show('session');
    await super.ensureSession(needsRoot);
  }
  override async run(script: string, prompts: readonly Prompt[], output?: StepOutput): Promise<{ exitStatus: number; text: string }> {
    this.show('session');
    return super.run(script, prompts, output);
  }

  /** At its prompt a console takes commands, and those are the plan's: only a question that is open is answered. */
  override type(data: string): void {
    if (this.shown === 'console') {
      this.feed.typed();
      if (this.waiting) this.typeThere(this.gate.pass(data) || (data.includes(ctrlC) ? ctrlC : ''));
    } else super.type(data);
  }
  protected override typeAnswer(data: string): void {
    if (this.shown === 'console') {
      this.gate.pass(data);
      this.typeThere(data);
    } else super.typeAnswer(data);
  }
  private typeThere(typed: string): void {
    const keys = typed.replaceAll(escapeKey, '');
    if (keys !== '') this.line?.type(keys);
    this.recordKeys(keys);
  }
  /** Ctrl-C for what runs there. A machine that starts has nobody who heeds it, nor does every tool: the second one ends the waiting. */
  override interrupt(): void {
    const { waiting } = this;
    if (this.shown !== 'console' || !waiting) super.interrupt();
    else if (waiting.interrupts-- > 0) this.line?.type(ctrlC);
    else waiting.end.abort();
  }
  protected override get lineEnd(): string {
    return this.shown === 'console' ? dialects[this.console.dialect].lineEnd : '\n';
  }

  override async endSession(): Promise<boolean> {
    this.waiting?.end.abort();
    const { line } = this;
    this.line = null;
    await line?.close();
    if (line) this.events.onConsole({ type: 'console-closed', name: this.console.name, how: 'left', detail: 'closed' });
    return super.endSession();
  }

  /** Gives the terminal to the console while `work` waits for it. `limitMs`: for how long in all; `runs`: something there may heed a Ctrl-C. */
  private async atConsole<T>(
    { prompts, limitMs, runs }: { prompts: readonly Prompt[]; limitMs: number | null; runs: boolean },
    work: (options: WaitOptions) => Promise<T>,
  ): Promise<T> {
    this.show('console');
    this.watchFor(prompts);
    const end = new AbortController();
    this.waiting = { end, interrupts: runs ? 1 : 0 };
    let late = false;
    const giveUp = () => {
      late = true;
      end.abort();
    };
    const limit = limitMs === null ? undefined : setTimeout(giveUp, limitMs);
    try {
      return await work({ signal: end.signal, asked: () => this.openPrompt !== null });
    } catch (thrown) {
      throw late ? tooLate(this.console.name, limitMs ?? 0) : thrown;
    } finally {
      clearTimeout(limit);
      this.waiting = null;
      this.watchNothing();
    }
  }

  private async openLine(): Promise<ConsoleSession> {
    const line = new ConsoleSession(await this.console.open(), dialects[this.console.dialect]);
    this.line = line;
    this.held = new ByteTail(heldBytes);
    line.onData((bytes) => this.gate.saw(bytes));
    line.onData((bytes) => (this.shown === 'console' ? this.take(bytes) : this.held.push(bytes)));
    line.carrier.onEnd((detail) => this.loseLine(line, detail));
    const { name, dialect } = this.console;
    this.events.onConsole({ type: 'console-opened', name, dialect: dialects[dialect].name });
    return line;
  }

  private loseLine(line: ConsoleSession, detail: string): void {
    if (this.line !== line) return;
    this.line = null;
    void line.close();
    this.events.onConsole({ type: 'console-closed', name: this.console.name, how: 'lost', detail });
  }

  private show(which: 'console' | 'session'): void {
    if (this.shown === which) return;
    this.shown = which;
    this.say(which === 'console' ? `${dialects[this.console.dialect].name}: ${this.console.name}` : 'This machine');
    if (which !== 'console') return;
    const missed = this.held.last();
    this.held = new ByteTail(heldBytes);
    if (missed.length > 0) this.take(missed);
  }
}

/** A run's terminal: of a console where the target is one; among several machines there is none. Throws `storage`. */
export function openTerminal(
  folder: string,
  title: string,
  targets: ReadonlyMap<string, RunTarget>,
  events: TerminalEvents,
  secrets: RunSecrets,
  limits: Partial<WayLimits> = {},
): RunTerminal {
  const [console] = [...targets.values()].flatMap((target) => target.console ?? []);
  return console ? new ConsoleTerminal(folder, title, targets, console, events, secrets) : new RunTerminal(folder, title, targets, events, secrets, limits);
}

const closed = (name: string) => new WrenchbookError('session', `The console ${name} is not open.`, 'Try again; it is opened again.');
const tooLate = (name: string, limitMs: number) =>
  new WrenchbookError(
    'session',
    `${name}: no prompt came within ${Math.round(limitMs / 60_000)} minutes.`,
    'Check the machine: is it on, and is it waiting for a choice? Bring it to its prompt, then try again.',
  );

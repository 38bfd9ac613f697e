/**
 * A run's one terminal: the session that executes scripts, the recording of what it shows, the feed to pages, and the
 * watch for questions. Knows nothing of steps; what it notices goes to its listeners.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TypedText } from '../../../shared/api/plan.ts';
import { type Prompt, type RenderedText, renderScript } from '../../../shared/topic-kit/index.ts';
import { wayName } from '../consoles/console-hop.ts';
import type { StreamRedactor } from '../redaction/redactor.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { SessionFiles } from '../sessions/files/session-files.ts';
import { hopPrompts, openLinePrompt } from '../sessions/hops/hop-prompts.ts';
import { isOwnQuestion, type SshAsks, sshAsksIn } from '../sessions/hops/own-question.ts';
import { type SshHop, sshSettingsScript } from '../sessions/hops/ssh-hop.ts';
import { type WayLimits, wayLimits } from '../sessions/hops/way-watch.ts';
import type { Session } from '../sessions/session.ts';
import { TerminalFeed } from '../sessions/terminal-feed.ts';
import { Connection, type ConnectionListener, type Size } from '../targets/connection.ts';
import type { RunTarget } from '../targets/run-target.ts';
import { clampSize } from '../terminal-size.ts';
import { plainLines } from './pasted-output.ts';
import { PromptWatch } from './prompt-watch.ts';
import { Recording } from './recording.ts';
import type { RecordingMark, RunEventBody } from './run-event.ts';
import { StepOutput } from './step-output.ts';
import { TerminalModes } from './terminal-modes.ts';
import { TypedKeys } from './typed-keys.ts';

/** What the connection tells is passed on, but for what the terminal itself does with it. */
type PassedOn = 'onOpened' | 'onHop' | 'onReached' | 'onLost' | 'onLeft' | 'onRootTrouble' | 'onDeaf';
export interface TerminalEvents extends Pick<ConnectionListener, PassedOn> {
  /** Something is about to be added to a recording that was there before. */
  onTakenUp(): void;
  /** A console was opened, or its line is gone. */
  onConsole(event: Extract<RunEventBody, { type: 'console-opened' | 'console-closed' }>): void;
  /** A question was opened, or the one that was open is gone because it was answered in the terminal. */
  onPrompt(before: Prompt | null, now: Prompt | null): void;
  /** Somebody typed while this way was being gone and nothing was asked: it reached nobody. Told once a way. */
  onKeysDropped(name: string): void;
}
type TerminalTarget = Pick<RunTarget, 'session' | 'way' | 'toRoot' | 'byHand' | 'name'>;

export class RunTerminal {
  readonly feed: TerminalFeed<object>;
  protected readonly recording: Recording;
  private readonly redacted: StreamRedactor;
  protected readonly secrets: RunSecrets;
  private readonly targets: ReadonlyMap<string, TerminalTarget>;
  /** The machine that what comes next is for; null where there are several and nobody has said which. */
  private wanted: string | null;
  protected readonly events: TerminalEvents;
  private readonly connection: Connection;
  private size: Size = { cols: 100, rows: 30 };
  /** Of the hop that is being gone. */
  private way: { keysDropped: boolean; ssh: SshAsks | null } = { keysDropped: false, ssh: null };
  private output: StepOutput | null = null;
  private watch: PromptWatch | null = null;
  private readonly keys = new TypedKeys();
  private readonly modes = new TerminalModes();
  private listen: ((bytes: Buffer) => void) | null = null;

  /** Opens the recording in the run's folder; a session is opened when the first script wants one. Throws `storage`. */
  constructor(
    folder: string,
    title: string,
    targets: ReadonlyMap<string, TerminalTarget>,
    events: TerminalEvents,
    secrets: RunSecrets,
    limits: Partial<WayLimits> = {},
  ) {
    this.secrets = secrets;
    this.redacted = secrets.stream();
    this.targets = targets;
    this.wanted = this.onlyOne;
    this.events = events;
    this.recording = new Recording(folder, { ...this.size, title }, () => events.onTakenUp());
    this.connection = new Connection(targets, this.size, { ...wayLimits, ...limits }, this.listener());
    this.feed = new TerminalFeed((paused) => (paused ? this.connection.pause() : this.connection.resume()));
  }

  private get onlyOne(): string | null {
    const [first, ...others] = this.targets.keys();
    return others.length === 0 ? (first ?? null) : null;
  }
  private get target(): TerminalTarget {
    const target = this.wanted === null ? undefined : this.targets.get(this.wanted);
    if (!target) throw nobodySaid();
    return target;
  }

  /** What comes next is for this machine; the session goes there once something wants it. */
  turnTo(machine: string): void {
    if (!this.targets.has(machine)) throw new TypeError(`The run has no machine "${machine}"`);
    this.wanted = machine;
  }

  get openPrompt(): Prompt | null {
    return this.watch?.open ?? null;
  }
  get open(): boolean {
    return this.connection.open;
  }

  /** Files of the target; what is read and written is neither shown nor recorded. Throws WrenchbookError `session`. */
  get files(): SessionFiles {
    return new SessionFiles(this.here);
  }

  /** Goes to the machine that what comes next is for, as `Connection.ensure` does. Does nothing for one that is not reached. */
  async ensureSession(needsRoot: boolean): Promise<void> {
    if (this.target.byHand || this.wanted === null) return;
    await this.connection.ensure(this.wanted, needsRoot);
  }

  /** After an action: root's rights are given back as `Connection.rest` does. Which machine comes next is said anew. */
  async rest(rootWantedOn: string | null): Promise<void> {
    this.wanted = this.onlyOne;
    await this.connection.rest(rootWantedOn);
  }

  /** Questions on the way are told like those of a step. */
  private listener(): ConnectionListener {
    const { events } = this;
    return {
      ...{ onHop: events.onHop, onLost: events.onLost, onLeft: events.onLeft, onRootTrouble: events.onRootTrouble, onDeaf: events.onDeaf },
      onReached: events.onReached,
      onSetOut: (machine) => {
        const { name } = this.targets.get(machine) ?? {};
        if (name !== undefined) this.say(name);
      },
      onData: (bytes) => this.take(bytes),
      onOpened: (ready) => {
        // The journal first: what is recorded behind a seal is of a session that it knows of.
        events.onOpened(ready);
        this.recording.resize(this.size.cols, this.size.rows);
      },
      onWay: async (session, hop) => {
        this.resetModes();
        this.watchFor(hopPrompts);
        this.way = { keysDropped: false, ssh: hop.kind === 'ssh' && this.secrets.brought !== null ? await sshAsks(session, hop) : null };
      },
      onWayEnd: () => this.watchNothing(),
      asked: () => this.openPrompt !== null,
      onOpenLine: () => {
        const before = this.openPrompt;
        if (this.watch?.stand(openLinePrompt, this.output?.ending() ?? '')) events.onPrompt(before, openLinePrompt);
      },
    };
  }

  /** Whether there is a link to the target that can be lost while this machine goes on. */
  get linked(): boolean {
    return this.wanted !== null && this.target.way.some(({ kind }) => kind !== 'lab');
  }

  /** Runs a script that nobody sees; resolves with its status and what it said. Throws WrenchbookError `session`. */
  async quietly(script: string): Promise<{ status: number; bytes: Buffer }> {
    const pieces: Buffer[] = [];
    const status = await this.here.runQuietly(script, (bytes) => pieces.push(bytes));
    return { status, bytes: Buffer.concat(pieces) };
  }

  /** Runs a script; resolves with its status and what it printed, as plain lines, after what is in `before`. Throws WrenchbookError `session`. */
  async run(script: string, prompts: readonly Prompt[], before?: StepOutput): Promise<{ exitStatus: number; text: string }> {
    const session = this.here;
    // What goes on from an earlier output goes on with its modes.
    if (!before) this.resetModes();
    const output = this.watchFor(prompts, before);
    try {
      const exitStatus = await session.run(script);
      // Judging and putting the recording on disk come next and take time; its last lines are not to wait for that.
      this.feed.flush();
      const text = output.text();
      // What a pattern marks in it is known from here on, also where it stands without the words around it.
      this.secrets.text(text);
      return { exitStatus, text };
    } finally {
      this.watchNothing();
    }
  }

  /** Runs a step's text. What is typed at a console needs one: see `ConsoleTerminal`. */
  async execute(text: RenderedText, prompts: readonly Prompt[], _askStatus: boolean): Promise<{ exitStatus: number; text: string }> {
    if (text.typed) throw noConsole();
    return this.run(text.script, prompts);
  }
  /** Opens the target's console, at its prompt, where it has one. */
  async ensureConsole(_volume: TypedText['volume']): Promise<void> {
    throw noConsole();
  }

  /** Tells what the terminal shows while this goes on. */
  async listening<T>(listen: (bytes: Buffer) => void, work: () => Promise<T>): Promise<T> {
    this.listen = listen;
    try {
      return await work();
    } finally {
      this.listen = null;
    }
  }

  /** Never on this machine what is meant for another one. */
  private get here(): Session {
    if (this.wanted === null) throw nobodySaid();
    return this.connection.at(this.wanted);
  }

  protected watchFor(prompts: readonly Prompt[], output: StepOutput = new StepOutput()): StepOutput {
    this.watch = new PromptWatch(prompts);
    this.output = output;
    return output;
  }
  protected watchNothing(): void {
    this.output = null;
    this.watch = null;
  }

  /**
   * The password that was brought, where the question that is open is one of the way's own: the program that is due asks it, by its own
   * words, with echo off. Throws `wrong-state` with what stands on the screen.
   */
  broughtAnswer(): string {
    const { secrets } = this;
    const { wayUnderWay: way, settingsHere: here } = this.connection;
    const line = this.lastLine;
    // ssh reads its own questions by the line; once it carries another machine's terminal it does not.
    const asksHere = here === null || (!here.echo && (way?.kind !== 'ssh' || here.lines));
    if (secrets.brought !== null && way && asksHere && isOwnQuestion(way, line, this.way.ssh)) return secrets.brought;
    throw new WrenchbookError(
      'wrong-state',
      `${way ? `${wayName(way)} does` : 'The way to the target does'} not ask for its password in its own words, with echo off: nothing was typed. On the screen: "${line.slice(-200)}"`,
      'Run it in a terminal to see what asks.',
    );
  }
  private get lastLine(): string {
    const ending = this.output?.ending() ?? '';
    return ending.slice(ending.lastIndexOf('\n') + 1);
  }

  /** Types the answer to the question that is open. */
  answer(value: string): void {
    this.watch?.answered();
    this.typeAnswer(`${value}${this.lineEnd}`);
  }
  protected typeAnswer(data: string): void {
    this.type(data);
  }
  protected get lineEnd(): string {
    return '\n';
  }
  type(data: string): void {
    this.feed.typed();
    const passed = this.connection.type(data);
    this.recordKeys(passed);
    const { wayUnderWay } = this.connection;
    if (!wayUnderWay || this.way.keysDropped || passed.length === data.length) return;
    this.way.keysDropped = true;
    this.events.onKeysDropped(wayName(wayUnderWay));
  }
  protected recordKeys(keys: string): void {
    this.recording.input(this.keys.take(keys));
  }
  interrupt(): void {
    this.connection.interrupt();
  }

  /** Takes the nearest size that a terminal can have. */
  resize(wantedCols: number, wantedRows: number): void {
    const { cols, rows } = clampSize(wantedCols, wantedRows);
    if (cols === this.size.cols && rows === this.size.rows) return;
    this.size = { cols, rows };
    this.connection.resize(this.size);
    if (this.connection.open) this.recording.resize(cols, rows);
  }

  private resetModes(): void {
    const reset = this.modes.takeReset();
    if (!reset) return;
    this.take(reset);
    this.modes.takeReset();
  }

  /** Marks a beginning in the recording; returns the moment. Everything before it is on disk afterwards. Throws `storage`. */
  beginning(title: string): { recordingMs: number; recordingMarker: number } {
    this.resetModes();
    this.recording.output(this.redacted.end());
    const name = this.wanted === null ? undefined : this.target.name;
    const recordingMarker = this.recording.marker(this.secrets.text(name === undefined ? title : `${title}, on ${name}`));
    return { recordingMs: this.recording.mark().ms, recordingMarker };
  }
  /** Where the recording stands, everything on disk. Throws `storage`. */
  mark(): RecordingMark {
    this.recording.output(this.redacted.end());
    return this.recording.mark();
  }

  /** Gives up the session, and the way that is being gone in it. */
  abandon(detail: string): void {
    this.connection.abandon(detail);
  }

  /** Ends the session and all that runs in it; resolves with whether there was one. */
  endSession(): Promise<boolean> {
    return this.connection.end();
  }
  /** After the session: gives viewers and the recording's file free. */
  close(): void {
    this.feed.close();
    this.recording.output(this.redacted.end());
    this.recording.close();
  }

  /** Takes what was pasted into the view and the recording; how a command ended is not known. */
  bring(pasted: string): { exitStatus: number; text: string } {
    const text = plainLines(pasted);
    this.take(Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n`));
    this.secrets.text(text);
    return { exitStatus: 0, text };
  }

  /** A word of Wrenchbook's own, in the terminal and its recording, and a mark there; no output of anything. */
  protected say(text: string): void {
    this.recording.marker(this.secrets.text(text));
    this.take(Buffer.from(`\r\n\x1b[1m── ${text} ──\x1b[0m\r\n`));
  }

  protected take(bytes: Buffer): void {
    this.modes.saw(bytes);
    // The page sees the admin's own terminal; what is kept is masked.
    this.recording.output(this.redacted.push(bytes));
    this.feed.push(bytes);
    this.listen?.(bytes);
    this.output?.push(bytes);
    if (!this.watch?.wanted || !this.output) return;
    const before = this.watch.open;
    const now = this.watch.look(this.output.ending());
    if (now !== before) this.events.onPrompt(before, now);
  }
}

/** What its own configuration lets ssh ask. */
async function sshAsks(session: Session, hop: SshHop): Promise<SshAsks | null> {
  let said = '';
  await session.runQuietly(
    renderScript(sshSettingsScript(hop), (file) => file),
    (bytes) => (said += bytes.toString()),
  );
  return sshAsksIn(said, hop.host);
}

const nobodySaid = () => new TypeError('Nobody has said on which machine of the run this is');
const noConsole = () => new TypeError('A line for a console, and the target has none');

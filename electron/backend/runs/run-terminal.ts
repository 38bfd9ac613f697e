/**
 * A run's one terminal: the session that executes scripts, the recording of what it shows, the feed to pages, and the
 * watch for questions. Knows nothing of steps; what it notices goes to its listeners.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TypedText } from '../../../shared/api/plan.ts';
import { type Prompt, type RenderedText, renderScript } from '../../../shared/topic-kit/index.ts';
import { enterWay, leaveConsole, type Way, wayName } from '../consoles/console-hop.ts';
import type { StreamRedactor } from '../redaction/redactor.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { SessionFiles } from '../sessions/files/session-files.ts';
import { hopName } from '../sessions/hops/hop.ts';
import { hopPrompts, openLinePrompt } from '../sessions/hops/hop-prompts.ts';
import { isOwnQuestion, type SshAsks, sshAsksIn } from '../sessions/hops/own-question.ts';
import { type SshHop, sshSettingsScript } from '../sessions/hops/ssh-hop.ts';
import { WayRefused, WaySilent } from '../sessions/hops/way-refused.ts';
import { type WayLimits, WayWatch, wayLimits } from '../sessions/hops/way-watch.ts';
import { Session, type SessionReady } from '../sessions/session.ts';
import { SessionLost } from '../sessions/session-lost.ts';
import { TerminalFeed } from '../sessions/terminal-feed.ts';
import type { RunTarget } from '../targets/run-target.ts';
import { clampSize } from '../terminal-size.ts';
import { plainLines } from './pasted-output.ts';
import { PromptWatch } from './prompt-watch.ts';
import { Recording } from './recording.ts';
import { RootRights } from './root-rights.ts';
import type { RecordingMark, RunEventBody } from './run-event.ts';
import { StepOutput } from './step-output.ts';
import { TerminalModes } from './terminal-modes.ts';
import { TypedKeys } from './typed-keys.ts';

export interface TerminalEvents {
  /** Something is about to be added to a recording that was there before. */
  onTakenUp(): void;
  onOpened(ready: SessionReady): void;
  /** A hop was entered, or left where there is nobody. */
  onHop(name: string, entered: SessionReady | null): void;
  /** The way to the target was gone; rejects where nothing is to be run there. */
  onReached(session: Session, machine: string): Promise<void>;
  /** The session, or a hop on the way to the target, ended without being asked to. */
  onLost(detail: string): void;
  /** The session was ended, as nothing is to be run there. */
  onLeft(): void;
  /** A console was opened, or its line is gone. */
  onConsole(event: Extract<RunEventBody, { type: 'console-opened' | 'console-closed' }>): void;
  /** Root's rights were to be given back between two steps, and that had trouble. */
  onRootTrouble(thrown: unknown): void;
  /** A question was opened, or the one that was open is gone because it was answered in the terminal. */
  onPrompt(before: Prompt | null, now: Prompt | null): void;
  /** Somebody typed while this way was being gone and nothing was asked: it reached nobody. Told once a way. */
  onKeysDropped(name: string): void;
  /** What runs has not heeded a Ctrl-C for so long; another one ends the session. */
  onDeaf(seconds: number): void;
}
type Size = { cols: number; rows: number };
type TerminalTarget = Pick<RunTarget, 'session' | 'way' | 'toRoot' | 'byHand' | 'name'>;

export class RunTerminal {
  readonly feed: TerminalFeed<object>;
  protected readonly recording: Recording;
  private readonly redacted: StreamRedactor;
  protected readonly secrets: RunSecrets;
  private readonly targets: ReadonlyMap<string, TerminalTarget>;
  /** The machine that what comes next is for; null where there are several and nobody has said which. */
  private wanted: string | null;
  /** The machine at which the session stands; null on the way. */
  private here: string | null = null;
  private readonly limits: WayLimits;
  protected readonly events: TerminalEvents;
  private session: Session | null = null;
  /** Whose rights scripts have now but for root's that were taken for steps, and on this machine. */
  private uid = 0;
  private ownUid = 0;
  private readonly root: RootRights;
  private size: Size = { cols: 100, rows: 30 };
  /** The way that is being gone; `end` ends the waiting for somebody to log in at a console. */
  private entering: { way: Way; end: AbortController; keysDropped: boolean; ssh: SshAsks | null } | null = null;
  private wayWatch: WayWatch | null = null;
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
    this.limits = { ...wayLimits, ...limits };
    this.root = new RootRights(
      this.limits.rootRestMs,
      () => this.leaveRoot(),
      (thrown) => events.onRootTrouble(thrown),
    );
    this.secrets = secrets;
    this.redacted = secrets.stream();
    this.targets = targets;
    this.wanted = this.onlyOne;
    this.events = events;
    this.recording = new Recording(folder, { ...this.size, title }, () => events.onTakenUp());
    this.feed = new TerminalFeed((paused) => (paused ? this.session?.pause() : this.session?.resume()));
  }

  private get onlyOne(): string | null {
    const [first, ...others] = this.targets.keys();
    return others.length === 0 ? (first ?? null) : null;
  }
  private get target(): TerminalTarget {
    const target = this.wanted === null ? undefined : this.targets.get(this.wanted);
    if (!target) throw new TypeError('Nobody has said on which machine of the run this is');
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
    return this.session !== null;
  }

  /** Files of the target; what is read and written is neither shown nor recorded. Throws WrenchbookError `session`. */
  get files(): SessionFiles {
    return new SessionFiles(this.wholeWay());
  }

  /**
   * Opens a session and goes the way to the target where there is none, from another machine by the way back from there, and takes root's
   * rights where they are needed. Questions on the way are told like those of a step. Does nothing for a machine that is not reached.
   * Throws WrenchbookError `session`.
   */
  async ensureSession(needsRoot: boolean): Promise<void> {
    const { toRoot, byHand } = this.target;
    if (byHand) return;
    await this.root.settle();
    if (this.here !== null && this.here !== this.wanted) await this.leaveMachine();
    if (!this.session?.open) await this.openSession();
    if (this.here !== this.wanted) await this.goToMachine();
    if (!needsRoot) await this.root.giveBack();
    if (!needsRoot || !toRoot || this.uid === 0 || this.root.taken) return;
    const before = this.uid;
    await this.enter(toRoot);
    this.root.take();
    this.uid = before;
  }

  /**
   * After an action: gives root's rights back that were taken for a step, unless the next one needs them too, on that machine; then they are given
   * back when it has not begun after a while. Which machine comes next is said anew.
   */
  async rest(rootWantedOn: string | null): Promise<void> {
    this.wanted = this.onlyOne;
    if (rootWantedOn !== null && rootWantedOn === this.here) this.root.keepForNext();
    else await this.root.giveBack();
  }
  private async leaveRoot(): Promise<void> {
    const { toRoot } = this.standing ?? {};
    if (!this.session?.open || !toRoot) return;
    await this.session.leaveHop();
    this.events.onHop(hopName(toRoot), null);
  }
  private get standing(): TerminalTarget | undefined {
    return this.here === null ? undefined : this.targets.get(this.here);
  }

  /** Back to where all ways begin. A login at a console is left with its session only. */
  private async leaveMachine(): Promise<void> {
    const way = this.standing?.way ?? [];
    if (way.some(({ kind }) => kind === 'console')) {
      if (await this.endSession()) this.events.onLeft();
      return;
    }
    await this.root.giveBack();
    this.here = null;
    for (const hop of way.toReversed()) {
      await this.session?.leaveHop();
      this.events.onHop(wayName(hop), null);
    }
    this.uid = this.ownUid;
  }

  private async openSession(): Promise<void> {
    const options = await this.target.session(this.size);
    const { session, ready } = await Session.open({ ...options, ...this.size }); // it may have changed meanwhile
    this.session = session;
    this.here = null;
    this.root.forget();
    this.uid = ready.uid;
    this.ownUid = ready.uid;
    // The journal first: what is recorded behind a seal is of a session that it knows of.
    this.events.onOpened(ready);
    session.onData((bytes) => this.take(bytes));
    session.onLost((detail) => this.lose(session, detail));
    session.onDeaf((seconds) => this.events.onDeaf(seconds));
    session.onHopLost((name, status) => this.lose(session, `${name} ended with status ${status}`));
    this.recording.resize(this.size.cols, this.size.rows);
  }

  /** From where all ways begin. */
  private async goToMachine(): Promise<void> {
    const { target, wanted } = this;
    if (target.name !== undefined) this.say(target.name);
    for (const hop of target.way) await this.enter(hop);
    const { session } = this;
    if (!session) throw noTerminal();
    this.here = wanted;
    try {
      await this.events.onReached(session, wanted ?? '');
    } catch (thrown) {
      await this.endSession();
      this.events.onLeft();
      throw thrown;
    }
  }

  private async enter(hop: Way): Promise<void> {
    const { session } = this;
    if (!session) throw noTerminal();
    this.resetModes();
    const output = this.watchFor(hopPrompts);
    try {
      const end = new AbortController();
      // Before the way is gone: on it, ssh has the terminal.
      const ssh = hop.kind === 'ssh' && this.secrets.brought !== null ? await this.sshAsks(session, hop) : null;
      this.entering = { way: hop, end, keysDropped: false, ssh };
      const entry = { signal: end.signal, asked: () => this.openPrompt !== null };
      const outcome = await Promise.race([enterWay(session, hop, entry), this.silenceOn(session, hop)]);
      if ('status' in outcome) throw new WayRefused(hop, outcome.status, output.text());
      this.uid = outcome.entered.uid;
      this.events.onHop(wayName(hop), outcome.entered);
    } catch (thrown) {
      // Half the way is no place to run anything.
      this.lose(session, `${wayName(hop)} was not reached`);
      throw thrown;
    } finally {
      this.wayWatch?.end();
      this.wayWatch = null;
      this.entering = null;
      this.watchNothing();
    }
  }

  /** Rejects when nothing will come of the way; a machine that starts at a console may be silent for long. */
  private silenceOn(session: Session, hop: Way): Promise<never> {
    return new Promise((_, reject) => {
      if (hop.kind === 'console') return;
      this.wayWatch = new WayWatch(this.limits, {
        onQuestion: () => {
          session.takeAsQuestion();
          const before = this.openPrompt;
          if (this.watch?.stand(openLinePrompt, this.output?.ending() ?? '')) this.events.onPrompt(before, openLinePrompt);
        },
        onOver: (trouble) => reject(new WaySilent(hop, trouble)),
      });
    });
  }

  private lose(session: Session, detail: string): void {
    if (this.session !== session) return;
    this.session = null;
    this.here = null;
    this.root.forget();
    void session.close();
    this.events.onLost(detail);
  }

  /** Whether there is a link to the target that can be lost while this machine goes on. */
  get linked(): boolean {
    return this.wanted !== null && this.target.way.some(({ kind }) => kind !== 'lab');
  }

  /** Runs a script that nobody sees; resolves with its status and what it said. Throws WrenchbookError `session`. */
  async quietly(script: string): Promise<{ status: number; bytes: Buffer }> {
    const pieces: Buffer[] = [];
    const status = await this.wholeWay().runQuietly(script, (bytes) => pieces.push(bytes));
    return { status, bytes: Buffer.concat(pieces) };
  }

  /** Runs a script; resolves with its status and what it printed, as plain lines, after what is in `before`. Throws WrenchbookError `session`. */
  async run(script: string, prompts: readonly Prompt[], before?: StepOutput): Promise<{ exitStatus: number; text: string }> {
    const session = this.wholeWay();
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
  private wholeWay(): Session {
    if (!this.session) throw noTerminal();
    const there = this.here === this.wanted && this.session.hops === this.target.way.length + (this.root.taken ? 1 : 0);
    if (there) return this.session;
    this.lose(this.session, 'the path to the target is no longer complete');
    throw noTerminal();
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

  private async sshAsks(session: Session, hop: SshHop): Promise<SshAsks | null> {
    let said = '';
    await session.runQuietly(
      renderScript(sshSettingsScript(hop), (file) => file),
      (bytes) => (said += bytes.toString()),
    );
    return sshAsksIn(said, hop.host);
  }

  /**
   * The password that was brought, where the question that is open is one of the way's own: the program that is due asks it, by its own
   * words, with echo off. Throws `wrong-state` with what stands on the screen.
   */
  broughtAnswer(): string {
    const { entering, session, secrets } = this;
    const line = this.lastLine;
    const here = session?.settingsHere ?? null;
    // ssh reads its own questions by the line; once it carries another machine's terminal it does not.
    const asksHere = here === null || (!here.echo && (entering?.way.kind !== 'ssh' || here.lines));
    if (secrets.brought !== null && entering && asksHere && isOwnQuestion(entering.way, line, entering.ssh)) return secrets.brought;
    throw new WrenchbookError(
      'wrong-state',
      `${entering ? `${wayName(entering.way)} does` : 'The way to the target does'} not ask for its password in its own words, with echo off: nothing was typed. On the screen: "${line.slice(-200)}"`,
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
    const passed = this.session?.type(data) ?? '';
    if (passed !== '') this.wayWatch?.typed();
    this.recordKeys(passed);
    const { entering } = this;
    if (!entering || entering.keysDropped || passed.length === data.length) return;
    entering.keysDropped = true;
    this.events.onKeysDropped(wayName(entering.way));
  }
  protected recordKeys(keys: string): void {
    this.recording.input(this.keys.take(keys));
  }
  interrupt(): void {
    this.entering?.end.abort();
    this.session?.interrupt();
  }

  /** Takes the nearest size that a terminal can have. */
  resize(wantedCols: number, wantedRows: number): void {
    const { cols, rows } = clampSize(wantedCols, wantedRows);
    if (cols === this.size.cols && rows === this.size.rows) return;
    this.size = { cols, rows };
    if (!this.session) return;
    this.session.resize(cols, rows);
    this.recording.resize(cols, rows);
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
    if (this.session) this.lose(this.session, detail);
  }

  /** Ends the session and all that runs in it; resolves with whether there was one. */
  async endSession(): Promise<boolean> {
    this.root.forget();
    const { session, standing } = this;
    this.session = null;
    this.here = null;
    if (session?.hops && standing?.way.some(({ kind }) => kind === 'console')) await leaveConsole(session);
    await session?.close();
    return session !== null;
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
    this.wayWatch?.saw(bytes);
    if (!this.watch?.wanted || !this.output) return;
    const before = this.watch.open;
    const now = this.watch.look(this.output.ending());
    if (now !== before) this.events.onPrompt(before, now);
  }
}

const noTerminal = () => new SessionLost('it is not open', 'Try again; a new one is opened.');
const noConsole = () => new TypeError('A line for a console, and the target has none');

/**
 * A run's one terminal: the session that executes scripts, the recording of what it shows, the feed to pages, and the
 * watch for questions. Knows nothing of steps; what it notices goes to its listeners.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Prompt } from '../../../shared/topic-kit/index.ts';
import type { StreamRedactor } from '../redaction/redactor.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { SessionFiles } from '../sessions/files/session-files.ts';
import { Session, type SessionOptions, type SessionReady } from '../sessions/session.ts';
import { TerminalFeed } from '../sessions/terminal-feed.ts';
import { PromptWatch } from './prompt-watch.ts';
import { Recording } from './recording.ts';
import type { RecordingMark } from './run-event.ts';
import { StepOutput } from './step-output.ts';

export interface TerminalEvents {
  onOpened(ready: SessionReady): void;
  /** The session ended without being asked to. */
  onLost(detail: string): void;
  /** A question was opened, or the one that was open is gone because it was answered in the terminal. */
  onPrompt(before: Prompt | null, now: Prompt | null): void;
}
type Size = { cols: number; rows: number };

export class RunTerminal {
  readonly feed: TerminalFeed<object>;
  private readonly recording: Recording;
  private readonly redacted: StreamRedactor;
  private readonly secrets: RunSecrets;
  private readonly sessionOptions: (size: Size) => SessionOptions;
  private readonly events: TerminalEvents;
  private session: Session | null = null;
  private size: Size = { cols: 100, rows: 30 };
  private output: StepOutput | null = null;
  private watch: PromptWatch | null = null;

  /** Opens the recording in the run's folder; a session is opened when the first script wants one. Throws `storage`. */
  constructor(folder: string, title: string, sessionOptions: (size: Size) => SessionOptions, events: TerminalEvents, secrets: RunSecrets) {
    this.secrets = secrets;
    this.redacted = secrets.stream();
    this.sessionOptions = sessionOptions;
    this.events = events;
    this.recording = new Recording(folder, { ...this.size, title });
    this.feed = new TerminalFeed((paused) => (paused ? this.session?.pause() : this.session?.resume()));
  }

  get openPrompt(): Prompt | null {
    return this.watch?.open ?? null;
  }
  get open(): boolean {
    return this.session !== null;
  }

  /** Files of the target; what is read and written is neither shown nor recorded. Throws WrenchbookError `session`. */
  get files(): SessionFiles {
    if (!this.session) throw noTerminal();
    return new SessionFiles(this.session);
  }

  async ensureSession(): Promise<void> {
    if (this.session?.open) return;
    const { session, ready } = await Session.open(this.sessionOptions(this.size));
    this.session = session;
    session.onData((bytes) => this.take(bytes));
    session.onLost((detail) => {
      this.session = null;
      this.events.onLost(detail);
    });
    this.recording.resize(this.size.cols, this.size.rows);
    this.events.onOpened(ready);
  }

  /** Runs a script; resolves with its status and what it printed, as plain lines. Throws WrenchbookError `session`. */
  async run(script: string, prompts: readonly Prompt[]): Promise<{ exitStatus: number; text: string }> {
    if (!this.session) throw noTerminal();
    const output = new StepOutput();
    this.output = output;
    this.watch = new PromptWatch(prompts);
    try {
      const exitStatus = await this.session.run(script);
      // Judging and putting the recording on disk come next and take time; its last lines are not to wait for that.
      this.feed.flush();
      const text = output.text();
      // What a pattern marks in it is known from here on, also where it stands without the words around it.
      this.secrets.text(text);
      return { exitStatus, text };
    } finally {
      this.output = null;
      this.watch = null;
    }
  }

  /** Types the answer to the question that is open. */
  answer(value: string): void {
    this.watch?.answered();
    this.type(`${value}\n`);
  }
  type(data: string): void {
    this.feed.typed();
    this.session?.type(data);
  }
  interrupt(): void {
    this.session?.interrupt();
  }

  resize(cols: number, rows: number): void {
    if (cols === this.size.cols && rows === this.size.rows) return;
    this.size = { cols, rows };
    if (!this.session) return;
    this.session.resize(cols, rows);
    this.recording.resize(cols, rows);
  }

  /** Marks a beginning in the recording; returns the moment. Everything before it is on disk afterwards. Throws `storage`. */
  beginning(title: string): { recordingMs: number; recordingMarker: number } {
    this.recording.output(this.redacted.end());
    const recordingMarker = this.recording.marker(this.secrets.text(title));
    return { recordingMs: this.recording.mark().ms, recordingMarker };
  }
  /** Where the recording stands, everything on disk. Throws `storage`. */
  mark(): RecordingMark {
    this.recording.output(this.redacted.end());
    return this.recording.mark();
  }

  /** Ends the session and all that runs in it; resolves with whether there was one. */
  async endSession(): Promise<boolean> {
    const session = this.session;
    this.session = null;
    await session?.close();
    return session !== null;
  }
  /** After the session: gives viewers and the recording's file free. */
  close(): void {
    this.feed.close();
    this.recording.output(this.redacted.end());
    this.recording.close();
  }

  private take(bytes: Buffer): void {
    // The page sees the admin's own terminal; what is kept is masked.
    this.recording.output(this.redacted.push(bytes));
    this.feed.push(bytes);
    this.output?.push(bytes);
    if (!this.watch?.wanted || !this.output) return;
    const before = this.watch.open;
    const now = this.watch.look(this.output.ending());
    if (now !== before) this.events.onPrompt(before, now);
  }
}

const noTerminal = () => new WrenchbookError('session', 'There is no open terminal.', 'Try again; a new one is opened.');

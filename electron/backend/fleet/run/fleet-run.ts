/**
 * One fleet run that is open for work: starts ansible-playbook on a pseudo-terminal, takes the plugin's events into the signed journal, and
 * stops it. Holds the run's lock from `begin` to the end of the attempt.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { AttemptKind, FleetNews, FleetState } from '../../../../shared/api/fleet.ts';
import type { Caller } from '../../../../shared/wire/dispatcher.ts';
import { sealRun } from '../../bundles/run-seal.ts';
import type { KeyRing } from '../../keys/key-ring.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { RunSecrets } from '../../redaction/run-secrets.ts';
import { Recording } from '../../runs/recording.ts';
import { lockRun } from '../../runs/run-lock.ts';
import { bootId, startTicks } from '../../sessions/process-family.ts';
import { PtyProcess } from '../../sessions/pty-process.ts';
import { TerminalFeed } from '../../sessions/terminal-feed.ts';
import type { FleetEventBody, FollowUp } from '../record/fleet-event.ts';
import { FleetFold } from '../record/fleet-fold.ts';
import { FleetJournal, fleetJournalFile, readFleetJournal } from '../record/fleet-journal.ts';
import { fleetNews, fleetState } from '../record/fleet-view.ts';
import { ansibleArguments, ansibleEnvironment } from './ansible-command.ts';
import { EventTail } from './event-tail.ts';
import { needSecrets } from './needed-secrets.ts';
import { outlivingPids, signalAll } from './outliving.ts';
import { checkPlaybook } from './playbook-folder.ts';
import { type SecretPipe, secretPipe } from './secret-pipe.ts';

export interface FleetSurroundings {
  dataFolder: string;
  /** Folder with the callback plugin. */
  pluginFolder: string;
  keys: KeyRing;
  ledger: Ledger;
  onNews(news: FleetNews): void;
  log(line: string): void;
}
export interface StartOptions {
  kind: AttemptKind;
  ansible: { path: string; version: string };
  secrets: Readonly<Record<string, string>>;
  /** For becoming root and for ssh; both optional. */
  passwords: { become?: string | undefined; ssh?: string | undefined };
  cols: number;
  rows: number;
}
type Outcome = { status: number | null };

const lookMs = 150;
const outliveLookMs = 500;
/** Ansible ends its workers after a Ctrl-C; one that hangs in a connection does not. */
const graceMs = 15_000;
const playbookIn = (folder: string) => path.join(folder, 'playbook');

export class FleetRun {
  readonly runId: string;
  readonly folder: string;
  fold = new FleetFold();
  readonly feed = new TerminalFeed<Caller>((paused) => (paused ? this.pty?.pause() : this.pty?.resume()));
  private readonly around: FleetSurroundings;
  private journalBytes = -1;
  private open: { journal: FleetJournal; unlock: () => void } | null = null;
  private pty: PtyProcess | null = null;
  private outlived = false;
  private timer: NodeJS.Timeout | null = null;
  private killTimer: NodeJS.Timeout | null = null;
  private tail: EventTail | null = null;
  private settle: (() => void)[] = [];

  /** `folder`: of an archived one, where it was unpacked. */
  constructor(runId: string, folder: string, around: FleetSurroundings) {
    this.runId = runId;
    this.folder = folder;
    this.around = around;
    this.read();
  }

  /** Whether an attempt is under way here. */
  get busy(): boolean {
    return this.open !== null;
  }
  get state(): FleetState {
    return fleetState(this.fold, playbookIn(this.folder), this.live);
  }
  private get live(): FleetState['live'] {
    return this.open === null || !this.fold.running ? 'no' : this.outlived ? 'outlived' : 'here';
  }

  /** The journal as it is now, should another process have written to it. */
  refresh(): void {
    if (!this.busy && statSync(fleetJournalFile(this.folder)).size !== this.journalBytes) this.read();
  }

  /**
   * What became of an attempt that nobody ended: its Ansible is found running and followed to its end, or known to be gone. Throws `locked`
   * where another Wrenchbook has it.
   */
  recover(): void {
    if (this.busy || !this.fold.running) return;
    this.takeOver();
    try {
      const attempt = this.fold.attempt;
      if (!attempt || !this.fold.running) {
        this.letGo();
        return;
      }
      this.tail = new EventTail(this.eventsFile(attempt.number), attempt.events);
      this.outlived = true;
      this.takeEvents();
      const alive = () => outlivingPids(this.runId, attempt.process).length > 0;
      if (!alive()) {
        this.endOutlived();
        return;
      }
      this.timer = setInterval(() => {
        this.takeOrStop();
        if (!alive()) this.endOutlived();
      }, outliveLookMs);
      this.tell();
    } catch (thrown) {
      this.letGo();
      throw thrown;
    }
  }

  /** Starts an attempt; resolves when Ansible runs. Throws `wrong-state`, `locked`, `not-intact`, `ledger-damaged`, `session`, `storage`. */
  async begin(options: StartOptions): Promise<void> {
    const { findings } = await this.around.ledger.read();
    if (findings.length > 0)
      throw new WrenchbookError('ledger-damaged', `The ledger of this data folder is damaged: ${findings[0]}.`, 'See "wrenchbook storage renew-ledger".');
    if (this.busy) throw alreadyRunning();
    this.takeOver();
    try {
      const hosts = this.fold.running ? [] : this.fold.firstFor(options.kind);
      if (this.fold.running) throw alreadyRunning();
      if (hosts.length === 0) throw new WrenchbookError('wrong-state', `There is no host to ${wordOf[options.kind]}.`, 'See what the fleet run offers.');
      needSecrets(options, this.fold.created?.secrets ?? []);
      checkPlaybook(playbookIn(this.folder), this.fold.created?.files ?? []);
      this.launch(options, hosts);
    } catch (thrown) {
      this.letGo();
      throw thrown;
    }
  }

  /** Ctrl-C first; again, or after a while without effect, all of its processes are killed. */
  stop(kill: boolean): void {
    const attempt = this.fold.attempt;
    if (!this.busy || !this.fold.running || !attempt) throw new WrenchbookError('wrong-state', 'Nothing is running here.', 'Open the fleet run again.');
    const hard = kill || attempt.stopped;
    this.write({ type: 'stop-asked', attempt: attempt.number, how: hard ? 'kill' : 'ctrl-c' });
    this.tell();
    if (hard) {
      this.kill();
      return;
    }
    if (this.pty) this.pty.write('\x03');
    else signalAll(outlivingPids(this.runId, attempt.process), 'SIGINT');
    this.killTimer ??= setTimeout(() => this.kill(), graceMs);
  }

  resize(cols: number, rows: number): void {
    this.pty?.resize(cols, rows);
  }

  /** Resolves when nothing is under way here. */
  rest(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.settle.push(resolve)) : Promise.resolve();
  }

  /** The app ends: Ansible is stopped as by Ctrl-C, and after a moment killed. What outlived an earlier Wrenchbook goes on. */
  async close(): Promise<void> {
    if (this.pty && this.fold.running) {
      this.stop(false);
      await Promise.race([this.rest(), new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
      await this.pty?.endAll();
      await this.rest();
    } else this.letGo();
    this.feed.close();
  }

  private read(): void {
    const { events, intactBytes } = readFleetJournal(this.folder);
    this.fold = new FleetFold();
    for (const event of events) this.fold.apply(event);
    this.fold.takeDirty();
    this.journalBytes = intactBytes;
  }

  private takeOver(): void {
    const unlock = lockRun(this.folder);
    try {
      const journal = new FleetJournal(this.folder, this.around.keys.signing);
      const { fingerprint } = readFleetJournal(this.folder);
      if (fingerprint === null || !this.around.keys.isOwn(fingerprint)) {
        journal.close();
        throw new WrenchbookError(
          'not-intact',
          `The fleet run ${this.runId} was not signed by this workstation.`,
          'It can be read. Start a new fleet run here.',
        );
      }
      this.read();
      this.open = { journal, unlock };
    } catch (thrown) {
      unlock();
      throw thrown;
    }
  }

  private stopTimers(): void {
    if (this.timer) clearInterval(this.timer);
    if (this.killTimer) clearTimeout(this.killTimer);
    [this.timer, this.killTimer] = [null, null];
  }

  private letGo(): void {
    this.stopTimers();
    [this.tail, this.outlived, this.pty] = [null, false, null];
    if (this.open) {
      this.journalBytes = this.open.journal.end.journal.bytes;
      this.open.journal.close();
      this.open.unlock();
    }
    this.open = null;
    for (const resolve of this.settle.splice(0)) resolve();
  }

  private launch(options: StartOptions, hosts: readonly string[], follows?: FollowUp): void {
    const { kind, ansible, secrets, passwords, cols, rows } = options;
    const number = this.fold.attempts.length + 1;
    const limit = `limit-${number}.txt`;
    writeFileSync(path.join(this.folder, limit), `${hosts.join('\n')}\n`, { mode: 0o600, flush: true });
    const values = {
      ...secrets,
      ...(passwords.become && { ansible_become_password: passwords.become }),
      ...(passwords.ssh && { ansible_password: passwords.ssh }),
    };
    const known = new RunSecrets({});
    known.give(values);
    const pipe: SecretPipe | null = Object.keys(values).length > 0 ? secretPipe(values) : null;
    try {
      const args = ansibleArguments(kind, path.join(this.folder, limit), pipe?.file ?? null);
      const shown = [path.basename(ansible.path), ...args].join(' ');
      this.write({ type: 'attempt-started', attempt: number, kind, hosts: [...hosts], command: shown, ansible: ansible.version, ...(follows && { follows }) });
      const recording = new Recording(this.folder, { cols, rows, title: this.fold.created?.title ?? this.runId });
      recording.marker(`attempt ${number}: ${kind}`);
      this.tail = new EventTail(this.eventsFile(number));
      const pty = new PtyProcess({
        program: ansible.path,
        args,
        folder: playbookIn(this.folder),
        environment: ansibleEnvironment({
          ...{ runId: this.runId, pluginFolder: this.around.pluginFolder },
          ...{ eventsFile: this.eventsFile(number), secretNames: Object.keys(secrets) },
        }),
        cols,
        rows,
      });
      this.pty = pty;
      const redacted = known.stream();
      const show = (bytes: Buffer) => {
        if (bytes.length === 0) return;
        recording.output(bytes);
        this.feed.push(bytes);
      };
      pty.onData((bytes) => show(redacted.push(bytes)));
      this.write({ type: 'attempt-process', attempt: number, pid: pty.pid, started: startTicks(pty.pid), boot: bootId() });
      this.timer = setInterval(() => this.takeOrStop(), lookMs);
      pty.onExit(({ status, signal }) => {
        show(redacted.end());
        pipe?.close();
        this.end(number, { status: signal === null ? status : 128 + signal }, recording, options);
      });
      this.tell();
    } catch (thrown) {
      pipe?.close();
      throw thrown;
    }
  }

  private end(number: number, { status }: Outcome, recording: Recording, options: StartOptions): void {
    try {
      this.takeEvents();
      const mark = recording.mark();
      recording.close();
      this.finish({ type: 'attempt-ended', attempt: number, status, recording: mark });
      sealRun(this.folder, { runId: this.runId, ...this.end_, recording: { bytes: mark.bytes, sha256: mark.sha256 }, ledger: null }, this.around.keys.signing);
      if (this.goesOn(options)) return;
    } catch (thrown) {
      this.around.log(`fleet run ${this.runId}: its end was not written: ${(thrown as Error).message}`);
    }
    this.letGo();
    this.tell();
  }

  /** Starts what comes by itself behind an attempt, with the same secrets; false where nothing does. */
  private goesOn(options: StartOptions): boolean {
    const { next } = this.fold;
    if (!next) return false;
    this.stopTimers();
    this.launch({ ...options, kind: next.kind }, next.hosts, next.follows);
    return true;
  }

  private endOutlived(): void {
    const attempt = this.fold.attempt;
    try {
      this.takeEvents();
      if (!attempt) return;
      const { number } = attempt;
      if (this.fold.counted) this.finish({ type: 'attempt-ended', attempt: number, status: null, recording: null });
      else this.finish({ type: 'attempt-lost', attempt: number, because: 'Wrenchbook was ended while Ansible ran, and Ansible ended without its summary.' });
    } finally {
      this.letGo();
      this.tell();
    }
  }

  private finish(event: FleetEventBody): void {
    this.write(event);
    const { seq, digest } = this.end_;
    this.around.ledger.append({ type: 'sealed', runId: this.runId, event: seq, digest });
  }

  private get end_(): FleetJournal['end'] {
    if (!this.open) throw new Error('the journal is closed');
    return this.open.journal.end;
  }

  private takeEvents(): void {
    const attempt = this.fold.attempt;
    const events = this.tail?.take() ?? [];
    if (!attempt || events.length === 0) return;
    this.write(...events.map((event): FleetEventBody => ({ type: 'ansible', attempt: attempt.number, event })));
    this.tell();
  }

  /** What can't be recorded is not gone on with; the plugin's file has it, and it is taken in when the run is opened next. */
  private takeOrStop(): void {
    try {
      this.takeEvents();
    } catch (thrown) {
      this.around.log(`fleet run ${this.runId} is stopped: ${(thrown as Error).message}`);
      if (this.timer) clearInterval(this.timer);
      this.pty?.write('\x03');
      this.killTimer ??= setTimeout(() => this.kill(), graceMs);
    }
  }

  private write(...events: FleetEventBody[]): void {
    for (const event of this.open?.journal.append(...events) ?? []) this.fold.apply(event);
  }

  private tell(): void {
    this.around.onNews(fleetNews(this.fold, this.state));
  }
  private kill(): void {
    if (this.pty) void this.pty.endAll();
    else signalAll(outlivingPids(this.runId, this.fold.attempt?.process ?? null), 'SIGKILL');
  }
  private eventsFile(attempt: number): string {
    return path.join(this.folder, `events-${attempt}.jsonl`);
  }

  /** A file of the playbook, as it was shown. Throws `not-intact`. */
  intactFile(name: string): string {
    checkPlaybook(playbookIn(this.folder), this.fold.created?.files ?? []);
    return readFileSync(path.join(playbookIn(this.folder), name), 'utf8');
  }
  /** The playbook's files, for showing. */
  files(): { path: string; text: string }[] {
    return (this.fold.created?.files ?? []).map(({ path: name }) => ({ path: name, text: readFileSync(path.join(playbookIn(this.folder), name), 'utf8') }));
  }
}

const wordOf: Record<AttemptKind, string> = {
  check: 'check',
  apply: 'run it on',
  retry: 'retry',
  resume: 'continue with',
  undo: 'undo: nothing was changed, or everything is undone',
};
const alreadyRunning = () => new WrenchbookError('wrong-state', 'Ansible is running for this fleet run already.', 'Wait for its end, or stop it.');

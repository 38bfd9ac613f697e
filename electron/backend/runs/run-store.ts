/** The runs of a data folder: reads them, begins new ones, and keeps those that are open in this process. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { attentionOf } from '../../../shared/api/attention.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { RunMachine } from '../../../shared/api/machine.ts';
import type { MediaProgress } from '../../../shared/api/media.ts';
import type { InputFile, Plan } from '../../../shared/api/plan.ts';
import { isUnderWay, type RunState, type RunSummary } from '../../../shared/api/run.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { readSeal, sealRun } from '../bundles/run-seal.ts';
import { holdsAll, wholeRecording } from '../bundles/whole-seal.ts';
import { refusal } from '../custody/refusal.ts';
import type { RunCustody } from '../custody/run-custody.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ledgerHead } from '../ledger/ledger-file.ts';
import { RunSecrets } from '../redaction/run-secrets.ts';
import type { Silence } from '../sessions/hops/way-watch.ts';
import { storageError } from '../storage-error.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { prepareLab } from '../targets/lab-target.ts';
import { procedures } from '../topics/topic-registry.ts';
import { Journal, readJournal } from './journal.ts';
import { planDiffers } from './replan.ts';
import { type RecordEnd, RunController, unvouchedText } from './run-controller.ts';
import { draftPrefix, removeAbandonedDrafts } from './run-drafts.ts';
import { foldRun, type RunRecord } from './run-fold.ts';
import { lockRun } from './run-lock.ts';
import { type ReadOnly, runState, runSummary } from './run-view.ts';
import { syncFolder } from './sync-folder.ts';

export interface StoreOptions {
  dataFolder: string;
  assetsFolder: string;
  /** Another ssh configuration than the user's own. */
  sshConfig?: string | undefined;
  silence?: Silence;
  /** The targets that a run can name. */
  book: TargetBook;
  version: string;
  keys: KeyRing;
  /** Where it is noted how far each run had come when it was left or ended. */
  ledger: Ledger;
  /** What is asked before a run is gone on with. */
  custody: RunCustody;
  /** Runs that are not in their folder any more. */
  elsewhere: {
    isArchived(runId: string): boolean;
    /** Where an archived run can be read; null where it was not unpacked. */
    folder(runId: string): string | null;
    /** Why there is no such run; null where nothing is known of it. */
    missing(runId: string): WrenchbookError | null;
  };
  onChange(state: RunState): void;
  /** What the target of an open run said of itself. */
  onFacts?(target: TargetRef, facts: TargetFacts): void;
  /** How far an image has come. */
  onProgress?(runId: string, progress: MediaProgress): void;
  log(line: string): void;
}
export interface NewRun {
  topic: Topic;
  target: TargetRef;
  machines?: RunMachine[] | undefined;
  parameters: ParameterValues;
  plan: Plan;
  inputs: InputFile[];
  /** By field name; never written. */
  secrets?: Readonly<Record<string, string>>;
}

export class RunStore {
  private readonly options: StoreOptions;
  private readonly runsFolder: string;
  private readonly open = new Map<string, RunController>();
  private readonly opening = new Map<string, Promise<RunController>>();
  private readonly secrets = new Map<string, RunSecrets>();
  /** Digest up to which each run was noted in the ledger by this process, or before. */
  private readonly noted = new Map<string, string>();

  constructor(options: StoreOptions) {
    this.options = options;
    this.runsFolder = path.join(options.dataFolder, 'runs');
  }

  /** The runs that are open here, as they are now. */
  openSummaries(): RunSummary[] {
    return [...this.open.values()].map((controller) => runSummary(controller.record, isUnderWay(controller.state.status)));
  }

  /**
   * Those running, held or interrupted. Of runs that are not open here only the newest are looked at, and those whose lock was left
   * behind when Wrenchbook ended: all of them may be ten thousand.
   */
  attention(): RunState[] {
    const newest = runNames(this.runsFolder);
    const looked = newest.filter((runId, index) => index < newestLooked || this.open.has(runId) || existsSync(path.join(this.runsFolder, runId, 'lock')));
    return looked.flatMap((runId) => {
      try {
        const state = this.get(runId);
        return state.status === 'interrupted' || attentionOf(state) ? [state] : [];
      } catch {
        return []; // The list of runs says what is wrong with it.
      }
    });
  }

  /** A run's state without opening it for work. Throws `not-found`, `storage`. */
  get(runId: string): RunState {
    const controller = this.open.get(runId);
    if (controller) return controller.state;
    const record = this.read(runId);
    const topic = topicOf(record.created.topicId);
    const state = runState(record, {
      live: false,
      link: null,
      topic,
      readOnly: null,
      trouble: null,
      missingSecrets: topic ? new RunSecrets(topic).missing(topic, record.created.parameters) : [],
    });
    return this.options.elsewhere.isArchived(runId)
      ? { ...state, offers: [], missingSecrets: [], says: `${state.says} It is archived: restore it to continue or undo it.` }
      : state;
  }

  /** The same, with what may be done now that its record was looked at; all of it but the recording. Throws `not-found`, `storage`. */
  async look(runId: string): Promise<RunState> {
    const state = this.get(runId);
    if (this.open.has(runId) || this.options.elsewhere.isArchived(runId)) return state;
    const verified = await this.options.custody.check(this.folder(runId), runId, { recording: false });
    const because = refusal(runId, verified);
    const readOnly = because ? { because, mayUndo: false } : readOnlyBecause(this.read(runId), verified.madeHere);
    if (!readOnly) return state;
    const offers = because ? [] : state.offers.filter(({ action }) => action === 'stop' || (action === 'undo' && readOnly.mayUndo));
    const { message, next } = readOnly.because;
    return {
      ...state,
      offers,
      missingSecrets: offers.length > 0 ? state.missingSecrets : [],
      trouble: readOnly.because,
      says: `${state.says} ${message} ${next}`,
    };
  }

  record(runId: string): RunRecord {
    return this.open.get(runId)?.record ?? this.read(runId);
  }

  /** Where all runs are. */
  get root(): string {
    return this.runsFolder;
  }

  /** Where an existing run can be read. Throws `not-found`; `wrong-state` for an archived one that was not unpacked. */
  folder(runId: string): string {
    const { elsewhere, dataFolder } = this.options;
    const folder = path.join(this.runsFolder, runId);
    if (/^[a-z0-9-]+$/.test(runId) && existsSync(path.join(folder, 'journal.jsonl'))) return folder;
    const unpacked = elsewhere.folder(runId);
    if (unpacked !== null) return unpacked;
    if (elsewhere.isArchived(runId)) throw archived(runId);
    throw (
      elsewhere.missing(runId) ??
      new WrenchbookError(
        'not-found',
        `There is no run "${runId}" in ${dataFolder}.`,
        'See the list of runs for their names, or set WRENCHBOOK_DATA to the folder it is in.',
      )
    );
  }

  /** Makes a run's folder, complete or not at all, and opens it. Throws `storage`. */
  start({ topic, target, machines, parameters, plan, inputs, secrets }: NewRun): RunState {
    const runId = `${timeStamp(new Date())}-${topic.id}-${randomBytes(2).toString('hex')}`;
    const runSecrets = new RunSecrets(topic);
    runSecrets.give(secrets ?? {});
    const draft = path.join(this.runsFolder, `${draftPrefix}${runId}`);
    try {
      mkdirSync(draft, { recursive: true, mode: 0o700 });
      accessSync(this.runsFolder, constants.W_OK);
      removeAbandonedDrafts(this.runsFolder);
    } catch (cause) {
      throw storageError('make a run in', this.options.dataFolder, cause);
    }
    let giveFree: () => void = () => undefined;
    try {
      giveFree = lockRun(draft);
      if (target.kind === 'lab')
        prepareLab(path.join(draft, 'lab'), topic, { failure: target.failure ?? null, parameters, machines: machines?.map(({ id }) => id) });
      const journal = new Journal(draft, runSecrets.event, { key: this.options.keys.signing });
      const by = { wrenchbook: this.options.version, host: hostname(), platform: process.platform, user: userInfo().username };
      journal.append({
        type: 'run-created',
        runId,
        topicId: topic.id,
        topicVersion: topic.version,
        topicTitle: topic.title,
        target,
        targetLabel: plan.target,
        ...(machines && { machines }),
        rehearsal: plan.rehearsal,
        parameters,
        plan: plan.steps,
        inputs,
        by,
      });
      const { seq, digest } = journal.end;
      journal.close();
      this.options.ledger.append({ type: 'started', runId, event: seq, digest });
      giveFree();
      renameSync(draft, path.join(this.runsFolder, runId));
      syncFolder(this.runsFolder);
    } catch (cause) {
      rmSync(draft, { recursive: true, force: true });
      throw cause instanceof WrenchbookError ? cause : storageError('make a run in', this.options.dataFolder, cause);
    }
    this.secrets.set(runId, runSecrets);
    const state = this.openRun(runId, {}).state;
    this.options.onChange(state);
    return state;
  }

  /**
   * The controller of a run, opened for work if it is not yet, and where its record is intact. Throws `not-found`, `wrong-state` (archived),
   * `not-intact`, `ledger-damaged`, `locked`, `storage`.
   */
  controller(runId: string): Promise<RunController> {
    const known = this.open.get(runId);
    if (known) return Promise.resolve(known);
    const opening = this.opening.get(runId) ?? this.openVerified(runId).finally(() => this.opening.delete(runId));
    this.opening.set(runId, opening);
    return opening;
  }

  private async openVerified(runId: string): Promise<RunController> {
    if (this.options.elsewhere.isArchived(runId)) throw archived(runId);
    const { journal, unvouched, madeHere } = await this.options.custody.demand(this.folder(runId), runId);
    return (
      this.open.get(runId) ?? this.openRun(runId, { checked: journal.lastDigest, unvouched, readOnly: readOnlyBecause(foldRun(journal.events), madeHere) })
    );
  }

  private openRun(runId: string, { checked, ...more }: { checked?: string; unvouched?: number; readOnly?: ReadOnly | null }): RunController {
    const folder = this.folder(runId);
    const { created } = this.read(runId);
    const topic = topicOf(created.topicId);
    if (!topic)
      throw new WrenchbookError(
        'not-found',
        `This run belongs to the procedure "${created.topicId}", which this Wrenchbook does not have.`,
        'Open it with a newer Wrenchbook; its transcript can be read here.',
      );
    const { assetsFolder, sshConfig, silence, book, keys, ledger, onFacts, onProgress, log } = this.options;
    const secrets = this.secrets.get(runId) ?? new RunSecrets(topic);
    this.secrets.set(runId, secrets);
    const onChange = (state: RunState) => {
      this.options.onChange(state);
      if (state.endedAt !== null && !isUnderWay(state.status)) this.noteSeal(folder);
    };
    this.noted.set(runId, readSeal(folder)?.digest ?? '');
    const controller = new RunController({
      topic,
      folder,
      assetsFolder,
      sshConfig,
      ...(silence?.ms !== undefined && { wayLimits: { silenceMs: silence.ms } }),
      book,
      secrets,
      seal: (end) => this.seal(folder, end),
      journal: {
        key: keys.signing,
        checked,
        onEnding: ({ seq, digest }) => ledger.note({ type: 'ending', runId, event: seq, digest }),
      },
      ...more,
      onChange,
      ...(onFacts && { onFacts }),
      onProgress: (progress) => onProgress?.(runId, progress),
      log,
    });
    this.open.set(runId, controller);
    return controller;
  }

  /** Before an intact run is handed out: the seal holds all of it. An archived run keeps the one it has. Throws `locked`, `storage`. */
  async sealWhole(runId: string): Promise<void> {
    const open = this.open.get(runId);
    if (open) return open.seal();
    if (this.options.elsewhere.isArchived(runId)) return;
    const folder = this.folder(runId);
    if (holdsAll(folder)) return;
    const giveFree = lockRun(folder);
    try {
      const verified = await this.options.custody.demand(folder, runId);
      const journal = new Journal(folder, undefined, { key: this.options.keys.signing, checked: verified.journal.lastDigest });
      if (verified.unvouched > 0) journal.append({ type: 'note', text: unvouchedText(verified.unvouched) });
      const { end } = journal;
      journal.close();
      this.seal(folder, { runId, ...end, recording: await wholeRecording(folder) });
    } finally {
      giveFree();
    }
  }

  private seal(folder: string, end: RecordEnd): void {
    sealRun(folder, { ...end, ledger: ledgerHead(this.options.dataFolder) }, this.options.keys.signing);
  }

  /** The controller if the run is open here. */
  opened(runId: string): RunController | undefined {
    return this.open.get(runId);
  }

  openRuns(): RunController[] {
    return [...this.open.values()];
  }

  async leave(runId: string): Promise<void> {
    const controller = this.open.get(runId);
    this.open.delete(runId);
    await controller?.close();
    if (controller) this.noteSeal(path.join(this.runsFolder, runId));
    this.noted.delete(runId);
    this.secrets.delete(runId);
    this.options.onChange(this.get(runId));
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.keys()].map((runId) => this.leave(runId)));
  }

  /** Masks the secrets of all open runs: for log lines and errors, which belong to none. */
  readonly redact = (text: string): string => [...this.secrets.values()].reduce((masked, secrets) => secrets.text(masked), text);

  /** The last seal, unless it was noted before: the ledger would grow with every look at a run. Signed again, it holds that line too. */
  private noteSeal(folder: string): void {
    const seal = readSeal(folder);
    if (!seal || this.noted.get(seal.runId) === seal.digest) return;
    const { dataFolder, keys, ledger, log } = this.options;
    this.noted.set(seal.runId, seal.digest);
    ledger.note({ type: 'sealed', runId: seal.runId, event: seal.seq, digest: seal.digest });
    try {
      if (seal.version === 2) sealRun(folder, { ...seal, ledger: ledgerHead(dataFolder) }, keys.signing);
    } catch (thrown) {
      log(`run ${seal.runId}: ${toWireError(thrown).message}`);
    }
  }

  private read(runId: string): RunRecord {
    const folder = this.folder(runId);
    const { events, findings } = readJournal(folder);
    if (events[0]?.type !== 'run-created')
      throw new WrenchbookError(
        'storage',
        `The journal of run ${runId} can't be read: ${findings[0] ?? 'it is empty'}.`,
        'Keep its folder for examination and start a new run.',
      );
    return foldRun(events);
  }
}

const newestLooked = 30;
/** Newest first: their names begin with when they were started. */
function runNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{8}-\d{6}-/.test(name))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}

const topicOf = (topicId: string): Topic | undefined => procedures().find(({ id }) => id === topicId);

/** Where the procedure that is installed plans something else. What was planned here may be taken back as it was planned. */
function readOnlyBecause({ created }: RunRecord, madeHere: boolean): ReadOnly | null {
  const topic = topicOf(created.topicId);
  const because = topic ? planDiffers(topic, created) : null;
  return because && { because, mayUndo: madeHere };
}

const archived = (runId: string) =>
  new WrenchbookError(
    'wrong-state',
    `Run ${runId} is archived.`,
    `Restore it to continue or undo it: "wrenchbook storage restore ${runId}", or Restore on its transcript's page.`,
  );
/** `20261122-031500`, UTC. */
const timeStamp = (date: Date) => date.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);

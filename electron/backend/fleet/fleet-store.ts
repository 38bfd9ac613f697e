/** The fleet runs of a data folder: made from a folder with a playbook and chosen hosts, listed, opened, verified. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { AnyHostSource, FleetRollout, FleetState, FleetSummary, FleetVerification, FoundHosts, HostTrouble } from '../../../shared/api/fleet.ts';
import type { CheckedFleetForm, CompiledFolder, FleetForm } from '../../../shared/api/fleet-form.ts';
import { checkSeal } from '../bundles/run-seal.ts';
import { checkLedger } from '../ledger/ledger-check.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { compileForm } from './compile/compile-form.ts';
import { writeCompiled } from './compile/compiled-folder.ts';
import type { FleetFolders } from './compile/role-programs.ts';
import { type GatheredHost, gatherHosts, type HostPlaces } from './hosts/gather-hosts.ts';
import { withoutSecrets } from './hosts/secret-variables.ts';
import { inventoryText } from './hosts/written-inventory.ts';
import { FleetFold } from './record/fleet-fold.ts';
import { FleetJournal, fleetJournalFile, readFleetJournal } from './record/fleet-journal.ts';
import { fleetSummary } from './record/fleet-view.ts';
import { FleetRun, type FleetSurroundings } from './run/fleet-run.ts';
import { withRollout } from './run/given-rollout.ts';
import { checkPlaybook, fileDigest, type PlaybookFile, playbookAbout, readPlaybook, writePlaybook } from './run/playbook-folder.ts';

export interface StoreOptions extends FleetSurroundings {
  version: string;
  sshConfig?: string | undefined;
  places: HostPlaces;
  folders: FleetFolders;
  /** Fleet runs that are not in their folder any more. */
  elsewhere: {
    open(runId: string): Promise<void>;
    isArchived(runId: string): boolean;
    folder(runId: string): string | null;
    missing(runId: string): WrenchbookError | null;
  };
}

export interface Prepared {
  state: FleetState;
  troubles: HostTrouble[];
  twice: string[];
}

export class FleetStore {
  private readonly options: StoreOptions;
  private readonly open = new Map<string, FleetRun>();
  private readonly summaries = new Map<string, { stamp: string; summary: FleetSummary }>();

  constructor(options: StoreOptions) {
    this.options = options;
  }

  async hosts(sources: readonly AnyHostSource[]): Promise<FoundHosts> {
    const { hosts, ...rest } = await gatherHosts(sources, this.options.places);
    return { hosts: hosts.map(({ vars: _vars, ...host }) => host), ...rest };
  }

  /** Of a folder with a compiled playbook. Throws `bad-parameters`. */
  about(folder: string): CompiledFolder {
    const { about } = readPlaybook(folder);
    return { folder: path.resolve(folder), title: about.title, roles: about.roles };
  }

  /** Compiles the form, and makes a fleet run of that. Throws as `prepare`, and `does-not-apply` with what keeps it from being compiled. */
  async prepareForm(form: FleetForm, sources: readonly AnyHostSource[], sshPassword = false): Promise<Prepared> {
    const { files, issues, obstacles } = await compileForm(form, this.options.folders);
    if (!files) throw notCompiled(issues, obstacles);
    return await this.prepare(
      [...files].map(([name, text]) => ({ path: name, text })),
      sources,
      { sshPassword },
    );
  }

  /** The playbook as it runs, with its inventory, for somebody to keep. Throws `not-intact`, `bad-parameters`, `storage`. */
  savePlaybook(runId: string, folder: string): { folder: string; files: number } {
    const run = this.run(runId);
    checkPlaybook(path.join(run.folder, 'playbook'), run.fold.created?.files ?? []);
    const files = run.files();
    return { folder: writeCompiled(folder, new Map(files.map(({ path: name, text }) => [name, text]))), files: files.length };
  }

  /** `playbook`: a folder, or its files. Copies the playbook, writes the inventory beside it, and begins the record. Throws `bad-parameters`, `storage`. */
  async prepare(
    playbook: string | readonly PlaybookFile[],
    sources: readonly AnyHostSource[],
    { sshPassword = false, rollout = {} }: { sshPassword?: boolean; rollout?: FleetRollout } = {},
  ): Promise<Prepared> {
    const { about, files } = typeof playbook === 'string' ? readPlaybook(playbook) : { about: playbookAbout(playbook, 'What was made'), files: playbook };
    const gathered = await gatherHosts(sources, this.options.places);
    const { hosts: cleaned, troubles } = withoutSecrets(gathered.hosts);
    const [only = ''] = about.roles.length === 1 ? about.roles : [];
    const hosts = cleaned.map((host) => ({ ...host, role: host.role || only }));
    this.refuseHosts(hosts, about.roles, gathered.troubles);
    const inventory = inventoryText(hosts, about.roles, { config: this.options.sshConfig, password: sshPassword });
    const all = [...withRollout(files, rollout).filter((file) => file.path !== 'inventory.yml'), { path: 'inventory.yml', text: inventory }];
    const runId = newRunId(about.topicId);
    const folder = path.join(this.root, runId);
    const draft = path.join(this.root, `.new-${runId}`);
    try {
      mkdirSync(path.join(draft, 'playbook'), { recursive: true, mode: 0o700 });
      writePlaybook(path.join(draft, 'playbook'), all);
      const journal = new FleetJournal(draft, this.options.keys.signing);
      journal.append({
        ...{ type: 'fleet-created', runId, topicId: about.topicId, title: about.title, version: about.version, steps: about.steps },
        ...{ hosts: hosts.map(({ name, role, from }) => ({ name, role, from })), secrets: about.secrets, wrenchbook: this.options.version },
        files: all.map(({ path: name, text }) => ({ path: name, ...fileDigest(text) })),
      });
      const { seq, digest } = journal.end;
      journal.close();
      this.options.ledger.append({ type: 'started', runId, event: seq, digest });
      renameSync(draft, folder);
      syncFolder(this.root);
    } catch (cause) {
      rmSync(draft, { recursive: true, force: true });
      throw cause instanceof WrenchbookError ? cause : storageError('make', folder, cause);
    }
    return { state: this.run(runId).state, troubles: [...gathered.troubles, ...troubles], twice: gathered.twice };
  }

  /** Newest first. */
  list(): FleetSummary[] {
    return this.ids().flatMap((runId) => {
      try {
        const running = this.open.get(runId);
        if (running?.busy) return [fleetSummary(running.fold)];
        const { size, mtimeMs } = statSync(fleetJournalFile(path.join(this.root, runId)));
        const [stamp, known] = [`${size}:${mtimeMs}`, this.summaries.get(runId)];
        if (known?.stamp === stamp) return [known.summary];
        const fold = new FleetFold();
        for (const event of readFleetJournal(path.join(this.root, runId)).events) fold.apply(event);
        const summary = fleetSummary(fold);
        this.summaries.set(runId, { stamp, summary });
        return [summary];
      } catch (thrown) {
        this.options.log(`fleet run ${runId}: ${toWireError(thrown).message}`);
        return [];
      }
    });
  }

  /** As it is now. An attempt that was cut off by the end of its Wrenchbook is followed or ended. Throws `not-found`, `storage`. */
  run(runId: string): FleetRun {
    const folder = this.folder(runId);
    const known = this.open.get(runId);
    const run = known?.folder === folder ? known : new FleetRun(runId, folder, this.options);
    this.open.set(runId, run);
    run.refresh();
    try {
      run.recover();
    } catch (thrown) {
      // It can be read anyway.
      if (!(thrown instanceof WrenchbookError) || !['locked', 'not-intact'].includes(thrown.code)) throw thrown;
    }
    return run;
  }

  /** An archived one is unpacked first, and can only be read. Throws as `run`. */
  async reading(runId: string): Promise<FleetRun> {
    await this.options.elsewhere.open(runId);
    return this.run(runId);
  }

  async state(runId: string): Promise<FleetState> {
    const { state } = await this.reading(runId);
    if (!this.isArchived(runId)) return state;
    return { ...state, offers: [], says: `${state.says} It is archived: restore it to continue or undo it.` };
  }

  isArchived(runId: string): boolean {
    return this.options.elsewhere.isArchived(runId);
  }

  /** Throws `wrong-state` for an archived one, else as `run`. */
  working(runId: string): FleetRun {
    if (this.isArchived(runId))
      throw new WrenchbookError('wrong-state', `The fleet run ${runId} is archived.`, 'Restore it on the Runs page or with "wrenchbook storage restore".');
    return this.run(runId);
  }

  private folder(runId: string): string {
    const folder = path.join(this.root, runId);
    if (existsSync(fleetJournalFile(folder))) return folder;
    const { elsewhere } = this.options;
    const unpacked = elsewhere.folder(runId);
    if (unpacked !== null && existsSync(fleetJournalFile(unpacked))) return unpacked;
    throw elsewhere.missing(runId) ?? new WrenchbookError('not-found', `There is no fleet run "${runId}".`, 'See "wrenchbook fleet runs" or the Fleets page.');
  }

  async verify(runId: string): Promise<FleetVerification> {
    const { folder } = await this.reading(runId);
    const { keys, ledger } = this.options;
    const { events, lines, findings: own, fingerprint } = readFleetJournal(folder);
    const findings = [...own];
    const [created] = events;
    if (created?.type !== 'fleet-created' || created.runId !== runId) findings.push('the journal does not begin with the creation of this fleet run');
    if (fingerprint !== null && !keys.knows(fingerprint)) findings.push(`the last event is signed with a key that is not known here: ${fingerprint}`);
    findings.push(...checkSeal(folder, events, lines, keys.knows).findings);
    const content = await ledger.read();
    findings.push(...checkLedger(content, runId, lines).findings, ...content.findings);
    const mark = events.flatMap((event) => (event.type === 'attempt-ended' && event.recording ? [event.recording] : [])).at(-1);
    if (mark) {
      const recording = readFileSync(path.join(folder, 'recording.cast'));
      if (recording.length < mark.bytes || fileDigest(recording.toString('utf8', 0, mark.bytes)).sha256 !== mark.sha256)
        findings.push('the recording was changed or cut off');
    }
    return { ok: findings.length === 0, findings, events: events.length, fingerprint };
  }

  lines(runId: string): { lines: string[]; seal: string | null } {
    const { folder } = this.run(runId);
    const seal = path.join(folder, 'seal.json');
    return { lines: readFleetJournal(folder).lines, seal: existsSync(seal) ? readFileSync(seal, 'utf8') : null };
  }

  get opened(): FleetRun[] {
    return [...this.open.values()];
  }
  async close(): Promise<void> {
    await Promise.all(this.opened.map((run) => run.close()));
  }

  private get root(): string {
    return path.join(this.options.dataFolder, 'fleets');
  }
  private ids(): string[] {
    try {
      return readdirSync(this.root)
        .filter((name) => /^\d{8}-/.test(name))
        .sort()
        .reverse();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storageError('read', this.root, cause);
    }
  }

  private refuseHosts(hosts: readonly GatheredHost[], roles: readonly string[], troubles: readonly HostTrouble[]): void {
    if (hosts.length === 0) {
      const why = troubles.map(({ entry, why: because }) => `${entry}: ${because}`).join('; ');
      throw new WrenchbookError('bad-parameters', `No host was chosen${why ? ` (${why})` : ''}.`, 'Give at least one host.');
    }
    const empty = roles.filter((role) => !hosts.some((host) => host.role === role));
    const strange = hosts.find(({ role }) => role !== '' && !roles.includes(role));
    if (strange)
      throw new WrenchbookError(
        'bad-parameters',
        `This procedure has no machine "${strange.role}" (${strange.name}).`,
        `It has: ${roles.join(', ') || 'one machine, without a name'}.`,
      );
    if (empty.length > 0)
      throw new WrenchbookError(
        'bad-parameters',
        `No host was chosen for: ${empty.join(', ')}.`,
        'This procedure has several machines; name the hosts of each, for example with --hosts head=login1.',
      );
  }
}

function notCompiled(issues: CheckedFleetForm['issues'], obstacles: CheckedFleetForm['obstacles']): WrenchbookError {
  const [issue, obstacle] = [issues[0], obstacles[0]];
  if (issue) return new WrenchbookError('bad-parameters', issue.message, issue.next);
  return new WrenchbookError('does-not-apply', obstacle?.because ?? 'This procedure does not compile.', obstacle?.next ?? 'Run it on one machine.');
}

function newRunId(topicId: string): string {
  const [day = '', time = ''] = new Date().toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  const topic = topicId.replaceAll(/[^a-z0-9-]/g, '-').slice(0, 80) || 'playbook';
  return `${day}-${time}-${topic}-${randomBytes(2).toString('hex')}`;
}

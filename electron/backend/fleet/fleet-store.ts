/** The fleet runs of a data folder: made from a folder with a playbook and chosen hosts, listed, opened, verified. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { AnyHostSource, FleetRollout, FleetState, FleetSummary, FleetVerification, FoundHosts, HostTrouble } from '../../../shared/api/fleet.ts';
import { checkSeal } from '../bundles/run-seal.ts';
import { checkLedger } from '../ledger/ledger-check.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { type GatheredHost, gatherHosts, type HostPlaces } from './hosts/gather-hosts.ts';
import { withoutSecrets } from './hosts/secret-variables.ts';
import { inventoryText } from './hosts/written-inventory.ts';
import { FleetFold } from './record/fleet-fold.ts';
import { FleetJournal, fleetJournalFile, readFleetJournal } from './record/fleet-journal.ts';
import { fleetSummary } from './record/fleet-view.ts';
import { FleetRun, type FleetSurroundings } from './run/fleet-run.ts';
import { withRollout } from './run/given-rollout.ts';
import { fileDigest, type PlaybookFile, playbookAbout, readPlaybook, writePlaybook } from './run/playbook-folder.ts';

export interface StoreOptions extends FleetSurroundings {
  version: string;
  sshConfig?: string | undefined;
  places: HostPlaces;
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

  /** `playbook`: a folder, or its files. Copies the playbook, writes the inventory beside it, and begins the record. Throws `bad-parameters`, `storage`. */
  async prepare(
    playbook: string | readonly PlaybookFile[],
    sources: readonly AnyHostSource[],
    { sshPassword = false, rollout = {} }: { sshPassword?: boolean; rollout?: FleetRollout } = {},
  ): Promise<{ state: FleetState; troubles: HostTrouble[]; twice: string[] }> {
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
    const folder = path.join(this.root, runId);
    if (!existsSync(fleetJournalFile(folder)))
      throw new WrenchbookError('not-found', `There is no fleet run "${runId}".`, 'See "wrenchbook fleet runs" or the Fleets page.');
    const run = this.open.get(runId) ?? new FleetRun(folder, this.options);
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

  async verify(runId: string): Promise<FleetVerification> {
    const { folder } = this.run(runId);
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

function newRunId(topicId: string): string {
  const [day = '', time = ''] = new Date().toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  const topic = topicId.replaceAll(/[^a-z0-9-]/g, '-').slice(0, 80) || 'playbook';
  return `${day}-${time}-${topic}-${randomBytes(2).toString('hex')}`;
}

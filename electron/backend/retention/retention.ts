/** Old runs: what they take up, which go by rule or by hand, and reading those that were archived. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import type { CleanResult, RetentionChoice, RetentionPlan, RetentionRule, RunStorage, StorageLog, StorageUsage } from '../../../shared/api/storage.ts';
import type { Verification } from '../../../shared/api/transcript.ts';
import type { Ledger, LedgerContent } from '../ledger/ledger.ts';
import { ledgerLinesOf } from '../ledger/ledger-file.ts';
import { lockRun } from '../runs/run-lock.ts';
import { timeSlices } from '../time-slices.ts';
import { digestOfFile } from './archive-file.ts';
import { keepRun, keptRuns } from './kept-runs.ts';
import { Places } from './places.ts';
import { RestingSizes } from './resting-sizes.ts';
import { type PlanBasis, planByHand, planByRule, type RestingRun, usualPackedShare } from './retention-plan.ts';
import { adding, carryOut, whoIsHere } from './retention-work.ts';
import { readRule, writeRule } from './rule-file.ts';
import { lockArchive, restoreRun } from './run-removal.ts';
import { type CountWatch, storageUsage } from './storage-usage.ts';
import { UnpackedRuns } from './unpacked-runs.ts';

export interface RetentionOptions {
  dataFolder: string;
  ledger: Ledger;
  /** All runs, archived ones too. */
  list(): Promise<RunSummary[]>;
  /** Whether the run is open in this process and nothing of it is running. */
  isIdleHere(runId: string): boolean;
  /** Lets go of a run that is open in this process. */
  leave(runId: string): Promise<unknown>;
  /** Called after runs were archived, restored or deleted. */
  onChange(): void;
  /** With all that is wrong with it. */
  readLedger(): Promise<LedgerContent>;
  /** Checks a run that lies in the folder. */
  check(folder: string, runId: string, signal?: AbortSignal): Promise<Verification>;
  log(line: string): void;
}
/** The plans that were shown last; what is agreed to is one of them. */
const plansKept = 10;

export class Retention {
  private readonly options: RetentionOptions;
  private readonly places: Places;
  private readonly sizes: RestingSizes;
  private readonly unpacked: UnpackedRuns;
  private readonly plans = new Map<string, RetentionPlan>();

  constructor(options: RetentionOptions) {
    this.options = options;
    this.places = new Places(options.dataFolder);
    this.sizes = new RestingSizes(this.places);
    this.unpacked = new UnpackedRuns(this.places);
  }

  usage(watch: CountWatch): Promise<StorageUsage> {
    return storageUsage(this.places, this.sizes, watch);
  }

  /** Of those that are there. */
  async runs(runIds: readonly string[]): Promise<RunStorage[]> {
    const kept = keptRuns(this.places);
    const pause = timeSlices();
    const found: RunStorage[] = [];
    for (const runId of runIds) {
      const size = await this.sizes.of(runId, pause);
      if (size) found.push({ runId, kept: kept.has(runId), ...size });
    }
    return found;
  }

  rule(): { rule: RetentionRule; trouble: string | null } {
    return readRule(this.options.dataFolder);
  }
  setRule(rule: RetentionRule): void {
    writeRule(this.options.dataFolder, rule);
  }

  /** Throws `not-found`, `storage`. */
  keep(runId: string, kept: boolean): void {
    if (!this.places.hasRun(runId) && !this.places.isArchived(runId)) throw this.missing(runId) ?? notFound(runId);
    keepRun(this.places, runId, kept);
  }

  /** Says what would be done and does nothing. By the saved rule, another one, or what the admin chose. */
  async plan({ rule, choice }: { rule?: RetentionRule | undefined; choice?: RetentionChoice | undefined }, watch: CountWatch): Promise<RetentionPlan> {
    const basis = await this.basis(watch);
    const plan = choice ? planByHand(choice, basis) : planByRule(rule ?? this.rule().rule, basis);
    this.plans.delete(plan.planId);
    this.plans.set(plan.planId, plan);
    const [oldest] = this.plans.keys();
    if (this.plans.size > plansKept && oldest !== undefined) this.plans.delete(oldest);
    return plan;
  }

  /**
   * Does what a plan says and nothing else; each run is looked at again, and left alone where it is not what it was.
   * Throws `not-found` for a plan that was not shown, `not-confirmed`, `locked`.
   */
  async clean(planId: string, confirmation: string | undefined, watch: CountWatch): Promise<CleanResult> {
    const plan = this.plans.get(planId);
    if (!plan) throw new WrenchbookError('not-found', 'That plan is out of date.', 'Check again what would be done, then confirm.');
    if (plan.confirm !== null && confirmation !== plan.confirm)
      throw new WrenchbookError('not-confirmed', 'Runs would be deleted, and that was not confirmed.', `Type "${plan.confirm}" to continue.`);
    this.plans.delete(planId);
    return this.carryOut(plan, watch, true);
  }

  /** What the saved rule says, where the admin wants it applied by itself. Runs that are open are left open. */
  async cleanByItself(signal: AbortSignal): Promise<CleanResult | null> {
    const { rule, trouble } = this.rule();
    if (trouble !== null) this.options.log(trouble);
    if (!rule.atStart) return null;
    const plan = planByRule(rule, await this.basis({ signal }));
    return plan.entries.length === 0 ? null : this.carryOut(plan, { signal }, false);
  }

  /** Throws `not-found`, `wrong-state`, `locked`, `storage`. */
  async restore(runId: string, watch: CountWatch): Promise<void> {
    if (!this.places.isArchived(runId) && !this.places.hasRun(runId)) throw this.missing(runId) ?? notFound(runId);
    const giveFree = lockArchive(this.places);
    try {
      const total = unpackedBytes(await this.sizes.of(runId, timeSlices()));
      const onBytes = adding(total, (done) => watch.onProgress?.(done, total));
      await restoreRun(this.places, this.options.ledger, runId, { why: 'by hand', by: whoIsHere() }, { signal: watch.signal, onBytes });
    } finally {
      giveFree();
      this.options.onChange();
    }
  }

  async log(): Promise<StorageLog> {
    const { exists, events, findings, tombstones } = await this.options.readLedger();
    const isHere = (runId: string) => this.places.hasRun(runId) || this.places.isArchived(runId);
    return {
      tombstones: tombstones.map((stone) => ({ ...stone, stillHere: isHere(stone.runId) })).reverse(),
      ledger: { exists, events, findings },
    };
  }

  /** Where the run can be read; called before anything of it is, as unpacking takes time. Throws `storage`. */
  async open(runId: string): Promise<void> {
    if (this.places.isArchived(runId)) await this.unpacked.open(runId);
  }
  isArchived(runId: string): boolean {
    return this.places.isArchived(runId);
  }
  /** Null where the run is not archived, or `open` was not called before. */
  folder(runId: string): string | null {
    return this.places.isArchived(runId) ? this.unpacked.folder(runId) : null;
  }

  /** Why a run is not there any more; null where nothing is known of it. */
  missing(runId: string): WrenchbookError | null {
    const last = ledgerLinesOf(this.options.dataFolder, runId).findLast(({ type }) => type === 'deleted');
    if (last?.type !== 'deleted') return null;
    return new WrenchbookError(
      'not-found',
      `Run "${runId}" (${last.topicTitle} on ${last.target}, ${last.outcome}) was deleted at ${last.at} by ${last.by}, ${last.why}.`,
      'It can\'t be brought back from here. If it was exported as a bundle before, import it with "wrenchbook import".',
    );
  }

  /** Of an archived run the archive itself is checked, not what was unpacked from it before. `folder`: of a run that is here. */
  async verify(runId: string, folder: () => string, signal?: AbortSignal): Promise<Verification> {
    const findings: string[] = [];
    if (this.places.isArchived(runId)) {
      const archive = this.places.archived(runId);
      const sealed = (await this.options.ledger.read()).archives.get(runId);
      if (sealed !== undefined && (await digestOfFile(archive)) !== sealed) findings.push('the archive is not the one the ledger saw: it was changed');
      try {
        await this.unpacked.open(runId, true);
      } catch (thrown) {
        return { ok: false, findings: [...findings, toWireError(thrown).message], ledgerFindings: [], events: 0, signed: null, unvouched: 0, ledger: null };
      }
    }
    const verification = await this.options.check(folder(), runId, signal);
    const all = [...findings, ...verification.findings];
    return { ...verification, ok: verification.ok && all.length === 0, findings: all };
  }

  close(): void {
    this.unpacked.close();
  }

  private async basis(watch: CountWatch): Promise<PlanBasis> {
    const summaries = await this.options.list();
    const kept = keptRuns(this.places);
    const pause = timeSlices();
    const runs: RestingRun[] = [];
    let archivedBytes = 0;
    let unpacked = 0;
    for (const [index, summary] of summaries.entries()) {
      watch.signal?.throwIfAborted();
      watch.onProgress?.(index, summaries.length);
      const { runId } = summary;
      const size = await this.sizes.of(runId, pause);
      await pause();
      if (!size) continue;
      if (size.archived) {
        archivedBytes += size.bytes;
        unpacked += unpackedBytes(size);
      }
      runs.push({ summary, archived: size.archived, bytes: size.bytes, kept: kept.has(runId), busy: !size.archived && this.isBusy(runId) });
    }
    watch.onProgress?.(summaries.length, summaries.length);
    return { runs, packedShare: unpacked > 0 ? Math.min(1, archivedBytes / unpacked) : usualPackedShare, now: new Date() };
  }

  private isBusy(runId: string): boolean {
    const folder = this.places.run(runId);
    if (!existsSync(path.join(folder, 'lock')) || this.options.isIdleHere(runId)) return false;
    try {
      lockRun(folder)(); // of a process that is gone: free
      return false;
    } catch {
      return true;
    }
  }

  /** `leaving`: runs that are open in this process and wait are let go of first. */
  private async carryOut(plan: RetentionPlan, watch: CountWatch, leaving: boolean): Promise<CleanResult> {
    const leave = async (runId: string) => {
      if (leaving && this.options.isIdleHere(runId)) await this.options.leave(runId);
    };
    try {
      return await carryOut(plan, { places: this.places, ledger: this.options.ledger, leave }, watch);
    } finally {
      this.options.onChange();
    }
  }
}

const unpackedBytes = (size: Pick<RunStorage, 'journal' | 'recording' | 'files'> | null) => (size ? size.journal + size.recording + size.files : 0);
const notFound = (runId: string) => new WrenchbookError('not-found', `There is no run "${runId}".`, 'See "wrenchbook transcripts list" for their names.');

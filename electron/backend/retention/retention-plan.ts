/** Which runs a rule, or the admin's choice, archives and deletes. Pure: who carries it out looks at each run again. */
import { createHash } from 'node:crypto';
import type { RunSummary } from '../../../shared/api/run.ts';
import type { PlannedRemoval, RetentionAction, RetentionChoice, RetentionPlan, RetentionRule, RulePart, RunStorage } from '../../../shared/api/storage.ts';
import { isFinished } from './finished-run.ts';

/** A run as it lies there. */
export interface RestingRun extends Pick<RunStorage, 'archived' | 'kept' | 'bytes'> {
  summary: RunSummary;
  /** Somebody works on it just now. */
  busy: boolean;
}
export interface PlanBasis {
  runs: readonly RestingRun[];
  /** Bytes of an archive, of each byte archived; from the archives that there are. */
  packedShare: number;
  now: Date;
}
const dayMs = 24 * 60 * 60 * 1000;
/** Of text that terminals show; used as long as nothing was archived yet. */
export const usualPackedShare = 0.2;

/** Null where nothing forbids it. */
function forbids({ summary, kept, busy }: RestingRun, byRule: boolean): string | null {
  if (!isFinished(summary)) return `not finished (${summary.status})`;
  if (byRule && !isFinished(summary, true)) return 'a fleet run of which hosts are left, or that was not started: delete it by hand';
  if (busy) return 'open in a Wrenchbook right now';
  if (kept && byRule) return 'marked to be kept';
  return null;
}

export function planByRule(rule: RetentionRule, basis: PlanBasis): RetentionPlan {
  const entries = new Map<string, PlannedRemoval>();
  const spared = new Map<string, string>();
  const take = (run: RestingRun, action: RetentionAction, part: RulePart, why: string) => {
    const forbidden = forbids(run, true);
    if (forbidden === null) entries.set(run.summary.runId, removal(run, action, part, why, basis.packedShare));
    else spared.set(run.summary.runId, `${forbidden}; ${why}`);
  };
  // An unfinished run has no end: its age says how long it has been left.
  const oldestFirst = [...basis.runs].sort((a, b) => ageOf(b, basis.now) - ageOf(a, basis.now));
  for (const run of oldestFirst) {
    const age = ageOf(run, basis.now);
    const older = (days: number | null): days is number => days !== null && age > days * dayMs;
    if (older(rule.deleteAfterDays)) take(run, 'delete', 'deleteAfterDays', `rule: delete after ${rule.deleteAfterDays} days`);
    else if (older(rule.archiveAfterDays) && !run.archived) take(run, 'archive', 'archiveAfterDays', `rule: archive after ${rule.archiveAfterDays} days`);
  }
  if (rule.keepBelowBytes !== null) {
    let left = basis.runs.reduce((sum, { bytes }) => sum + bytes, 0) - sumOf([...entries.values()], 'frees');
    for (const run of oldestFirst) {
      if (left <= rule.keepBelowBytes) break;
      const planned = entries.get(run.summary.runId);
      if (planned?.action === 'delete') continue;
      take(run, 'delete', 'keepBelowBytes', `rule: keep below ${rule.keepBelowBytes} bytes, oldest first`);
      const now = entries.get(run.summary.runId);
      if (now?.action === 'delete') left -= now.frees - (planned?.frees ?? 0);
    }
  }
  return planOf([...entries.values()], spared, basis);
}

export function planByHand({ action, runIds }: RetentionChoice, basis: PlanBasis): RetentionPlan {
  const byId = new Map(basis.runs.map((run) => [run.summary.runId, run]));
  const entries: PlannedRemoval[] = [];
  const spared = new Map<string, string>();
  for (const runId of new Set(runIds)) {
    const run = byId.get(runId);
    const forbidden = !run ? 'there is no such run' : action === 'archive' && run.archived ? 'archived already' : forbids(run, false);
    if (run && forbidden === null) entries.push(removal(run, action, null, 'by hand', basis.packedShare));
    else spared.set(runId, forbidden ?? '');
  }
  return planOf(entries, spared, basis);
}

const ageOf = ({ summary }: RestingRun, now: Date) => now.getTime() - Date.parse(summary.endedAt ?? summary.createdAt);
const sumOf = (entries: readonly PlannedRemoval[], what: 'bytes' | 'frees') => entries.reduce((sum, entry) => sum + entry[what], 0);

function removal(run: RestingRun, action: RetentionAction, part: RulePart | null, why: string, packedShare: number): PlannedRemoval {
  const { runId, topicTitle, targetLabel, createdAt, endedAt, status, fleet } = run.summary;
  const frees = action === 'delete' ? run.bytes : Math.round(run.bytes * (1 - packedShare));
  return {
    runId,
    topicTitle,
    targetLabel,
    createdAt,
    endedAt,
    status,
    ...(fleet && { fleet }),
    archived: run.archived,
    action,
    part,
    why,
    bytes: run.bytes,
    frees,
  };
}

function planOf(entries: readonly PlannedRemoval[], spared: ReadonlyMap<string, string>, basis: PlanBasis): RetentionPlan {
  // First what makes room, then what needs some meanwhile.
  const ordered = [...entries].sort((a, b) => b.action.localeCompare(a.action) || a.createdAt.localeCompare(b.createdAt));
  const share = (wanted: (entry: PlannedRemoval) => boolean) => {
    const found = ordered.filter(wanted);
    return { runs: found.length, bytes: sumOf(found, 'bytes'), frees: sumOf(found, 'frees') };
  };
  const deleted = share(({ action }) => action === 'delete');
  const parts = (['archiveAfterDays', 'deleteAfterDays', 'keepBelowBytes'] as const).map((part) => ({ part, ...share((entry) => entry.part === part) }));
  return {
    planId: createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 32),
    entries: ordered,
    archive: share(({ action }) => action === 'archive'),
    delete: deleted,
    parts,
    spared: [...spared].map(([runId, why]) => ({ runId, why })),
    total: basis.runs.reduce((sum, { bytes }) => sum + bytes, 0),
    confirm: deleted.runs === 0 ? null : `delete ${deleted.runs} ${deleted.runs === 1 ? 'run' : 'runs'}`,
  };
}

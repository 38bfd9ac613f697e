/** Does what a plan says, a run at a time; a run that is not what it was when it was looked at is left alone, and that is said. */
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { CleanResult, PlannedRemoval, RetentionPlan } from '../../../shared/api/storage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { removeAbandonedDrafts } from '../runs/run-drafts.ts';
import type { Watch } from './archive-file.ts';
import { keepRun, keptRuns } from './kept-runs.ts';
import type { Places } from './places.ts';
import { archiveRun, clearArchiveLeftovers, deleteRun, lockArchive } from './run-removal.ts';
import type { CountWatch } from './storage-usage.ts';

interface Site {
  places: Places;
  ledger: Ledger;
  /** Lets go of the run where this process has it. */
  leave(runId: string): Promise<void>;
}

export const whoIsHere = (): string => `${userInfo().username} on ${hostname()}`;
/** Archiving reads a run twice: once to pack it, once to compare the archive with it. */
const workOf = ({ action, bytes }: PlannedRemoval) => (action === 'archive' ? 2 * bytes : bytes);

/** Throws `locked` where another process is at it, `storage`. */
export async function carryOut(plan: RetentionPlan, site: Site, watch: CountWatch): Promise<CleanResult> {
  const result: CleanResult = { done: [], skipped: [], freed: 0, cancelled: false };
  if (plan.entries.length === 0) return result;
  const giveFree = lockArchive(site.places);
  try {
    clearArchiveLeftovers(site.places);
    for (const home of [site.places.runs, site.places.fleets]) if (existsSync(home)) removeAbandonedDrafts(home);
    const total = plan.entries.reduce((sum, entry) => sum + workOf(entry), 0);
    let before = 0;
    for (const entry of plan.entries) {
      if (watch.signal?.aborted) break;
      const begun = before;
      const onBytes = adding(workOf(entry), (done) => watch.onProgress?.(begun + done, total));
      try {
        await site.leave(entry.runId);
        const freed = await remove(entry, site, { signal: watch.signal, onBytes });
        result.done.push({ runId: entry.runId, action: entry.action, freed });
        result.freed += freed;
      } catch (thrown) {
        if (watch.signal?.aborted) break;
        const { message, next } = toWireError(thrown);
        result.skipped.push({ runId: entry.runId, why: `${message} ${next}` });
      }
      before += workOf(entry);
      watch.onProgress?.(before, total);
    }
    result.cancelled = watch.signal?.aborted ?? false;
    return result;
  } finally {
    giveFree();
  }
}

/** Resolves with the bytes that are free now. */
async function remove({ runId, action, why, part }: PlannedRemoval, { places, ledger }: Site, watch: Watch): Promise<number> {
  if (part !== null && keptRuns(places).has(runId)) throw new WrenchbookError('wrong-state', `Run ${runId} is marked to be kept.`, 'Remove the mark first.');
  const decision = { why, by: whoIsHere() };
  if (action === 'delete') {
    const freed = await deleteRun(places, ledger, runId, decision);
    keepRun(places, runId, false);
    return freed;
  }
  const { bytes, packedBytes } = await archiveRun(places, ledger, runId, decision, watch);
  return bytes - packedBytes;
}

/** Adds up what it is called with, to `total` at most: the archive's own lengths come on top of the files'. */
export function adding(total: number, tell: (done: number) => void): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    tell(Math.min(total, done));
  };
}

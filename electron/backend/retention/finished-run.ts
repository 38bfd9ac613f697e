/** The one door through which runs are archived and deleted: only a run that is finished, and that nobody works on. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunStatus, RunSummary } from '../../../shared/api/run.ts';
import { fleetAsRun } from '../fleet/record/fleet-as-run.ts';
import { foldFleet } from '../fleet/record/fleet-fold.ts';
import { readFleetJournal } from '../fleet/record/fleet-journal.ts';
import { readJournal } from '../runs/journal.ts';
import { foldRun } from '../runs/run-fold.ts';
import { lockRun } from '../runs/run-lock.ts';
import { runSummary } from '../runs/run-view.ts';

/** All others can go on: waiting, running, interrupted, failed, dead-end (until it is stopped). */
const finished: readonly RunStatus[] = ['done', 'stopped', 'undone'];
/** A fleet run can be retried for ever: one that was never started, or of which hosts have failed, goes by hand only. */
const byHandOnly: readonly RunStatus[] = ['waiting', 'failed'];
export const isFinished = ({ status, fleet }: Pick<RunSummary, 'status' | 'fleet'>, byRule = false): boolean =>
  finished.includes(status) || (fleet !== undefined && !byRule && byHandOnly.includes(status));

export interface HeldRun {
  summary: RunSummary;
  last: { event: number; digest: string };
  giveFree(): void;
}

/** Locks the run, then looks at its journal itself. Throws `wrong-state` for one that is not finished, `locked`, `storage`. */
export function holdFinishedRun(runFolder: string, fleet = false): HeldRun {
  const giveFree = lockRun(runFolder);
  try {
    const { summary, last, findings } = fleet ? lookAtFleet(runFolder) : lookAtRun(runFolder);
    if (findings.length > 0 || !summary)
      throw new WrenchbookError(
        'wrong-state',
        `The journal of this run is damaged: ${findings[0] ?? 'it does not begin with the creation of a run'}.`,
        'Check it with "wrenchbook transcripts verify"; a damaged run is neither archived nor deleted.',
      );
    if (!isFinished(summary))
      throw new WrenchbookError(
        'wrong-state',
        `Run ${summary.runId} is not finished (${summary.status}).`,
        'Finish, undo or stop it first: an unfinished run is neither archived nor deleted.',
      );
    return { summary, last, giveFree };
  } catch (thrown) {
    giveFree();
    throw thrown;
  }
}

interface Looked {
  /** Null where the journal does not begin with its creation. */
  summary: RunSummary | null;
  last: HeldRun['last'];
  findings: string[];
}

function lookAtRun(folder: string): Looked {
  const { events, findings, lastDigest } = readJournal(folder);
  const begun = findings.length === 0 && events[0]?.type === 'run-created';
  return { summary: begun ? runSummary(foldRun(events), false) : null, last: { event: events.length - 1, digest: lastDigest }, findings };
}

function lookAtFleet(folder: string): Looked {
  const { events, findings, lastDigest } = readFleetJournal(folder);
  const begun = findings.length === 0 && events[0]?.type === 'fleet-created';
  return { summary: begun ? fleetAsRun(foldFleet(events)) : null, last: { event: events.length - 1, digest: lastDigest }, findings };
}

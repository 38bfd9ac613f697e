/** The one door through which runs are archived and deleted: only a run that is finished, and that nobody works on. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunStatus, RunSummary } from '../../../shared/api/run.ts';
import { readJournal } from '../runs/journal.ts';
import { foldRun } from '../runs/run-fold.ts';
import { lockRun } from '../runs/run-lock.ts';
import { runSummary } from '../runs/run-view.ts';

/** All others can go on: waiting, running, interrupted, failed, dead-end (until it is stopped). */
const finished: readonly RunStatus[] = ['done', 'stopped', 'undone'];
export const isFinished = (status: RunStatus): boolean => finished.includes(status);

export interface HeldRun {
  summary: RunSummary;
  last: { event: number; digest: string };
  giveFree(): void;
}

/** Locks the run, then looks at its journal itself. Throws `wrong-state` for one that is not finished, `locked`, `storage`. */
export function holdFinishedRun(runFolder: string): HeldRun {
  const giveFree = lockRun(runFolder);
  try {
    const { events, findings, lastDigest } = readJournal(runFolder);
    if (findings.length > 0 || events[0]?.type !== 'run-created')
      throw new WrenchbookError(
        'wrong-state',
        `The journal of this run is damaged: ${findings[0] ?? 'it does not begin with the creation of a run'}.`,
        'Check it with "wrenchbook transcripts verify"; a damaged run is neither archived nor deleted.',
      );
    const summary = runSummary(foldRun(events), false);
    if (!isFinished(summary.status))
      throw new WrenchbookError(
        'wrong-state',
        `Run ${summary.runId} is not finished (${summary.status}).`,
        'Finish, undo or stop it first: an unfinished run is neither archived nor deleted.',
      );
    return { summary, last: { event: events.length - 1, digest: lastDigest }, giveFree };
  } catch (thrown) {
    giveFree();
    throw thrown;
  }
}

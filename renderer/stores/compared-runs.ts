/** The runs that were picked to be laid beside each other: at most two, of one procedure. */
import { create } from 'zustand';
import type { RunSummary } from '../../shared/api/run.ts';

export const useComparedRuns = create<{ picked: readonly RunSummary[] }>(() => ({ picked: [] }));

/** Why this run can't be picked beside those that are; empty when it can. */
export function notComparable(run: Pick<RunSummary, 'runId' | 'topicId' | 'fleet'>, picked: readonly RunSummary[]): string {
  if (picked.some(({ runId }) => runId === run.runId)) return '';
  if (run.fleet) return 'a fleet run';
  if (picked.length >= 2) return 'two are chosen';
  return picked[0] && picked[0].topicId !== run.topicId ? 'another procedure' : '';
}

export function pick(run: RunSummary, wanted: boolean): void {
  useComparedRuns.setState(({ picked }) => {
    const others = picked.filter(({ runId }) => runId !== run.runId);
    return { picked: wanted && notComparable(run, others) === '' ? [...others, run] : others };
  });
}

export const pickNone = (): void => useComparedRuns.setState({ picked: [] });

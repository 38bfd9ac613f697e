/** A run's line in the history, made from its state. */
import type { RunState, RunSummary } from '../../shared/api/run.ts';

export function summaryOf(state: RunState): RunSummary {
  const { runId, topicId, topicTitle, targetLabel, rehearsal, createdAt, endedAt, status, says } = state;
  const stepsDone = state.steps.filter((step) => step.status === 'done').length;
  return { runId, topicId, topicTitle, targetLabel, rehearsal, createdAt, endedAt, status, says, stepsDone, stepsTotal: state.plan.length };
}

/** Replaces the line of the same run, or puts a new one where its start belongs: newest first. */
export function withSummary(runs: readonly RunSummary[], summary: RunSummary): RunSummary[] {
  const others = runs.filter((run) => run.runId !== summary.runId);
  return [...others, summary].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

export const isOpen = (run: Pick<RunSummary, 'endedAt'>) => run.endedAt === null;

import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState, StepState } from '../../../shared/api/run.ts';

/** The step that ended last, where that is not the one the run stands at. */
export function lastEnded(run: RunState): { step: PlannedStep; state: StepState } | null {
  let found: StepState | null = null;
  for (const state of run.steps) if (state.id !== run.current && state.endedAt && (!found?.endedAt || state.endedAt >= found.endedAt)) found = state;
  const step = found && run.plan.find((candidate) => candidate.id === found.id);
  return found && step ? { step, state: found } : null;
}

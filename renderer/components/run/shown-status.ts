import type { RunState, StepStatus } from '../../../shared/api/run.ts';

/** A step of an interrupted run that never ended is not running any more, whatever its last event was. */
export function shownStatus(run: Pick<RunState, 'status' | 'steps'>, stepId: string): StepStatus {
  const status = run.steps.find((candidate) => candidate.id === stepId)?.status ?? 'pending';
  return status === 'running' && run.status === 'interrupted' ? 'interrupted' : status;
}

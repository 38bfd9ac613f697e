import type { RunState } from '../../../shared/api/run.ts';

export interface StepMoment {
  stepId: string;
  label: string;
  /** Milliseconds from the recording's start where the step's last attempt began; null where nothing was recorded. */
  ms: number | null;
  /** That moment's marker in the recording: players that shorten pauses jump to it and not to a time. */
  marker: number | null;
}

export function stepMoments(run: Pick<RunState, 'plan' | 'steps'>): StepMoment[] {
  return run.plan.map((step) => {
    const state = run.steps.find((candidate) => candidate.id === step.id);
    return { stepId: step.id, label: `${step.number} ${step.title}`, ms: state?.recordingMs ?? null, marker: state?.recordingMarker ?? null };
  });
}

/** Seconds each step took, by its own times; steps that never ended are left out. */
export function stepSeconds(run: Pick<RunState, 'plan' | 'steps'>): { step: string; seconds: number }[] {
  return run.plan.flatMap((step) => {
    const state = run.steps.find((candidate) => candidate.id === step.id);
    if (!state?.startedAt || !state.endedAt) return [];
    const ms = new Date(state.endedAt).getTime() - new Date(state.startedAt).getTime();
    return Number.isFinite(ms) && ms >= 0 ? [{ step: `${step.number} ${step.title}`, seconds: Math.round(ms / 100) / 10 }] : [];
  });
}

import type { RunState } from '../../../shared/api/run.ts';

/** Which failure a rehearsal plays. Named on purpose: whoever reads along must not take it for a real one. */
export const scenarioText = (run: Pick<RunState, 'target'>) =>
  run.target.kind === 'lab' && run.target.failure ? `Failure rehearsed: ${run.target.failure.replaceAll('-', ' ')}.` : '';

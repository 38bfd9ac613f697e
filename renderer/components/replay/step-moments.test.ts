import { expect, it } from 'vitest';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { StepState } from '../../../shared/api/run.ts';
import { stepMoments, stepSeconds } from './step-moments.ts';

const plan = [
  { id: 'a', number: 1, title: 'Check' },
  { id: 'b', number: 2, title: 'Write' },
] as PlannedStep[];
const at = (id: string, startedAt: string | null, endedAt: string | null, recordingMs: number | null) => ({ id, startedAt, endedAt, recordingMs }) as StepState;
const run = {
  plan,
  steps: [at('a', '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:02.340Z', 0), at('b', '2026-01-01T10:00:03Z', null, 2500)],
};

it('keeps a beginning at zero apart from no beginning', () => {
  expect(stepMoments(run).map((moment) => moment.ms)).toEqual([0, 2500]);
  expect(stepMoments({ plan, steps: [] }).map((moment) => moment.ms)).toEqual([null, null]);
});
it('times only steps that ended', () => expect(stepSeconds(run)).toEqual([{ step: '1 Check', seconds: 2.3 }]));

import { expect, it } from 'vitest';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState, StepState } from '../../../shared/api/run.ts';
import { lastEnded } from './last-ended.ts';

const step = (id: string, endedAt: string | null) => ({ id, endedAt }) as StepState;
const run = (current: string | null, ...steps: StepState[]) => ({ current, steps, plan: steps.map(({ id }) => ({ id }) as PlannedStep) }) as RunState;

it('is the newest end, not the last in the list', () => {
  const state = run('d', step('a', '2026-01-01T10:00:00Z'), step('b', '2026-01-01T12:00:00Z'), step('c', '2026-01-01T11:00:00Z'), step('d', null));
  expect(lastEnded(state)?.step.id).toBe('b');
});
it('is nothing before the first end', () => expect(lastEnded(run('a', step('a', null)))).toBeNull());
it('is not the step the run stands at: its own card says how it ended', () => expect(lastEnded(run('a', step('a', '2026-01-01T10:00:00Z')))).toBeNull());

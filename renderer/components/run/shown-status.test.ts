import { expect, it } from 'vitest';
import type { RunState, StepState } from '../../../shared/api/run.ts';
import { shownStatus } from './shown-status.ts';

const run = (status: RunState['status'], step: StepState['status']) => ({ status, steps: [{ id: 'a', status: step } as StepState] });

it('shows no step of an interrupted run as running', () => {
  expect(shownStatus(run('interrupted', 'running'), 'a')).toBe('interrupted');
  expect(shownStatus(run('interrupted', 'done'), 'a')).toBe('done');
  expect(shownStatus(run('running', 'running'), 'a')).toBe('running');
});
it('takes a step without a state for one to do', () => expect(shownStatus(run('waiting', 'done'), 'b')).toBe('pending'));

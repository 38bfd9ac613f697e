import { beforeEach, expect, it, vi } from 'vitest';
import type { RunState } from '../../shared/api/run.ts';

vi.mock('../window-api.ts', () => ({ api: {} }));
const shown = vi.hoisted(() => vi.fn());
vi.mock('@mantine/notifications', () => ({ notifications: { show: shown } }));

const { changeRun, takeRunEvent, takeRunState, useRunStates } = await import('./run-states.ts');

const state = (status: RunState['status']) => ({ runId: 'r', status, steps: [], plan: [], says: status, prompt: null, hold: null }) as unknown as RunState;
const status = () => useRunStates.getState().states.r?.status;
beforeEach(() => useRunStates.setState({ states: {}, busy: {}, troubles: {} }));

it('takes the answer of a call', async () => {
  expect(await changeRun('r', async () => state('running'))).toBe(true);
  expect(status()).toBe('running');
});

it('keeps what an event brought while the call was running: the answer is older', async () => {
  takeRunState(state('failed'));
  await changeRun('r', async () => {
    takeRunEvent(state('waiting'));
    return state('running');
  });
  expect(status()).toBe('waiting');
});

it('lets one call at a time through', async () => {
  let finish = (_state: RunState) => {};
  const first = changeRun('r', () => new Promise((resolve) => (finish = resolve)));
  const second = vi.fn();
  expect(await changeRun('r', second)).toBe(false);
  expect(second).not.toHaveBeenCalled();
  finish(state('running'));
  expect(await first).toBe(true);
});

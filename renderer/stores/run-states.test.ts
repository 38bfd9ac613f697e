import { beforeEach, expect, it, vi } from 'vitest';
import type { RunState } from '../../shared/api/run.ts';

const get = vi.hoisted(() => vi.fn());
vi.mock('../window-api.ts', () => ({ api: { runs: { get } } }));
const shown = vi.hoisted(() => vi.fn());
vi.mock('@mantine/notifications', () => ({ notifications: { show: shown } }));

const { changeRun, takeRunNews, takeRunState, useRunStates } = await import('./run-states.ts');

const state = (status: RunState['status']) =>
  ({ runId: 'r', status, steps: [], plan: [], parameters: {}, says: status, prompt: null, hold: null }) as unknown as RunState;
const status = () => useRunStates.getState().states.r?.status;
beforeEach(() => useRunStates.setState({ states: {}, busy: {}, troubles: {} }));

it('takes what was told before the answer of a call', async () => {
  takeRunState(state('waiting'));
  expect(await changeRun('r', async () => takeRunNews(state('running')))).toBe(true);
  expect(status()).toBe('running');
});

it('keeps the plan where the news has none, and fetches a run that was never seen', async () => {
  takeRunState(state('waiting'));
  const { plan: _plan, parameters: _parameters, ...news } = state('failed');
  takeRunNews(news);
  expect([status(), useRunStates.getState().states.r?.plan]).toEqual(['failed', []]);
  get.mockResolvedValueOnce({ ...state('done'), runId: 'other' });
  takeRunNews({ ...news, runId: 'other' });
  await vi.waitFor(() => expect(useRunStates.getState().states.other?.status).toBe('done'));
  expect(get).toHaveBeenCalledWith({ runId: 'other' });
});

it('lets one call at a time through', async () => {
  let finish = (_answer: unknown) => {};
  const first = changeRun('r', () => new Promise((resolve) => (finish = resolve)));
  const second = vi.fn();
  expect(await changeRun('r', second)).toBe(false);
  expect(second).not.toHaveBeenCalled();
  finish({});
  expect(await first).toBe(true);
});

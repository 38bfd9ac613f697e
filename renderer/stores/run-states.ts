/** States of the runs that were opened, as the backend last told them, and the calls that change them. */
import { create } from 'zustand';
import type { RunState } from '../../shared/api/run.ts';
import { type RunNews, withNews } from '../../shared/api/run-news.ts';
import { api } from '../window-api.ts';
import { announcement } from '../words/announcement.ts';
import { announce } from './announce.ts';
import { errorText, reportError } from './report-error.ts';

interface RunStates {
  states: Record<string, RunState>;
  /** Runs with a call running: their buttons wait for its answer. */
  busy: Record<string, boolean>;
  /** Why a run could not be opened, by run. */
  troubles: Record<string, string>;
}

export const useRunStates = create<RunStates>(() => ({ states: {}, busy: {}, troubles: {} }));

/** News of a run: the newest that is known of it. A run that was never seen here is fetched. */
export function takeRunNews(news: RunNews): void {
  const state = withNews(useRunStates.getState().states[news.runId], news);
  if (state) takeRunState(state);
  else void openRun(news.runId);
}

export function takeRunState(state: RunState): void {
  const before = useRunStates.getState().states[state.runId];
  useRunStates.setState((runs) => ({ states: { ...runs.states, [state.runId]: state } }));
  announce(announcement(before, state));
}

/** What has to be known of runs wherever somebody is; then `told` is called with them. Trouble is left to the pages that show runs. */
export async function loadAttention(told: (states: readonly RunState[]) => void = () => undefined): Promise<void> {
  try {
    const states = await api.runs.attention({});
    for (const state of states) if (!useRunStates.getState().states[state.runId]) takeRunState(state);
    told(states);
  } catch {
    // The next change of a run tells of it again.
  }
}

export async function openRun(runId: string): Promise<void> {
  try {
    takeRunState(await api.runs.get({ runId }));
    useRunStates.setState((runs) => ({ troubles: { ...runs.troubles, [runId]: '' } }));
  } catch (thrown) {
    useRunStates.setState((runs) => ({ troubles: { ...runs.troubles, [runId]: errorText(thrown) } }));
  }
}

/** Makes one call that changes a run, and shows what went wrong. Resolves true where the backend did it: what came of it was told before. */
export async function changeRun(runId: string, call: () => Promise<unknown>): Promise<boolean> {
  if (useRunStates.getState().busy[runId]) return false;
  const setBusy = (busy: boolean) => useRunStates.setState((runs) => ({ busy: { ...runs.busy, [runId]: busy } }));
  setBusy(true);
  try {
    await call();
    return true;
  } catch (thrown) {
    reportError(thrown);
    void openRun(runId);
    return false;
  } finally {
    setBusy(false);
  }
}

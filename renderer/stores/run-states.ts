/** States of the runs that were opened, as the backend last told them, and the calls that change them. */
import { create } from 'zustand';
import type { RunState } from '../../shared/api/run.ts';
import { api } from '../window-api.ts';
import { announcement } from '../words/announcement.ts';
import { announce } from './announce.ts';
import { errorText, reportError } from './report-error.ts';

interface RunStates {
  states: Record<string, RunState>;
  /** Runs with a call under way: their buttons wait for its answer. */
  busy: Record<string, boolean>;
  /** Why a run could not be opened, by run. */
  troubles: Record<string, string>;
}

export const useRunStates = create<RunStates>(() => ({ states: {}, busy: {}, troubles: {} }));

export function takeRunState(state: RunState): void {
  const before = useRunStates.getState().states[state.runId];
  useRunStates.setState((runs) => ({ states: { ...runs.states, [state.runId]: state } }));
  announce(announcement(before, state));
}

export async function openRun(runId: string): Promise<void> {
  try {
    takeRunState(await api.runs.get({ runId }));
    useRunStates.setState((runs) => ({ troubles: { ...runs.troubles, [runId]: '' } }));
  } catch (thrown) {
    useRunStates.setState((runs) => ({ troubles: { ...runs.troubles, [runId]: errorText(thrown) } }));
  }
}

/** Runs one call for a run and shows what went wrong. Resolves true where the backend did it. */
export async function changeRun(runId: string, call: () => Promise<RunState>): Promise<boolean> {
  if (useRunStates.getState().busy[runId]) return false;
  const setBusy = (busy: boolean) => useRunStates.setState((runs) => ({ busy: { ...runs.busy, [runId]: busy } }));
  setBusy(true);
  try {
    takeRunState(await call());
    return true;
  } catch (thrown) {
    reportError(thrown);
    void openRun(runId);
    return false;
  } finally {
    setBusy(false);
  }
}

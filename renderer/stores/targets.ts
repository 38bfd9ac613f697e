/** The targets, and the trial of each that was begun in this window. */
import { create } from 'zustand';
import type { ListedTarget, TrialState } from '../../shared/api/target.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';

interface TargetsState {
  /** Null until they were fetched. */
  targets: readonly ListedTarget[] | null;
  /** Why they can't be shown; empty where they can. */
  trouble: string;
  /** By target, the newest. */
  trials: Readonly<Record<string, TrialState>>;
}
export const useTargets = create<TargetsState>(() => ({ targets: null, trouble: '', trials: {} }));

export async function loadTargets(): Promise<void> {
  try {
    useTargets.setState({ targets: await api.targets.list({}), trouble: '' });
  } catch (thrown) {
    useTargets.setState({ targets: null, trouble: errorText(thrown) });
  }
}

export function noteTrial(state: TrialState): void {
  useTargets.setState(({ trials }) => ({ trials: { ...trials, [state.targetId]: state } }));
}
/** The answer to its start; news of it may have come before. */
export function noteStart(state: TrialState): void {
  if (useTargets.getState().trials[state.targetId]?.trialId !== state.trialId) noteTrial(state);
}
export function putAwayTrial(targetId: string): void {
  useTargets.setState(({ trials: { [targetId]: _gone, ...others } }) => ({ trials: others }));
}
/** They ended with the backend that ran them. */
export function forgetTrials(): void {
  useTargets.setState({ trials: {} });
}

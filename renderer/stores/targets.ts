/** The targets, and the trial of each that was begun in this window. */
import { create } from 'zustand';
import type { HiddenTarget, ListedTarget, TrialState } from '../../shared/api/target.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';

interface TargetsState {
  /** Null until they were fetched. */
  targets: readonly ListedTarget[] | null;
  /** Why they can't be shown; empty where they can. */
  trouble: string;
  /** Their file is there and can't be read: it can be moved away. */
  damaged: boolean;
  /** Its file, and the entries of it that can't be used. */
  file: string;
  hidden: readonly HiddenTarget[];
  /** By target, the newest. */
  trials: Readonly<Record<string, TrialState>>;
}
export const useTargets = create<TargetsState>(() => ({ targets: null, trouble: '', damaged: false, file: '', hidden: [], trials: {} }));

export async function loadTargets(): Promise<void> {
  try {
    const [targets, { file, hidden }] = await Promise.all([api.targets.list({}), api.targets.state({})]);
    useTargets.setState({ targets, file, hidden, trouble: '', damaged: false });
  } catch (thrown) {
    const damaged = await api.targets.state({}).then(
      (state) => state.damaged !== null,
      () => false,
    );
    useTargets.setState({ targets: null, hidden: [], trouble: errorText(thrown), damaged });
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

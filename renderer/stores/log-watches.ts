/** The logs that are watched, as the backend last said. */
import { create } from 'zustand';
import { type SeenSymptom, type WatchState, watchedText } from '../../shared/api/watch.ts';
import { api } from '../window-api.ts';
import { announce } from './announce.ts';
import { reportError } from './report-error.ts';

export const useLogWatches = create<{ watches: Readonly<Record<string, WatchState>> }>(() => ({ watches: {} }));

export async function loadLogWatches(): Promise<void> {
  try {
    const { watches } = await api.watches.list({});
    useLogWatches.setState({ watches: Object.fromEntries(watches.map((each) => [each.watchId, each])) });
  } catch (thrown) {
    reportError(thrown);
  }
}

export function noteWatch(state: WatchState): void {
  const before = useLogWatches.getState().watches[state.watchId];
  const [newest] = newSymptoms(before, state);
  if (newest) announce(`${newest.title}: a known symptom appeared in ${watchedText(state.log)} of ${state.targetName}.`);
  if (state.status === 'ended' && before?.status !== 'ended')
    announce(`${watchedText(state.log)} of ${state.targetName} is no longer watched. ${state.trouble?.cause ?? ''}`);
  useLogWatches.setState(({ watches }) => ({ watches: { ...watches, [state.watchId]: state } }));
}

/** The newest first. */
export const newSymptoms = (before: WatchState | undefined, now: WatchState): readonly SeenSymptom[] =>
  now.seen.filter(({ topicId }) => !before?.seen.some((each) => each.topicId === topicId));

export function putAwayWatch(watchId: string): void {
  useLogWatches.setState(({ watches: { [watchId]: _gone, ...others } }) => ({ watches: others }));
  void api.watches.forget({ watchId }).catch(reportError);
}

/** Beside another watch of the same log that has begun since. */
export function noteNewWatch(state: WatchState): void {
  useLogWatches.setState(({ watches }) => {
    const others = Object.entries(watches).filter(
      ([, each]) => each.watchId === state.watchId || each.targetName !== state.targetName || watchedText(each.log) !== watchedText(state.log),
    );
    return { watches: { ...Object.fromEntries(others), [state.watchId]: watches[state.watchId] ?? state } };
  });
}

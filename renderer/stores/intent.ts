/** What somebody asked for from elsewhere that a page has to do once it is there, such as opening its dialog. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { go, type Route } from './route.ts';

export type Intent = 'import-run' | 'add-target' | 'import-targets';

const useWanted = create<{ intent: Intent | null }>(() => ({ intent: null }));

export function ask(intent: Intent, at: Route): void {
  useWanted.setState({ intent });
  go(at);
}

/** Once, however often the page is drawn. */
export function useIntent(intent: Intent, act: () => void): void {
  const wanted = useWanted((state) => state.intent);
  useEffect(() => {
    if (wanted !== intent || useWanted.getState().intent !== intent) return;
    useWanted.setState({ intent: null });
    act();
  }, [wanted, intent, act]);
}

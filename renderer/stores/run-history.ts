/** All runs, newest first, kept current by the backend's events. */
import { create } from 'zustand';
import type { RunState, RunSummary } from '../../shared/api/run.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';
import { summaryOf, withSummary } from './run-summaries.ts';

export const useRunHistory = create<{ runs: RunSummary[] | null; trouble: string }>(() => ({ runs: null, trouble: '' }));

export async function loadRunHistory(): Promise<void> {
  try {
    useRunHistory.setState({ runs: await api.runs.list({}), trouble: '' });
  } catch (thrown) {
    useRunHistory.setState({ trouble: errorText(thrown) });
  }
}

export function noteRunChange(state: RunState): void {
  useRunHistory.setState(({ runs }) => (runs ? { runs: withSummary(runs, summaryOf(state)) } : {}));
}

/** How many real runs can go on, and that something changed. All runs are never fetched at once: there may be ten thousand. */
import { create } from 'zustand';
import { api } from '../window-api.ts';

interface RunHistoryState {
  openRuns: number;
  /** Goes up when what was fetched of the runs may be behind. */
  changes: number;
}
export const useRunHistory = create<RunHistoryState>(() => ({ openRuns: 0, changes: 0 }));

/** The index is written a moment after the run; until it has all of them, the question came again. */
const pauseMs = 100;
const lookAgainMs = 600;
let timer: number | undefined;

export function noteRunChange(afterMs = pauseMs): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void loadRunHistory(), afterMs);
}

export async function loadRunHistory(): Promise<void> {
  try {
    const { total, indexed, of } = await api.runs.search({ text: '', open: true, rehearsal: false, limit: 1, offset: 0 });
    useRunHistory.setState(({ changes }) => ({ openRuns: total, changes: changes + 1 }));
    if (indexed < of) noteRunChange(lookAgainMs);
  } catch {
    // A number beside a link; the Runs page says what is wrong.
  }
}

/** What the runs on screen take up, and that something was archived, restored or deleted. */
import { create } from 'zustand';
import type { RunStorage } from '../../shared/api/storage.ts';
import { api } from '../window-api.ts';

interface StorageState {
  /** By run; only of those that were asked for. */
  runs: Readonly<Record<string, RunStorage>>;
  /** Goes up when what was fetched may be behind. */
  changes: number;
}
export const useStorage = create<StorageState>(() => ({ runs: {}, changes: 0 }));

export function noteStorageChange(): void {
  useStorage.setState(({ changes }) => ({ changes: changes + 1 }));
}

/** At most a page of runs. Trouble shows as a missing size: the Storage page says what is wrong. */
export async function loadRunStorage(runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  try {
    const found = await api.storage.runs({ runIds: [...runIds] });
    useStorage.setState(({ runs }) => ({ runs: { ...runs, ...Object.fromEntries(found.map((each) => [each.runId, each])) } }));
  } catch {
    // sizes are an extra here
  }
}

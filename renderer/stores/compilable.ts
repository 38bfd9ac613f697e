/** Which procedures can run on many hosts. They do not change while the window is open. */
import { create } from 'zustand';
import type { Compilability } from '../../shared/api/fleet-form.ts';
import { api } from '../window-api.ts';
import { reportError } from './report-error.ts';

/** Null before it was asked for. */
export const useCompilable = create<{ list: readonly Compilability[] | null }>(() => ({ list: null }));

export async function loadCompilable(): Promise<void> {
  if (useCompilable.getState().list) return;
  try {
    useCompilable.setState({ list: await api.fleets.compilable({}) });
  } catch (thrown) {
    reportError(thrown);
  }
}

/** The check-ups that were begun in this window: they are there again after Back. */
import { create } from 'zustand';

/** By the machine, a value of where.ts: under what its trial is noted in targets.ts. */
export const useCheckUps = create<{ trials: Readonly<Record<string, string>> }>(() => ({ trials: {} }));

export function noteCheckUp(where: string, targetId: string): void {
  useCheckUps.setState(({ trials }) => ({ trials: { ...trials, [where]: targetId } }));
}

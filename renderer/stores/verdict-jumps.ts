/** From a verdict to its line in the terminal, and from the mark at the line back to the verdict. */
import { create } from 'zustand';
import type { Verdict } from '../../shared/api/run.ts';

/** Where somebody wants to go; `count` tells two wishes for the same place apart. */
interface Jump {
  key: string;
  count: number;
}
export const useVerdictJumps = create<{ line: Jump | null; verdict: Jump | null }>(() => ({ line: null, verdict: null }));

export const verdictKey = (stepId: string, { rule, line }: Pick<Verdict, 'rule' | 'line'>): string => `${stepId}\n${rule}\n${line}`;

/** The step of a verdict's key. */
export const stepOfKey = (key: string): string => key.slice(0, key.indexOf('\n'));

let count = 0;
export const showLine = (key: string): void => useVerdictJumps.setState({ line: { key, count: ++count } });
/** It was reached. */
export const arrivedAtVerdict = (): void => useVerdictJumps.setState({ verdict: null });
export const showVerdict = (key: string): void => useVerdictJumps.setState({ verdict: { key, count: ++count } });

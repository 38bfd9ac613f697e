/** Which of a step's verdicts counts most. One order for the sentence on a run, the card, the terminal command and what is read out. Pure. */
import type { Verdict } from './run.ts';

/** Rules of the engine itself: they say that something is wrong, and not what. */
const general: ReadonlySet<string> = new Set(['unknown-error', 'exit-status']);
const weight = { failure: 1, warning: 3, expected: 4, harmless: 5 };

const weightOf = ({ kind, rule, noWayBack }: Verdict) => (noWayBack ? 0 : kind === 'failure' && general.has(rule) ? 2 : weight[kind]);

/** The worst first; what weighs the same stays in the order it was seen in. */
export const byWeight = (verdicts: readonly Verdict[]): Verdict[] => [...verdicts].sort((a, b) => weightOf(a) - weightOf(b));

/** The finding that says what to do next; null where nothing is wrong. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict | null {
  const [first] = byWeight(verdicts);
  return first && (first.kind === 'failure' || first.kind === 'warning') ? first : null;
}

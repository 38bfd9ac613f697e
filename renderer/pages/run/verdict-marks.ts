/** Lines of the terminal that a verdict speaks of, with the colour of the margin beside them. */
import type { RunState, VerdictKind } from '../../../shared/api/run.ts';
import type { LineMark } from '../../components/terminal/line-marks.ts';
import { verdictWords } from '../../words/status.ts';

/** Readable in both schemes: the mark is a bar, not text. */
const colors: Record<VerdictKind, string> = { expected: '#2f9e5a', harmless: '#2f9e5a', warning: '#e08a1e', failure: '#e03b3b' };

export function verdictMarks(run: Pick<RunState, 'steps'>): LineMark[] {
  return run.steps.flatMap((step) =>
    step.verdicts
      .filter((verdict) => verdict.line !== '')
      .map((verdict) => ({
        line: verdict.line,
        color: colors[verdict.kind],
        title: `${verdictWords(verdict.kind).label}: ${verdict.means} ${verdict.next}`.trim(),
      })),
  );
}

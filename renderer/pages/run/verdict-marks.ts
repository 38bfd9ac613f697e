/** Lines of the terminal that a verdict speaks of, each with a note of its own shape. */
import type { RunState, VerdictKind } from '../../../shared/api/run.ts';
import type { LineMark } from '../../components/terminal/line-marks.ts';
import { verdictKey } from '../../stores/verdict-jumps.ts';
import { toneColor, verdictWords } from '../../words/status.ts';

/** Readable in both schemes: in the ruler it is a bar, not text. */
const colors: Record<VerdictKind, string> = { expected: '#2f9e5a', harmless: '#2f9e5a', warning: '#e08a1e', failure: '#e03b3b' };
const signs: Record<VerdictKind, string> = { expected: '✓', harmless: '○', warning: '▲', failure: '✖' };

export function verdictMarks(run: Pick<RunState, 'steps'>): LineMark[] {
  return run.steps.flatMap((step) =>
    step.verdicts
      .filter((verdict) => verdict.line !== '')
      .map((verdict) => {
        const { label, tone } = verdictWords(verdict.kind);
        return {
          id: verdictKey(step.id, verdict),
          line: verdict.line,
          sign: signs[verdict.kind],
          word: label,
          color: colors[verdict.kind],
          ink: toneColor(tone),
          title: `${label}: ${verdict.means}`,
        };
      }),
  );
}

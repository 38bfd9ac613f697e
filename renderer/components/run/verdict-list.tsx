import type { Verdict } from '../../../shared/api/run.ts';
import { toneColor, verdictWords } from '../../words/status.ts';
import { VerdictMark } from '../status/status-mark.tsx';
import classes from './verdict-list.module.css';

const weight = { failure: 0, warning: 1, expected: 2, harmless: 3 };

/** What was expected, what was seen, what it means, what comes next. The worst first. */
export function VerdictList({ verdicts, label }: { verdicts: readonly Verdict[]; label: string }) {
  if (verdicts.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={label}>
      {[...verdicts]
        .sort((a, b) => weight[a.kind] - weight[b.kind])
        .map((verdict) => (
          <li
            key={`${verdict.rule} ${verdict.line}`}
            className={`${classes.verdict} ${classes[verdict.kind] ?? ''}`}
            style={{ color: toneColor(verdictWords(verdict.kind).tone) }}
          >
            <div className={classes.head}>
              <VerdictMark kind={verdict.kind} />
              {verdict.line ? <span className={classes.line}>{verdict.line}</span> : verdict.kind === 'failure' && <span>nothing like it was seen</span>}
            </div>
            <div>
              {verdict.means} {verdict.next && <span className={classes.next}>{verdict.next}</span>}
              {verdict.noWayBack && <strong> There is no way back from this.</strong>}
            </div>
          </li>
        ))}
    </ul>
  );
}

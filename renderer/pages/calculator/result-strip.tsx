import type { Calculation } from '../../../shared/api/calculation.ts';
import classes from './calculator.module.css';

const shown = 3;

/**
 * Where the results stand below the values: the first of them, in sight while a slider moves. For the eye only, as the list of
 * results says the same to those who hear it.
 */
export function ResultStrip({ calculation, stale }: { calculation: Calculation; stale: boolean }) {
  return (
    <div className={classes.strip} aria-hidden data-stale={stale || undefined}>
      {stale && <span>Last valid values:</span>}
      {calculation.results.slice(0, shown).map(({ id, label, text }) => (
        <span key={id} className={classes.stripped}>
          <span className={classes.stripLabel}>{label}</span>
          <strong>{text}</strong>
        </span>
      ))}
    </div>
  );
}

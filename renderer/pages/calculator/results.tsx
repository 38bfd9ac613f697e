import { IconAlertTriangle } from '@tabler/icons-react';
import type { Calculation } from '../../../shared/api/calculation.ts';
import page from '../page.module.css';
import classes from './calculator.module.css';

interface ResultsProps {
  calculation: Calculation;
  /** They are of values before: one that is there now is wrong. */
  stale: boolean;
}

export function Results({ calculation: { results, warnings }, stale }: ResultsProps) {
  return (
    <section className={page.panel} aria-labelledby="results">
      <h2 id="results">Results</h2>
      {stale && <p className={classes.note}>One value is invalid. These results are for the last valid values.</p>}
      <dl className={stale ? `${classes.results} ${classes.stale}` : classes.results}>
        {results.map(({ id, label, text }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd className={classes.value}>{text}</dd>
          </div>
        ))}
      </dl>
      <details className={classes.how}>
        <summary>How these were calculated</summary>
        <ul className={page.list}>
          {results.map(({ id, label, how }) => (
            <li key={id}>
              <strong>{label}:</strong> {how}
            </li>
          ))}
        </ul>
      </details>
      {warnings.length > 0 && (
        <ul className={classes.warnings} aria-label="Careful">
          {warnings.map((warning) => (
            <li key={warning}>
              <IconAlertTriangle size={18} aria-hidden />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

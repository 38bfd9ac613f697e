import { IconAlertTriangle } from '@tabler/icons-react';
import type { Calculation } from '../../../shared/api/calculation.ts';
import page from '../page.module.css';
import classes from './calculator.module.css';

interface ResultsProps {
  calculation: Calculation;
  /** They are of values before: one that is there now is wrong. */
  stale: boolean;
}

export function Results({ calculation: { results, tables, warnings }, stale }: ResultsProps) {
  return (
    <>
      <section className={page.panel} aria-labelledby="results">
        <h2 id="results">Results</h2>
        {stale && <p className={classes.note}>Not of the values as they stand: one of them is wrong. These are of the last ones that were right.</p>}
        <dl className={stale ? `${classes.results} ${classes.stale}` : classes.results}>
          {results.map(({ id, label, text, how }) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd className={classes.value}>{text}</dd>
              <dd className={classes.how}>{how}</dd>
            </div>
          ))}
        </dl>
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
      {tables.map(({ id, title, heads, rows }) => (
        <section key={id} className={page.panel} aria-labelledby={`table-${id}`}>
          <h2 id={`table-${id}`}>{title}</h2>
          <div className={classes.wide}>
            <table className={classes.table} aria-labelledby={`table-${id}`}>
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([first, ...cells]) => (
                  <tr key={first}>
                    <th scope="row">{first}</th>
                    {cells.map((cell, index) => (
                      <td key={heads[index + 1]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}

import type { Calculation } from '../../../shared/api/calculation.ts';
import page from '../page.module.css';
import classes from './calculator.module.css';

export function Tables({ tables }: Pick<Calculation, 'tables'>) {
  return (
    <>
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

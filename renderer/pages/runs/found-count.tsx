import { Progress } from '@mantine/core';
import { isNarrowed, useRunSearch } from '../../stores/run-search.ts';
import { numberText, runsText } from '../../words/amounts.ts';
import classes from './runs.module.css';

/** How many were found, and that there may be more while the index is being built. */
export function FoundCount() {
  const { result, query } = useRunSearch();
  if (!result) return null;
  const { total, of, indexed } = result;
  return (
    <>
      <p className={classes.count} role="status">
        {foundText(total, isNarrowed(query))}
      </p>
      {indexed < of && (
        <div className={classes.building}>
          <span>
            The runs are being read for the search: {numberText(indexed)} of {numberText(of)}. What is found so far is shown; the rest follows.
          </span>
          <Progress value={(100 * indexed) / of} aria-label="Runs read for the search" />
        </div>
      )}
    </>
  );
}

function foundText(total: number, narrowed: boolean): string {
  if (!narrowed) return `${runsText(total)}, newest first.`;
  return total === 0 ? 'Nothing found.' : `${runsText(total)} ${total === 1 ? 'fits' : 'fit'}, newest first.`;
}

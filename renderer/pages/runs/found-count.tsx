import { Progress } from '@mantine/core';
import { isNarrowed, useRunSearch } from '../../stores/run-search.ts';
import classes from './runs.module.css';

/** How many were found, and that there may be more while the index is being built. */
export function FoundCount() {
  const { result, query } = useRunSearch();
  if (!result) return null;
  const { total, of, indexed } = result;
  return (
    <>
      <p className={classes.count} role="status">
        {isNarrowed(query) ? `${total} ${total === 1 ? 'run fits' : 'runs fit'}` : `${total} ${total === 1 ? 'run' : 'runs'}`}, newest first.
      </p>
      {indexed < of && (
        <div className={classes.building}>
          <span>
            The runs are being read for the search: {indexed} of {of}. What is found so far is shown; the rest follows by itself.
          </span>
          <Progress value={(100 * indexed) / of} aria-label="Runs read for the search" />
        </div>
      )}
    </>
  );
}

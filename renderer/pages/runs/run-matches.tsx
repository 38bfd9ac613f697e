import type { SearchMatch, SearchPlace } from '../../../shared/api/history.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import { type Route, routeHash } from '../../stores/route.ts';
import { placeOf } from '../../stores/run-summaries.ts';
import classes from './runs.module.css';

/** Where the words stand, each with the way to that step in the transcript. */
export function RunMatches({ run, matches }: { run: RunSummary; matches: readonly SearchMatch[] }) {
  if (matches.length === 0) return null;
  return (
    <ul className={classes.matches} aria-label="Where it was found">
      {matches.map((found) => (
        <li key={`${found.stepId} ${found.place} ${found.before}${found.match}`}>
          <a href={routeHash(run.fleet ? placeOf(run) : stepPlace(run.runId, found))}>
            {found.title}
            {placeWords[found.place]}
          </a>
          <div className={classes.passage}>
            {found.before}
            <mark>{found.match}</mark>
            {found.after}
          </div>
        </li>
      ))}
    </ul>
  );
}

const placeWords: Record<SearchPlace, string> = { record: '', plan: ', in the plan', screen: ', on the screen' };

const stepPlace = (runId: string, { stepId, place }: SearchMatch): Route =>
  stepId === null ? { page: 'transcript', runId } : { page: 'transcript', runId, at: { stepId, place } };

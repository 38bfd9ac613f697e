import type { SearchMatch, SearchPlace } from '../../../shared/api/history.ts';
import { type Route, routeHash } from '../../stores/route.ts';
import classes from './runs.module.css';

/** Where the words stand, each with the way to that step in the transcript. */
export function RunMatches({ runId, matches }: { runId: string; matches: readonly SearchMatch[] }) {
  if (matches.length === 0) return null;
  return (
    <ul className={classes.matches} aria-label="Where it was found">
      {matches.map((found) => (
        <li key={`${found.stepId} ${found.place} ${found.before}${found.match}`}>
          <a href={routeHash(placeOf(runId, found))}>
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

const placeOf = (runId: string, { stepId, place }: SearchMatch): Route =>
  stepId === null ? { page: 'transcript', runId } : { page: 'transcript', runId, at: { stepId, place } };

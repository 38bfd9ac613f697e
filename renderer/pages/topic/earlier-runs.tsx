import { useEffect, useState } from 'react';
import type { RunSummary } from '../../../shared/api/run.ts';
import { ListedStatus } from '../../components/status/listed-status.tsx';
import { routeHash } from '../../stores/route.ts';
import { useRunHistory } from '../../stores/run-history.ts';
import { placeOf } from '../../stores/run-summaries.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './topic.module.css';

const shown = 6;

export function EarlierRuns({ topicId }: { topicId: string }) {
  const changes = useRunHistory((state) => state.changes);
  const [runs, setRuns] = useState<readonly RunSummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when runs have changed
  useEffect(() => {
    let wanted = true;
    api.runs
      .search({ text: '', topicId, limit: shown, offset: 0 })
      .then(({ hits }) => wanted && setRuns(hits.map(({ run }) => run)))
      .catch(() => undefined); // the Runs page says what is wrong
    return () => {
      wanted = false;
    };
  }, [topicId, changes]);
  return (
    <section className={page.panel} aria-labelledby="earlier-runs">
      <h2 id="earlier-runs">Earlier runs</h2>
      {runs.length === 0 ? (
        <div style={{ color: 'var(--wb-quiet)' }}>None yet. Start with a rehearsal.</div>
      ) : (
        <ul className={classes.runs}>
          {runs.map((run) => (
            <li key={run.runId}>
              <a href={routeHash(placeOf(run))}>{momentText(run.createdAt)}</a> {run.fleet && `on ${run.targetLabel} `}
              <ListedStatus run={run} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { RunStatusMark } from '../../components/status/status-mark.tsx';
import { routeHash } from '../../stores/route.ts';
import { useRunHistory } from '../../stores/run-history.ts';
import { isOpen } from '../../stores/run-summaries.ts';
import { momentText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './topic.module.css';

export function EarlierRuns({ topicId }: { topicId: string }) {
  const all = useRunHistory((state) => state.runs);
  const runs = all?.filter((run) => run.topicId === topicId).slice(0, 6) ?? [];
  return (
    <section className={page.panel} aria-labelledby="earlier-runs">
      <h2 id="earlier-runs">Earlier runs</h2>
      {runs.length === 0 ? (
        <div style={{ color: 'var(--wb-quiet)' }}>None yet. A rehearsal is a good first one.</div>
      ) : (
        <ul className={classes.runs}>
          {runs.map((run) => (
            <li key={run.runId}>
              <a href={routeHash(isOpen(run) ? { page: 'run', runId: run.runId, view: 'step' } : { page: 'transcript', runId: run.runId })}>
                {momentText(run.createdAt)}
              </a>{' '}
              <RunStatusMark status={run.status} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

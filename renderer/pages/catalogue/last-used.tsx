import type { TopicSummary } from '../../../shared/api/topic.ts';
import { noteCaptured } from '../../stores/captured.ts';
import { routeHash } from '../../stores/route.ts';
import { momentText } from '../../words/amounts.ts';
import classes from './catalogue.module.css';
import { useLastUsed } from './use-last-used.ts';

/** What was used last, for those who come back to it. */
export function LastUsed({ topics }: { topics: readonly TopicSummary[] }) {
  const used = useLastUsed().flatMap(({ topicId, at }) => {
    const topic = topics.find(({ id }) => id === topicId);
    return topic ? [{ topic, at }] : [];
  });
  if (used.length === 0) return null;
  return (
    <section className={classes.used} aria-labelledby="last-used">
      <h2 id="last-used" className={classes.sideHead}>
        Last used
      </h2>
      <ul className={classes.usedRow}>
        {used.map(({ topic, at }) => (
          <li key={topic.id}>
            <a className={classes.usedOne} href={routeHash({ page: 'topic', topicId: topic.id })} onClick={() => noteCaptured(topic.id, {})}>
              <span className={classes.usedTitle} title={topic.title}>
                {topic.title}
              </span>
              <span className={classes.usedAt}>{momentText(at)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { IconClock } from '@tabler/icons-react';
import type { ProcedureSummary } from '../../../shared/api/topic.ts';
import { CalculatesMark } from '../../components/danger/calculates-mark.tsx';
import { DangerMark } from '../../components/danger/danger-mark.tsx';
import { noteCaptured } from '../../stores/captured.ts';
import type { Found } from '../../stores/found-topics.ts';
import { routeHash } from '../../stores/route.ts';
import { minutesText } from '../../words/amounts.ts';
import classes from './catalogue.module.css';

interface TopicCardProps {
  found: Found;
  /** Names of the admin's machines that it fits, where that was asked. */
  fits: readonly string[];
}

export function TopicCard({ found: { topic, because, recognised, captured }, fits }: TopicCardProps) {
  return (
    <a
      className={classes.card}
      href={routeHash({ page: 'topic', topicId: topic.id })}
      aria-label={topic.title}
      onClick={() => noteCaptured(topic.id, captured)}
    >
      <div className={classes.overline}>{topic.category}</div>
      <h3 className={classes.title}>{topic.title}</h3>
      <div className={classes.summary}>{topic.summary}</div>
      {because && (
        <div className={classes.because} data-recognised={recognised}>
          {recognised ? 'Recognised' : 'Matches'}: {because}
        </div>
      )}
      <div className={classes.foot}>
        {topic.kind === 'calculator' ? <CalculatesMark /> : <Effort topic={topic} />}
        <span className={classes.platforms}>{topic.platforms.join(' · ')}</span>
      </div>
      {fits.length > 0 && <div className={classes.platforms}>Fits {fits.join(', ')}</div>}
    </a>
  );
}

function Effort({ topic }: { topic: ProcedureSummary }) {
  return (
    <>
      <DangerMark level={topic.risk.level} />
      <span className={classes.minutes}>
        <IconClock size={14} aria-hidden />
        {minutesText(topic.minutes)}
      </span>
    </>
  );
}

import { IconClock } from '@tabler/icons-react';
import type { ProcedureSummary } from '../../../shared/api/topic.ts';
import { CalculatesMark } from '../../components/danger/calculates-mark.tsx';
import { DangerMark } from '../../components/danger/danger-mark.tsx';
import { LabBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { routeHash } from '../../stores/route.ts';
import type { Found } from '../../stores/symptom-search.ts';
import { minutesText } from '../../words/amounts.ts';
import classes from './catalogue.module.css';

export function TopicCard({ found: { topic, because } }: { found: Found }) {
  return (
    <a className={classes.card} href={routeHash({ page: 'topic', topicId: topic.id })} aria-label={topic.title}>
      <h3 className={classes.title}>{topic.title}</h3>
      <div className={classes.summary}>{topic.summary}</div>
      {because && <div className={classes.because}>Recognised: {because}</div>}
      <div className={classes.foot}>{topic.kind === 'calculator' ? <CalculatesMark /> : <Effort topic={topic} />}</div>
      <div className={classes.platforms}>{topic.platforms.join(' · ')}</div>
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
      {topic.lab.scenarios.length > 0 && <LabBadge />}
    </>
  );
}

import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { RehearsalBand } from '../../components/rehearsal/rehearsal-band.tsx';
import { Stages } from '../../components/stages.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { stayAt } from '../../stores/route.ts';
import { loadTopic, useTopics } from '../../stores/topics.ts';
import { momentText } from '../../words/amounts.ts';
import type { Others } from '../../words/machines.ts';
import { targetOfValue } from '../../words/where.ts';
import page from '../page.module.css';
import classes from './start.module.css';
import { StartForm } from './start-form.tsx';
import { useEarlierRun } from './use-earlier-run.ts';

/** The same one each time. */
const noParameters = {};

/** The form and the whole plan, before anything runs. */
interface StartPageProps {
  topicId: string;
  /** Where it is to run, as a value of where.ts; null: it is still to be chosen. */
  where: string | null;
  /** The same of the other machines, of a procedure with several. */
  others: Others;
  /** The run whose values fill the form. */
  like: string | null;
}

export function StartPage({ topicId, where, others, like }: StartPageProps) {
  const named = useTopics((state) => state.details[topicId]);
  const topic = named?.kind === 'procedure' ? named : undefined;
  const trouble = useTopics((state) => state.troubles[topicId]);
  useEffect(() => void loadTopic(topicId), [topicId]);
  const earlier = useEarlierRun(like);
  const target = where === null ? null : targetOfValue(where);
  const played = target?.kind === 'lab' ? topic?.labFailures.find(({ id }) => id === target.failure) : undefined;
  return (
    <div className={classes.frame}>
      {target?.kind === 'lab' && <RehearsalBand scenario={played ? `Rehearses the failure: ${played.title}.` : 'Rehearses success.'} />}
      <div className={page.page}>
        <Crumb to={{ page: 'topic', topicId }}>{named?.title ?? 'The procedure'}</Crumb>
        <PageHeading title={topic ? `Plan: ${topic.title}` : 'Plan'} />
        <Stages at="Plan" />
        {earlier.run && <p className={page.lead}>Filled in as in the run of {momentText(earlier.run.createdAt)}.</p>}
        {earlier.trouble && <TroubleNote text={earlier.trouble} />}
        {topic && !earlier.isComing ? (
          <StartForm
            key={topicId}
            topic={topic}
            where={where}
            others={others}
            given={earlier.run?.topicId === topicId ? earlier.run.parameters : noParameters}
            like={like}
            onWhere={(chosen, on) => stayAt({ page: 'start', topicId, where: chosen, others: on, ...(like !== null && { like }) })}
          />
        ) : named?.kind === 'calculator' ? (
          <TroubleNote text={`“${named.title}” only calculates: there is nothing to start. Go back to its page.`} />
        ) : trouble ? (
          <TroubleNote text={trouble} />
        ) : (
          <Loader size="sm" role="status" aria-label="Opening the procedure" />
        )}
      </div>
    </div>
  );
}

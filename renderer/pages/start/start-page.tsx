import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { RehearsalBand } from '../../components/rehearsal/rehearsal-band.tsx';
import { Stages } from '../../components/stages.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { loadTopic, useTopics } from '../../stores/topics.ts';
import page from '../page.module.css';
import { StartForm } from './start-form.tsx';

/** The form and the whole plan, before anything runs. */
export function StartPage({ topicId, failure }: { topicId: string; failure: string | null }) {
  const topic = useTopics((state) => state.details[topicId]);
  const trouble = useTopics((state) => state.trouble);
  useEffect(() => void loadTopic(topicId), [topicId]);
  const played = topic?.labFailures.find((candidate) => candidate.id === failure);
  return (
    <>
      <RehearsalBand scenario={played ? `It plays: ${played.title}.` : 'It plays: it goes well.'} />
      <div className={page.page}>
        <Crumb to={{ page: 'topic', topicId }}>{topic?.title ?? 'The procedure'}</Crumb>
        <PageHeading title={topic ? `Plan: ${topic.title}` : 'Plan'} />
        <Stages at="Plan" />
        {topic ? (
          <StartForm key={`${topicId} ${failure}`} topic={topic} failure={failure} />
        ) : trouble ? (
          <TroubleNote text={trouble} />
        ) : (
          <Loader size="sm" aria-label="Opening the procedure" />
        )}
      </div>
    </>
  );
}

import { Button, Loader } from '@mantine/core';
import { IconArrowRight, IconClock, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { ProcedureDetail } from '../../../shared/api/topic.ts';
import { Crumb } from '../../components/crumb.tsx';
import { DangerMark } from '../../components/danger/danger-mark.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { PictureView } from '../../components/picture/picture.tsx';
import { LabBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { Stages } from '../../components/stages.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { loadCompilable, useCompilable } from '../../stores/compilable.ts';
import { go, routeHash } from '../../stores/route.ts';
import { startRehearsal } from '../../stores/start-rehearsal.ts';
import { loadTopic, useTopics } from '../../stores/topics.ts';
import { minutesText } from '../../words/amounts.ts';
import { labValue } from '../../words/where.ts';
import page from '../page.module.css';
import { EarlierRuns } from './earlier-runs.tsx';
import { LabChoice } from './lab-choice.tsx';
import { List, Points } from './points.tsx';
import { Symptoms } from './symptoms.tsx';
import classes from './topic.module.css';

const Calculator = lazy(() => import('../calculator/calculator.tsx').then(({ Calculator }) => ({ default: Calculator })));

export function TopicPage({ topicId }: { topicId: string }) {
  const topic = useTopics((state) => state.details[topicId]);
  const trouble = useTopics((state) => state.troubles[topicId]);
  useEffect(() => void loadTopic(topicId), [topicId]);
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'catalogue' }}>Catalogue</Crumb>
      {topic?.kind === 'calculator' ? (
        <Suspense fallback={<Loader size="sm" role="status" aria-label="Opening the calculator" />}>
          <Calculator topic={topic} />
        </Suspense>
      ) : topic ? (
        <Procedure topic={topic} />
      ) : trouble ? (
        <TroubleNote text={trouble} />
      ) : (
        <Loader size="sm" role="status" aria-label="Opening the procedure" />
      )}
    </div>
  );
}

function Procedure({ topic }: { topic: ProcedureDetail }) {
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const onMany = useCompilable(({ list }) => list?.some(({ topicId, obstacles }) => topicId === topic.id && obstacles.length === 0) ?? false);
  useEffect(() => void loadCompilable(), []);
  const startNow = async () => {
    setStarting(true);
    await startRehearsal(topic.id, failure);
    setStarting(false);
  };
  return (
    <>
      <PageHeading title={topic.title} />
      <Stages at="Read" />
      <p className={page.lead}>{topic.summary}</p>
      <div className={classes.facts}>
        <DangerMark level={topic.risk.level} />
        <span>
          <IconClock size={14} aria-hidden style={{ verticalAlign: -2 }} /> {minutesText(topic.minutes)}
        </span>
        <LabBadge />
        <span>{topic.platforms.join(' · ')}</span>
      </div>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Points title="What it fixes" points={topic.fixes} />
          <Symptoms symptoms={topic.symptoms} />
          {topic.probe && (
            <section className={page.panel} aria-labelledby="applies">
              <h2 id="applies">Does it apply here?</h2>
              <p style={{ margin: '0 0 10px' }}>Wrenchbook can check that without changing anything. It looks at {topic.probe.looksAt.join(', ')}.</p>
              <Button variant="default" onClick={() => go({ page: 'start', topicId: topic.id, where: topic.targets.length > 0 ? null : labValue(null) })}>
                Choose where to check
              </Button>
            </section>
          )}
          <section className={`${page.panel} ${classes.noway}`} aria-labelledby="risk">
            <h2 id="risk">Risk, and what can't be undone</h2>
            <p style={{ margin: '0 0 8px' }}>{topic.risk.text}</p>
            <List points={topic.cannotUndo} none="Everything this does can be undone." />
          </section>
          {topic.machines && <Points title="Its machines" points={topic.machines.map(machineText)} />}
          <Points title="What you need" points={topic.needs} />
          {topic.pictures.map((picture) => (
            <section key={picture.id} className={page.panel} aria-labelledby={`picture-${picture.id}`}>
              <h2 id={`picture-${picture.id}`}>{picture.title}</h2>
              <PictureView picture={picture} />
            </section>
          ))}
          {topic.corrections.length > 0 && <Points title="Corrections to the source" points={topic.corrections} />}
          {topic.sources.length > 0 && <Points title="Sources" points={topic.sources} />}
        </div>
        <div className={classes.stack}>
          <section className={`${page.panel} ${classes.rehearse}`} aria-labelledby="rehearse">
            <h2 id="rehearse">Rehearse it</h2>
            <p style={{ margin: '0 0 10px', color: 'var(--wb-quiet)' }}>The same steps, commands and questions, on simulated tools. Nothing real is touched.</p>
            <LabChoice topic={topic} failure={failure} onChange={setFailure} />
            <Button
              mt="sm"
              fullWidth
              data-main-action
              loading={starting}
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => void startNow()}
            >
              Start rehearsal now
            </Button>
            <Button mt={6} fullWidth variant="default" onClick={() => go({ page: 'start', topicId: topic.id, where: labValue(failure) })}>
              See the form and the plan first
            </Button>
            <p style={{ margin: '8px 0 0', fontSize: 12, color: 'var(--wb-quiet)' }}>
              Now: with the lab’s values, at the first step. No command runs before you start it.
            </p>
          </section>
          {topic.targets.length > 0 && (
            <section className={page.panel} aria-labelledby="run-it">
              <h2 id="run-it">Run it</h2>
              <p style={{ margin: '0 0 10px', color: 'var(--wb-quiet)' }}>For real, on {realPlaces(topic)}.</p>
              <Button
                fullWidth
                variant="default"
                rightSection={<IconArrowRight size={16} aria-hidden />}
                onClick={() => go({ page: 'start', topicId: topic.id, where: null })}
              >
                Choose where it runs
              </Button>
              {onMany && (
                <Button mt={6} fullWidth variant="default" component="a" href={routeHash({ page: 'new-fleet', topicId: topic.id })}>
                  Run on many hosts
                </Button>
              )}
            </section>
          )}
          <EarlierRuns topicId={topic.id} />
        </div>
      </div>
    </>
  );
}

const machineText = ({ title, purpose, optional }: NonNullable<ProcedureDetail['machines']>[number]) =>
  `${title}: ${purpose}${optional ? '. It may be left out' : ''}.`;

const kinds: Record<ProcedureDetail['targets'][number], string> = {
  local: 'this machine',
  ssh: 'a machine over SSH',
  console: 'a console',
  hand: 'a machine by hand',
};
const realPlaces = ({ targets }: ProcedureDetail) => targets.map((kind) => kinds[kind]).join(' or ');

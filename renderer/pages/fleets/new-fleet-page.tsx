import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ChoiceButtons } from '../../components/choice-buttons.tsx';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { loadCompilable, useCompilable } from '../../stores/compilable.ts';
import { stayAt } from '../../stores/route.ts';
import { loadTopic, useTopics } from '../../stores/topics.ts';
import page from '../page.module.css';
import { EngineNote } from './engine-note.tsx';
import { FolderForm } from './folder-form.tsx';
import { keepHosts, keptHosts } from './kept-hosts.ts';
import classes from './new-fleet.module.css';
import { ProcedureChoice } from './procedure-choice.tsx';
import { ProcedureForm } from './procedure-form.tsx';
import type { ChosenHosts } from './use-prepare.ts';

type Way = 'procedure' | 'folder';

/** A procedure with its values, or a compiled folder; and the hosts. */
export function NewFleetPage({ topicId }: { topicId: string | null }) {
  const [way, setWay] = useState<Way>('procedure');
  const [hosts, setHosts] = useState<ChosenHosts>(() => ({ picks: keptHosts(), sshPassword: false }));
  useEffect(() => keepHosts(hosts.picks), [hosts.picks]);
  const compilable = useCompilable((state) => state.list);
  useEffect(() => void loadCompilable(), []);
  const chosen = compilable?.find((each) => each.topicId === topicId);
  return (
    <div className={classes.frame}>
      <div className={page.page}>
        <Crumb to={{ page: 'fleets' }}>Fleets</Crumb>
        <PageHeading title="New fleet run" />
        <EngineNote onlyMissing />
        <div className={classes.ways}>
          <ChoiceButtons<Way>
            label="From"
            value={way}
            choices={[
              { value: 'procedure', name: 'A procedure' },
              { value: 'folder', name: 'A compiled folder' },
            ]}
            onChange={setWay}
          />
        </div>
        {way === 'procedure' &&
          (compilable ? (
            <ProcedureChoice all={compilable} value={topicId} onChange={(id) => stayAt({ page: 'new-fleet', topicId: id })} />
          ) : (
            <Loader size="sm" role="status" aria-label="Looking at the procedures" />
          ))}
        {way === 'folder' ? (
          <FolderForm hosts={hosts} onHosts={setHosts} />
        ) : chosen && chosen.obstacles.length > 0 ? (
          <TroubleNote text={`“${chosen.title}” can’t run on many hosts. ${chosen.obstacles.map(({ because }) => because).join(' ')}`} />
        ) : chosen ? (
          <Form key={chosen.topicId} topicId={chosen.topicId} hosts={hosts} onHosts={setHosts} />
        ) : (
          topicId !== null && compilable && <TroubleNote text={`There is no procedure “${topicId}”. Choose another one.`} />
        )}
      </div>
    </div>
  );
}

function Form({ topicId, hosts, onHosts }: { topicId: string; hosts: ChosenHosts; onHosts(hosts: ChosenHosts): void }) {
  const topic = useTopics((state) => state.details[topicId]);
  const trouble = useTopics((state) => state.troubles[topicId]);
  useEffect(() => void loadTopic(topicId), [topicId]);
  if (topic?.kind === 'procedure') return <ProcedureForm topic={topic} hosts={hosts} onHosts={onHosts} />;
  return trouble ? <TroubleNote text={trouble} /> : <Loader size="sm" role="status" aria-label="Opening the procedure" />;
}

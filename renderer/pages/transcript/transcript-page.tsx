import { Button, Group, Loader, Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { factsText } from '../../../shared/api/facts-text.ts';
import type { SearchPlace } from '../../../shared/api/history.ts';
import { targetOfStep } from '../../../shared/api/machine.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { Crumb } from '../../components/crumb.tsx';
import { ExportButton } from '../../components/export/export-button.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { RehearsalBand } from '../../components/rehearsal/rehearsal-band.tsx';
import { Replay } from '../../components/replay/replay.tsx';
import { AgainButton } from '../../components/run/again-button.tsx';
import { FactsTable } from '../../components/run/facts-table.tsx';
import { RunStatusMark } from '../../components/status/status-mark.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { errorText } from '../../stores/report-error.ts';
import { go, type StepPlace } from '../../stores/route.ts';
import { isOpen } from '../../stores/run-summaries.ts';
import { loadRunStorage, useStorage } from '../../stores/storage.ts';
import { api } from '../../window-api.ts';
import { durationText, momentText, sizeText } from '../../words/amounts.ts';
import page from '../page.module.css';
import { scenarioText } from '../run/scenario-text.ts';
import { RestoreButton } from '../storage/restore-button.tsx';
import { Entries } from './entries.tsx';
import { Screens } from './screens.tsx';
import { StepTimes } from './step-times.tsx';
import classes from './transcript.module.css';
import { Findings, useVerification, VerifyBadge } from './verify-badge.tsx';

const tabOf: Record<SearchPlace, string> = { record: 'record', plan: 'plan', screen: 'screens' };

/** `at`: where something was found. */
export function TranscriptPage({ runId, at }: { runId: string; at: StepPlace | null }) {
  const [transcript, setTranscript] = useState<Transcript | null>(null);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let wanted = true;
    api.transcripts
      .get({ runId })
      .then((found) => wanted && setTranscript(found))
      .catch((thrown: unknown) => wanted && setTrouble(errorText(thrown)));
    return () => {
      wanted = false;
    };
  }, [runId]);
  return (
    <>
      {transcript?.run.rehearsal && <RehearsalBand scenario={scenarioText(transcript.run)} />}
      <div className={page.page}>
        <Crumb to={{ page: 'runs' }}>Runs</Crumb>
        {transcript ? (
          <TranscriptView transcript={transcript} at={at} />
        ) : trouble ? (
          <TroubleNote text={trouble} />
        ) : (
          <Loader size="sm" role="status" aria-label="Reading the transcript" />
        )}
      </div>
    </>
  );
}

function TranscriptView({ transcript, at }: { transcript: Transcript; at: StepPlace | null }) {
  const { run, summary, recording } = transcript;
  const { result, checking, check } = useVerification(run.runId);
  const archived = useStorage((state) => state.runs[run.runId]?.archived === true);
  useEffect(() => void loadRunStorage([run.runId]), [run.runId]);
  return (
    <>
      <div className={classes.head}>
        <div>
          <PageHeading title={`Transcript: ${run.topicTitle}`} />
          <div className={classes.sum}>
            <RunStatusMark status={run.status} />
            <span>
              {summary.stepsDone} of {summary.stepsTotal} steps done
            </span>
            <span>{momentText(run.createdAt)}</span>
            <span>
              {durationText(recording.ms)} recorded, {sizeText(recording.bytes)}
            </span>
            <span>{run.runId}</span>
          </div>
        </div>
        <Group gap="xs">
          <VerifyBadge result={result} checking={checking} onCheck={() => void check()} />
          {archived ? (
            <RestoreButton runId={run.runId} />
          ) : (
            <Button size="xs" variant="default" onClick={() => go({ page: 'run', runId: run.runId, view: 'step' })}>
              {isOpen(run) ? 'Continue the run' : 'Open the run'}
            </Button>
          )}
          <ExportButton runId={run.runId} />
          {!isOpen(run) && <AgainButton run={run} />}
        </Group>
      </div>
      <Findings result={result} />
      <p className={page.lead}>{run.says}</p>
      {run.machines
        ? run.machines.map(({ id, title, label, facts }) => (
            <p key={id} className={page.lead}>
              {title}: {label}
              {facts && `, ${factsText(facts)}`}
            </p>
          ))
        : run.targetFacts && <p className={page.lead}>{factsText(run.targetFacts)}</p>}
      {run.facts.length > 0 && (
        <div style={{ maxWidth: 520, marginTop: 10 }}>
          <FactsTable facts={run.facts} />
        </div>
      )}
      <Tabs defaultValue={at ? tabOf[at.place] : 'replay'} mt="md" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="replay">Replay</Tabs.Tab>
          <Tabs.Tab value="record">Record</Tabs.Tab>
          <Tabs.Tab value="plan">Plan</Tabs.Tab>
          <Tabs.Tab value="screens">Screens</Tabs.Tab>
          <Tabs.Tab value="times">Time per step</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="replay">
          <Replay run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="record">
          <Entries transcript={transcript} stepId={at?.place === 'record' ? at.stepId : null} />
        </Tabs.Panel>
        <Tabs.Panel value="plan">
          <PlanView
            title={run.topicTitle}
            target={run.targetLabel}
            machines={run.machines}
            isByHand={(step) => targetOfStep(run, step).kind === 'hand'}
            rehearsal={run.rehearsal}
            steps={run.plan}
            inputs={[]}
            cameFor={at?.place === 'plan' ? at.stepId : null}
          />
        </Tabs.Panel>
        <Tabs.Panel value="screens">
          <Screens transcript={transcript} stepId={at?.place === 'screen' ? at.stepId : null} />
        </Tabs.Panel>
        <Tabs.Panel value="times">
          <StepTimes run={run} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { Crumb } from '../../components/crumb.tsx';
import { RehearsalBand } from '../../components/rehearsal/rehearsal-band.tsx';
import { HoldBanner } from '../../components/run/hold-banner.tsx';
import { RunHeader } from '../../components/run/run-header.tsx';
import { TargetBand } from '../../components/run/target-band.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { go } from '../../stores/route.ts';
import { openRun, useRunStates } from '../../stores/run-states.ts';
import { loadRunStorage, useStorage } from '../../stores/storage.ts';
import page from '../page.module.css';
import classes from './run.module.css';
import { RunWizard } from './run-wizard.tsx';
import { scenarioText } from './scenario-text.ts';

export function RunPage({ runId, view }: { runId: string; view: 'step' | 'plan' }) {
  const run = useRunStates((state) => state.states[runId]);
  const trouble = useRunStates((state) => state.troubles[runId] ?? '');
  useEffect(() => void openRun(runId), [runId]);
  const archived = useStorage((state) => state.runs[runId]?.archived === true);
  useEffect(() => void loadRunStorage([runId]), [runId]);
  useEffect(() => {
    // An archived run can only be read.
    if (archived) go({ page: 'transcript', runId });
  }, [archived, runId]);
  if (!run || archived)
    return (
      <div className={page.page}>
        <Crumb to={{ page: 'runs' }}>Runs</Crumb>
        {trouble ? <TroubleNote text={trouble} /> : <Loader size="sm" role="status" aria-label="Opening the run" />}
      </div>
    );
  return (
    <div className={classes.run}>
      {run.rehearsal ? <RehearsalBand scenario={scenarioText(run)} /> : <TargetBand run={run} />}
      <RunHeader run={run} view={view} />
      {run.hold && <HoldBanner text={run.hold} />}
      <RunWizard run={run} view={view} />
    </div>
  );
}

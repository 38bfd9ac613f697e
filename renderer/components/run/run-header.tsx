import { Button, Group } from '@mantine/core';
import { isUnderWay, type RunState } from '../../../shared/api/run.ts';
import { go, useRoute } from '../../stores/route.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import { api } from '../../window-api.ts';
import { ChoiceButtons } from '../choice-buttons.tsx';
import { ExportButton } from '../export/export-button.tsx';
import { PageHeading } from '../page-heading.tsx';
import { RunStatusMark } from '../status/status-mark.tsx';
import { arrangeOffers } from './offer-actions.ts';
import classes from './run-header.module.css';
import { StopButton } from './stop-button.tsx';

const views = [
  { value: 'step', name: 'Step' },
  { value: 'plan', name: 'Plan' },
] as const;

export function RunHeader({ run, view }: { run: RunState; view: 'step' | 'plan' }) {
  const { runId } = run;
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const step = run.plan.find((candidate) => candidate.id === run.current);
  const underWay = isUnderWay(run.status);
  const { stop } = arrangeOffers(run.offers);
  const leave = async () => {
    if (!(await changeRun(runId, () => api.runs.leave({ runId })))) return;
    // Ending the session takes a moment: whoever has gone elsewhere meanwhile stays there.
    const { route } = useRoute.getState();
    if (route.page === 'run' && route.runId === runId) go({ page: 'runs' });
  };
  return (
    <header className={classes.header}>
      <div className={classes.what}>
        <PageHeading title={run.topicTitle} />
        <span className={classes.where}>
          {/* Where it is stands in the band above. */}
          {step && `step ${step.number} of ${run.plan.length}`}
        </span>
        <RunStatusMark status={run.status} />
      </div>
      <Group gap={6} wrap="nowrap">
        <ChoiceButtons label="View" value={view} choices={views} onChange={(value) => go({ page: 'run', runId, view: value })} />
        {underWay && run.link === null && (
          <Button size="compact-sm" variant="default" onClick={() => void changeRun(runId, () => api.runs.interrupt({ runId }))}>
            Ctrl-C
          </Button>
        )}
        {run.endedAt === null && !underWay && (
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void leave()}>
            Leave for later
          </Button>
        )}
        {stop && <StopButton runId={runId} offer={stop} />}
        <ExportButton runId={runId} size="compact-sm" />
      </Group>
    </header>
  );
}

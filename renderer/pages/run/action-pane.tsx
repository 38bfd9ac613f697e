import { Button } from '@mantine/core';
import type { RefObject } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { PictureView } from '../../components/picture/picture.tsx';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { EndPanel } from '../../components/run/end-panel.tsx';
import { InterruptedPanel } from '../../components/run/interrupted-panel.tsx';
import { LastStep } from '../../components/run/last-step.tsx';
import { LinkNote } from '../../components/run/link-note.tsx';
import { MissingSecrets } from '../../components/run/missing-secrets.tsx';
import { PromptPanel } from '../../components/run/prompt-panel.tsx';
import { StepCard } from '../../components/run/step-card.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import classes from './run.module.css';

interface ActionPaneProps {
  run: RunState;
  view: 'step' | 'plan';
  /** Step that is looked at; null shows the run's end. */
  viewed: string | null;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onBackToCurrent(): void;
}

export function ActionPane({ run, view, viewed, headingRef, onBackToCurrent }: ActionPaneProps) {
  if (view === 'plan') return <PlanView title={run.topicTitle} target={run.targetLabel} rehearsal={run.rehearsal} steps={run.plan} inputs={[]} />;
  const step = run.plan.find((candidate) => candidate.id === viewed);
  const elsewhere = viewed !== run.current;
  return (
    <div className={classes.stack}>
      {run.trouble && run.status !== 'interrupted' && <TroubleNote text={`${run.trouble.message} ${run.trouble.next}`} />}
      {run.missingSecrets.length > 0 && <MissingSecrets run={run} />}
      {run.link && <LinkNote runId={run.runId} link={run.link} />}
      {run.prompt && <PromptPanel runId={run.runId} prompt={run.prompt} />}
      {elsewhere && (
        <div className={classes.back}>
          You are looking at another step.
          <Button size="compact-sm" variant="default" onClick={onBackToCurrent}>
            {run.current === null ? 'Back to the result' : 'Back to the current step'}
          </Button>
        </div>
      )}
      {!elsewhere && run.status === 'interrupted' && <InterruptedPanel run={run} />}
      {!elsewhere && run.current !== null && (run.status === 'waiting' || run.status === 'running') && <LastStep key={`before ${run.current}`} run={run} />}
      {step && <StepCard key={`step ${step.id}`} run={run} step={step} withOffers={run.status !== 'interrupted'} headingRef={headingRef} />}
      {!step && <EndPanel run={run} headingRef={headingRef} />}
      {run.pictures.map((picture) => (
        <section key={picture.id} aria-label={picture.title}>
          <h3 className={classes.picture}>{picture.title}</h3>
          <PictureView picture={picture} />
        </section>
      ))}
    </div>
  );
}

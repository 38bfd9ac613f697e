/** How the step before the current one ended, so that its verdict is seen after the page has moved on. */
import { Button, Collapse } from '@mantine/core';
import { useState } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { durationText } from '../../words/amounts.ts';
import { StepStatusMark } from '../status/status-mark.tsx';
import { lastEnded } from './last-ended.ts';
import classes from './last-step.module.css';
import { VerdictList } from './verdict-list.tsx';

export function LastStep({ run }: { run: RunState }) {
  const last = lastEnded(run);
  const worth = last?.state.verdicts.some((verdict) => verdict.kind === 'warning' || verdict.kind === 'failure') ?? false;
  const [open, setOpen] = useState<boolean | null>(null);
  if (!last) return null;
  const { step, state } = last;
  const expanded = open ?? worth;
  const took = state.startedAt && state.endedAt ? new Date(state.endedAt).getTime() - new Date(state.startedAt).getTime() : null;
  return (
    <section className={classes.last} aria-label={`Result of step ${step.number}`}>
      <div className={classes.head}>
        <StepStatusMark status={state.status} />
        <span className={classes.title}>
          Step {step.number}: {step.title}
        </span>
        <span className={classes.sum}>
          {summary(state.verdicts.map((verdict) => verdict.kind))}
          {took !== null && took >= 0 && ` in ${durationText(took)}`}
        </span>
        {state.verdicts.length > 0 && (
          <Button size="compact-xs" variant="subtle" aria-expanded={expanded} onClick={() => setOpen(!expanded)}>
            What was found
          </Button>
        )}
      </div>
      <Collapse expanded={expanded} transitionDuration={0}>
        <VerdictList stepId={state.id} verdicts={state.verdicts} label={`Step ${step.number}: what was seen`} />
      </Collapse>
    </section>
  );
}

function summary(kinds: readonly string[]): string {
  const counts = ['expected', 'harmless', 'warning', 'failure'].map((kind) => [kind, kinds.filter((one) => one === kind).length] as const);
  return counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

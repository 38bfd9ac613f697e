import { UnstyledButton } from '@mantine/core';
import { hasNoWayBack } from '../../../shared/api/danger.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import classes from './plan-view.module.css';

/** All steps at one look, each a way to it; what has no way back stands out. */
export function PlanIndex({ steps }: { steps: readonly PlannedStep[] }) {
  return (
    <ol className={classes.index} aria-label="Steps of the plan">
      {steps.map((step) => (
        <li key={step.id}>
          <UnstyledButton className={classes.jump ?? ''} onClick={() => comeTo(step.id)}>
            {step.number}. {step.title}
            {hasNoWayBack(step) && <span className={classes.final}> no&nbsp;way&nbsp;back</span>}
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

/** Where a step of the plan is on the page. */
export const planPlace = (stepId: string): string => `plan-${stepId}`;

function comeTo(stepId: string): void {
  const place = document.getElementById(planPlace(stepId));
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}

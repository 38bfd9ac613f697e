import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState, StepStatus } from '../../../shared/api/run.ts';
import { dangerWords } from '../../words/danger.ts';
import { stepStatusWords, toneColor } from '../../words/status.ts';
import { stepIcon } from '../status/status-icons.ts';
import classes from './step-list.module.css';

interface StepListProps {
  run: RunState;
  /** Step that is looked at. */
  viewed: string | null;
  onView(stepId: string): void;
}

export function StepList({ run, viewed, onView }: StepListProps) {
  return (
    <ol className={classes.list} aria-label="Steps">
      {run.plan.map((step) => {
        const status = run.steps.find((state) => state.id === step.id)?.status ?? 'pending';
        const current = step.id === run.current;
        return (
          <li key={step.id} aria-current={current ? 'step' : undefined}>
            <UnstyledButton
              className={current ? `${classes.step} ${classes.current}` : (classes.step ?? '')}
              aria-pressed={viewed === step.id}
              onClick={() => onView(step.id)}
            >
              <StepIcon status={status} current={current} />
              <span>
                {step.number} {step.title}
                {status === 'pending' && <Ahead step={step} />}
              </span>
              <StepWord status={status} current={current} />
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}

function StepIcon({ status, current }: { status: StepStatus; current: boolean }) {
  const Icon = current && status === 'pending' ? IconChevronRight : stepIcon(status);
  return (
    <span className={classes.icon} style={{ color: toneColor(current && status === 'pending' ? 'active' : stepStatusWords(status).tone) }}>
      <Icon size={16} aria-hidden />
    </span>
  );
}

/** The status in words, except for what has not begun. */
function StepWord({ status, current }: { status: StepStatus; current: boolean }) {
  if (status === 'pending' && !current) return null;
  const next = status === 'pending';
  return (
    <span className={classes.word} style={{ color: toneColor(next ? 'active' : stepStatusWords(status).tone) }}>
      {next ? 'next' : stepStatusWords(status).label}
    </span>
  );
}

/** The danger of what is still to come. */
function Ahead({ step }: { step: PlannedStep }) {
  if (step.danger !== 'destructive' && step.danger !== 'irreversible') return null;
  return (
    <span className={classes.ahead} style={{ color: dangerWords(step.danger).color }}>
      {dangerWords(step.danger).label}
    </span>
  );
}

import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { stepDanger } from '../../../shared/api/danger.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState, StepStatus } from '../../../shared/api/run.ts';
import { dangerWords } from '../../words/danger.ts';
import { runStatusWords, stepStatusWords, toneColor } from '../../words/status.ts';
import { runIcon, stepIcon } from '../status/status-icons.ts';
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
        const asks = current && run.status === 'asks';
        return (
          <li key={step.id} aria-current={current ? 'step' : undefined}>
            <UnstyledButton
              className={current ? `${classes.step} ${classes.current}` : (classes.step ?? '')}
              aria-pressed={viewed === step.id}
              onClick={() => onView(step.id)}
            >
              <StepIcon status={status} current={current} asks={asks} />
              <span>
                {step.number} {step.title}
                {step.on !== undefined && <span className={classes.machine}>{run.machines?.find(({ id }) => id === step.on)?.title}</span>}
                {status === 'pending' && <Ahead step={step} />}
              </span>
              <StepWord status={status} current={current} asks={asks} />
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}

interface StepStands {
  status: StepStatus;
  current: boolean;
  /** What runs waits for an answer. */
  asks: boolean;
}

const toneOf = ({ status, current, asks }: StepStands) =>
  toneColor(asks ? runStatusWords('asks').tone : current && status === 'pending' ? 'active' : stepStatusWords(status).tone);

function StepIcon(stands: StepStands) {
  const { status, current, asks } = stands;
  const Icon = asks ? runIcon('asks') : current && status === 'pending' ? IconChevronRight : stepIcon(status);
  return (
    <span className={classes.icon} style={{ color: toneOf(stands) }}>
      <Icon size={16} aria-hidden />
    </span>
  );
}

/** The status in words, except for what has not begun. */
function StepWord(stands: StepStands) {
  const { status, current, asks } = stands;
  if (status === 'pending' && !current) return null;
  return (
    <span className={classes.word} style={{ color: toneOf(stands) }}>
      {asks ? runStatusWords('asks').label : status === 'pending' ? 'next' : stepStatusWords(status).label}
    </span>
  );
}

/** The danger of what is still to come. */
function Ahead({ step }: { step: PlannedStep }) {
  const danger = stepDanger(step);
  if (danger !== 'destructive' && danger !== 'irreversible') return null;
  return (
    <span className={classes.ahead} style={{ color: dangerWords(danger).color }}>
      {dangerWords(danger).label}
    </span>
  );
}

import { Button, Group } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconCircleXFilled, IconPlayerPlayFilled, IconPlayerSkipForward } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Stage, TrialState } from '../../../shared/api/target.ts';
import { announce } from '../../stores/announce.ts';
import { reportError } from '../../stores/report-error.ts';
import { trialTerminalSource } from '../../stores/run-terminal-source.ts';
import { putAwayTrial } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { toneColor } from '../../words/status.ts';
import { stageStatusWords, stageTitle, trialText } from '../../words/targets.ts';
import { TerminalView } from '../terminal/terminal-view.tsx';
import classes from './trial.module.css';

const icons = {
  pending: IconCircle,
  running: IconPlayerPlayFilled,
  ok: IconCircleCheckFilled,
  failed: IconCircleXFilled,
  skipped: IconPlayerSkipForward,
} satisfies Record<Stage['status'], unknown>;

/** A trial: its stages, and the terminal in which its questions are answered. */
export function TrialPanel({ trial }: { trial: TrialState }) {
  const stop = useRef<HTMLButtonElement>(null);
  const running = trial.status === 'running';
  const what = trial.stages.some(({ name }) => name === 'probe') ? 'check' : 'test';
  const text = trialText(trial);
  useEffect(() => announce(text), [text]);
  const cancel = () => void api.trials.cancel({ trialId: trial.trialId }).catch(reportError);
  return (
    <section className={classes.trial} aria-label={what === 'check' ? `Check of ${trial.targetName}` : `Test of ${trial.targetName}`}>
      <Group justify="space-between" gap="sm">
        <p className={classes.said}>{text}</p>
        {running ? (
          <Button ref={stop} size="xs" variant="default" onClick={cancel}>
            Cancel the {what}
          </Button>
        ) : (
          <Button ref={stop} size="xs" variant="default" onClick={() => putAwayTrial(trial.targetId)}>
            Close the {what}
          </Button>
        )}
      </Group>
      <ol className={classes.stages} aria-label="Stages">
        {trial.stages.map((stage, index) => (
          <StageRow
            key={`${stage.machine} ${stage.name}`}
            stage={stage}
            machine={stage.machine === trial.stages[index - 1]?.machine ? undefined : stage.machine}
          />
        ))}
      </ol>
      <div className={classes.terminal}>
        <TerminalView id={trial.trialId} connect={trialTerminalSource} sessionOpen={running} marks={noMarks} onLeave={() => stop.current?.focus()} />
      </div>
    </section>
  );
}

const noMarks = [] as const;

/** `machine`: the first stage of this one, of several. */
function StageRow({ stage: { name, status, trouble }, machine }: { stage: Stage; machine: string | undefined }) {
  const Icon = icons[status];
  const { label, tone } = stageStatusWords(status);
  return (
    <li>
      {machine !== undefined && <div className={classes.machine}>{machine}</div>}
      <span className={classes.stage}>
        <span style={{ color: toneColor(tone) }}>
          <Icon size={15} aria-hidden />
        </span>
        <strong>{stageTitle(name)}</strong> {label}
      </span>
      {trouble && (
        <div className={classes.trouble}>
          <p>{trouble.cause}</p>
          <p>
            <strong>What to do:</strong> {trouble.next}
          </p>
        </div>
      )}
    </li>
  );
}

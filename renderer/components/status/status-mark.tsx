import type { RunStatus, StepStatus, VerdictKind } from '../../../shared/api/run.ts';
import { runStatusWords, stepStatusWords, type Tone, toneColor, verdictWords } from '../../words/status.ts';
import { runIcon, stepIcon, verdictIcon } from './status-icons.ts';
import classes from './status-mark.module.css';

interface MarkProps {
  Icon: ReturnType<typeof stepIcon>;
  label: string;
  tone: Tone;
}

function Mark({ Icon, label, tone }: MarkProps) {
  return (
    <span className={classes.mark} style={{ color: toneColor(tone) }}>
      <Icon size={15} aria-hidden />
      {label}
    </span>
  );
}

export const StepStatusMark = ({ status }: { status: StepStatus }) => <Mark Icon={stepIcon(status)} {...stepStatusWords(status)} />;
export const RunStatusMark = ({ status }: { status: RunStatus }) => <Mark Icon={runIcon(status)} {...runStatusWords(status)} />;
export const VerdictMark = ({ kind }: { kind: VerdictKind }) => <Mark Icon={verdictIcon(kind)} {...verdictWords(kind)} />;

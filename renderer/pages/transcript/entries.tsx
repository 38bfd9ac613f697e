import type { Transcript } from '../../../shared/api/transcript.ts';
import { CommandBox } from '../../components/command/command-box.tsx';
import { VerdictList } from '../../components/run/verdict-list.tsx';
import { useComeTo } from '../../components/use-come-to.ts';
import { clockText } from '../../words/amounts.ts';
import classes from './transcript.module.css';

/** Who did or saw what, when. Comes to the step it was opened for. */
export function Entries({ transcript, stepId }: { transcript: Transcript; stepId: string | null }) {
  const first = useComeTo<HTMLLIElement>();
  const found = transcript.entries.find((entry) => stepId !== null && entry.stepId === stepId);
  const nameOf = (stepId: string | null) => {
    const step = transcript.run.plan.find((candidate) => candidate.id === stepId);
    return step ? `${step.number} ${step.title}` : '';
  };
  return (
    <ol className={classes.entries} aria-label="Record">
      {transcript.entries.map((entry) => (
        <li
          key={entry.seq}
          ref={entry === found ? first : null}
          tabIndex={entry === found ? -1 : undefined}
          className={stepId !== null && entry.stepId === stepId ? `${classes.entry} ${classes.cameFor}` : classes.entry}
        >
          <time dateTime={entry.at} title={entry.at}>
            {clockText(entry.at)}
          </time>
          <span className={classes.step}>{nameOf(entry.stepId)}</span>
          <div className={classes.text}>
            {entry.text}
            {entry.script !== null && <CommandBox title="What ran" script={entry.script} short />}
            <VerdictList verdicts={entry.verdicts} label="What was found" />
          </div>
        </li>
      ))}
    </ol>
  );
}

import type { Transcript } from '../../../shared/api/transcript.ts';
import { clockText } from '../../words/amounts.ts';
import classes from './transcript.module.css';
import { useComeTo } from './use-come-to.ts';

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
          <span className={classes.text}>{entry.text}</span>
        </li>
      ))}
    </ol>
  );
}

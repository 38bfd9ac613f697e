import type { Transcript } from '../../../shared/api/transcript.ts';
import { clockText } from '../../words/amounts.ts';
import classes from './transcript.module.css';

/** Who did or saw what, when. */
export function Entries({ transcript }: { transcript: Transcript }) {
  const nameOf = (stepId: string | null) => {
    const step = transcript.run.plan.find((candidate) => candidate.id === stepId);
    return step ? `${step.number} ${step.title}` : '';
  };
  return (
    <ol className={classes.entries} aria-label="Record">
      {transcript.entries.map((entry) => (
        <li key={entry.seq} className={classes.entry}>
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

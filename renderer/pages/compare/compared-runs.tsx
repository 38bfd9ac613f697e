import type { Comparison } from '../../../shared/api/history.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import { RehearsalBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { RunStatusMark } from '../../components/status/status-mark.tsx';
import { routeHash } from '../../stores/route.ts';
import { momentText } from '../../words/amounts.ts';
import classes from './compare.module.css';

/** Which run is on which side. The signs come back at every line that only one of them has. */
export function ComparedRuns({ left, right }: Pick<Comparison, 'left' | 'right'>) {
  return (
    <div className={classes.sides}>
      <Side run={left} sign="−" name="First run" />
      <Side run={right} sign="+" name="Second run" />
    </div>
  );
}

function Side({ run, sign, name }: { run: RunSummary; sign: string; name: string }) {
  return (
    <section className={`${classes.side} ${sign === '+' ? classes.right : classes.left}`} aria-label={name}>
      <h2>
        <span className={classes.sign} aria-hidden>
          {sign}
        </span>
        {momentText(run.createdAt)} {run.rehearsal ? <RehearsalBadge /> : run.targetLabel}
      </h2>
      <div>
        <RunStatusMark status={run.status} /> {run.stepsDone} of {run.stepsTotal} steps done
      </div>
      <div>{run.says}</div>
      <a href={routeHash({ page: 'transcript', runId: run.runId })}>Transcript {run.runId}</a>
    </section>
  );
}

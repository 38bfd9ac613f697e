import type { CheckUp, ComparedFinding } from '../../../shared/api/doctor.ts';
import { momentText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './doctor.module.css';

/** What is new and what is gone since the last check-up that looked at the same. */
export function SinceLast({ checkUp: { since, notCompared } }: { checkUp: CheckUp }) {
  if (!since) return <p className={classes.quiet}>{notCompared}</p>;
  const { fresh, gone, unclear } = since;
  const when = momentText(since.at);
  if (fresh.length + gone.length + unclear.length === 0) return <p className={classes.quiet}>Nothing is new and nothing is gone since {when}.</p>;
  return (
    <section className={`${page.panel} ${classes.since}`} aria-label={`Since ${when}`}>
      <h2>Since {when}</h2>
      <Part title="New" findings={fresh} />
      <Part title="Gone" findings={gone} />
      <Part title="Could not be looked at again" findings={unclear} />
    </section>
  );
}

function Part({ title, findings }: { title: string; findings: readonly ComparedFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <p>
      <strong>
        {title}: {findings.length}
      </strong>{' '}
      {findings.map((each) => each.title).join(' · ')}
    </p>
  );
}

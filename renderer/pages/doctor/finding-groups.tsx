import { Anchor, Button } from '@mantine/core';
import { type DoctorFinding, doctorGroups } from '../../../shared/api/doctor.ts';
import { noteCaptured } from '../../stores/captured.ts';
import { go, routeHash } from '../../stores/route.ts';
import page from '../page.module.css';
import classes from './doctor.module.css';

/** What was found, what applies first: that whole, the others as one line each. `where`: of the machine, a value of where.ts. */
export function FindingGroups({ findings, where }: { findings: readonly DoctorFinding[]; where: string }) {
  const elsewhere = findings.filter(({ verdict }) => verdict === 'elsewhere').length;
  const applies = findings.filter(({ verdict }) => verdict === 'affected').length;
  const blind = findings.filter(({ verdict }) => verdict === 'unknown' || verdict === 'not-looked').length;
  return (
    <section aria-label="What was found" className={classes.groups}>
      <p role="status">
        {applies === 0 ? 'Nothing that could be checked applies here.' : `${applies} ${applies === 1 ? 'procedure applies' : 'procedures apply'} here.`}
        {blind > 0 && ` ${blind} could not be checked.`}
      </p>
      {doctorGroups.map(([verdict, title]) => {
        const own = findings.filter((finding) => finding.verdict === verdict);
        if (own.length === 0) return null;
        return (
          <section key={verdict} aria-labelledby={`group-${verdict}`}>
            <h2 id={`group-${verdict}`}>
              {title}: {own.length}
            </h2>
            {verdict === 'affected' ? (
              own.map((finding) => <Applies key={finding.topicId} finding={finding} where={where} />)
            ) : (
              <ul className={classes.short}>
                {own.map((finding) => (
                  <li key={finding.topicId}>
                    <Anchor href={routeHash({ page: 'topic', topicId: finding.topicId })}>{finding.title}</Anchor>
                    <span className={classes.quiet}>{finding.because}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
      {elsewhere > 0 && (
        <p className={classes.quiet}>
          {elsewhere} {elsewhere === 1 ? 'procedure is' : 'procedures are'} for other systems.
        </p>
      )}
    </section>
  );
}

function Applies({ finding: { topicId, title, because, next, findings, proposes }, where }: { finding: DoctorFinding; where: string }) {
  const open = () => {
    noteCaptured(topicId, Object.fromEntries(proposes.map(({ field, value }) => [field, value])));
    go({ page: 'start', topicId, where });
  };
  return (
    <article className={`${page.panel} ${classes.finding}`} aria-label={title}>
      <h3>{title}</h3>
      <p>
        {because} {next}
      </p>
      <ul className={page.list}>
        {findings
          .filter(({ speaks }) => speaks === 'for')
          .map(({ label, value, means }) => (
            <li key={label}>
              <strong>{label}:</strong> {value ? <code>{value}</code> : 'could not be read'}. {means}
            </li>
          ))}
      </ul>
      <Button size="xs" onClick={open}>
        Open the form
      </Button>
    </article>
  );
}

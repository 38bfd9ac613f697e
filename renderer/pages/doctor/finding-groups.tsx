import { Anchor, Button, Group } from '@mantine/core';
import { type CheckUp, doctorGroups, type IdentifiedFinding } from '../../../shared/api/doctor.ts';
import { noteCaptured } from '../../stores/captured.ts';
import { go, routeHash } from '../../stores/route.ts';
import page from '../page.module.css';
import classes from './doctor.module.css';
import { IgnoreFinding } from './ignore-finding.tsx';
import { IgnoredFindings } from './ignored-findings.tsx';

/**
 * What was found, what applies first: that whole, the others as one line each; what is ignored here, last. `category`: empty for all. `where`: of the
 * machine, a value of where.ts.
 */
export function FindingGroups({ checkUp, category, where }: { checkUp: CheckUp; category: string; where: string }) {
  const all = checkUp.findings.filter((finding) => category === '' || finding.category === category);
  const ignored = checkUp.ignored.filter(({ id }) => all.some((finding) => finding.id === id));
  const findings = all.filter(({ id }) => !ignored.some((each) => each.id === id));
  const elsewhere = findings.filter(({ verdict }) => verdict === 'elsewhere').length;
  const applies = findings.filter(({ verdict }) => verdict === 'affected').length;
  const blind = findings.filter(({ verdict }) => verdict === 'unknown' || verdict === 'not-looked').length;
  const isNew = ({ id }: IdentifiedFinding) => checkUp.since?.fresh.some((each) => each.id === id) ?? false;
  return (
    <section aria-label="What was found" className={classes.groups}>
      <p role="status">
        {applies === 0 ? 'Nothing that could be checked applies here.' : `${applies} ${applies === 1 ? 'procedure applies' : 'procedures apply'} here.`}
        {blind > 0 && ` ${blind} could not be checked.`}
        {ignored.length > 0 && ` ${ignored.length} ${ignored.length === 1 ? 'is' : 'are'} ignored.`}
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
              own.map((finding) => <Applies key={finding.id} finding={finding} isNew={isNew(finding)} where={where} />)
            ) : (
              <ul className={classes.short}>
                {own.map((finding) => (
                  <li key={finding.id}>
                    <Anchor href={routeHash({ page: 'topic', topicId: finding.topicId })}>{finding.title}</Anchor>
                    <span className={classes.quiet}>{finding.because}</span>
                    {(verdict === 'unknown' || verdict === 'not-looked') && <IgnoreFinding finding={finding} where={where} small />}
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
      <IgnoredFindings ignored={ignored} where={where} />
      {elsewhere > 0 && (
        <p className={classes.quiet}>
          {elsewhere} {elsewhere === 1 ? 'procedure is' : 'procedures are'} for other systems.
        </p>
      )}
    </section>
  );
}

function Applies({ finding, isNew, where }: { finding: IdentifiedFinding; isNew: boolean; where: string }) {
  const { topicId, title, because, next, findings, proposes } = finding;
  const open = () => {
    noteCaptured(topicId, Object.fromEntries(proposes.map(({ field, value }) => [field, value])));
    go({ page: 'start', topicId, where });
  };
  return (
    <article className={`${page.panel} ${classes.finding}`} aria-label={title}>
      <h3>
        {title}
        {isNew && <span className={classes.fresh}>new</span>}
      </h3>
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
      <Group gap="xs">
        <Button size="xs" onClick={open}>
          Open the form
        </Button>
        <IgnoreFinding finding={finding} where={where} />
      </Group>
    </article>
  );
}

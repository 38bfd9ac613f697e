import { Anchor } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toWireError } from '../../../shared/api/error.ts';
import type { FleetFinding, FleetFindings } from '../../../shared/api/fleet-doctor.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { routeHash } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import { hostCount } from '../../words/fleet.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';
import { findingsWith, type GroupFinding, type GroupReason, notLookedAt } from './group-findings.ts';

type Group = FleetFindings['groups'][number];

/** What a check-up says: hosts of which the same is said together, what applies first. `attempt`: the last one that has ended; another one is judged again. */
export function CheckUpFindings({ runId, attempt }: { runId: string; attempt: number }) {
  const [found, setFound] = useState<{ attempt: number; findings: FleetFindings } | { attempt: number; trouble: string } | null>(null);
  useEffect(() => {
    let current = true;
    api.fleets.findings({ runId }).then(
      (findings) => current && setFound({ attempt, findings }),
      (thrown: unknown) => {
        const { message, next } = toWireError(thrown);
        if (current) setFound({ attempt, trouble: `${message} ${next}` });
      },
    );
    return () => {
      current = false;
    };
  }, [runId, attempt]);
  const now = found?.attempt === attempt ? found : null;
  return (
    <section aria-labelledby="findings" className={classes.section}>
      <h2 id="findings" className={classes.sectionTitle}>
        Findings
      </h2>
      {now && 'trouble' in now && <TroubleNote text={now.trouble} />}
      {now && 'findings' in now && <Groups findings={now.findings} />}
    </section>
  );
}

function Groups({ findings }: { findings: FleetFindings }) {
  const { groups, hosts, topics } = findings;
  const affected = hosts.filter((host) => host.findings.some(({ verdict }) => verdict === 'affected')).length;
  const blind = hosts.filter(({ looked }) => !looked).length;
  return (
    <>
      <p role="status">
        {affected === 0 ? 'Nothing that could be checked applies on any host.' : `Something applies on ${hostCount(affected)}.`}
        {blind > 0 && ` ${hostCount(blind)} could not be looked at.`} <span className={classes.quiet}>{topics.length} procedures were checked.</span>
      </p>
      {groups.map((group, index) => (
        <HostGroup key={group.hosts[0]} findings={findings} group={group} open={index < openAtFirst} />
      ))}
    </>
  );
}

const openAtFirst = 3;
const mostNamed = 8;

function HostGroup({ findings, group, open }: { findings: FleetFindings; group: Group; open: boolean }) {
  const blind = notLookedAt(findings, group);
  const own = (verdict: FleetFinding['verdict']) => findingsWith(findings, group, verdict);
  const count = (verdict: FleetFinding['verdict']) => group.verdicts.filter((each) => each.verdict === verdict).length;
  const counts = (
    [
      ['affected', 'applies'],
      ['unknown', 'unknown'],
      ['not-looked', 'not looked at'],
      ['already-fixed', 'already fixed'],
      ['not-affected', 'not affected'],
    ] as const
  )
    .flatMap(([verdict, words]) => (count(verdict) > 0 ? [`${count(verdict)} ${verdict === 'affected' && count(verdict) > 1 ? 'apply' : words}`] : []))
    .join(', ');
  const [shown] = useState(open);
  return (
    <details className={`${page.panel} ${classes.group}`} open={shown}>
      <summary aria-label={`${hostCount(group.hosts.length)}: ${blind ? 'not looked at' : counts}`}>
        <strong>{hostCount(group.hosts.length)}</strong>:{' '}
        {blind ? `not looked at, so nothing is known of ${group.hosts.length === 1 ? 'it' : 'them'}` : counts || 'nothing to check'}
        <div className={classes.quiet}>
          {group.hosts.slice(0, mostNamed).join(', ')}
          {group.hosts.length > mostNamed && ` and ${group.hosts.length - mostNamed} more`}
        </div>
      </summary>
      {group.hosts.length > mostNamed && <p className={classes.found}>All: {group.hosts.join(', ')}</p>}
      {blind ? (
        <Reasons reasons={blind} />
      ) : (
        <>
          <Verdicts title="Applies" findings={own('affected')} />
          <Verdicts title="Unknown" findings={own('unknown')} />
          <Verdicts title="Not looked at" findings={own('not-looked')} />
          <Verdicts title="Already fixed" findings={own('already-fixed')} />
        </>
      )}
    </details>
  );
}

function Verdicts({ title, findings }: { title: string; findings: readonly GroupFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <>
      <h3 className={classes.label}>{title}</h3>
      <ul className={page.list} aria-label={title}>
        {findings.map(({ topicId, title: procedure, reasons }) => (
          <li key={topicId}>
            <Anchor href={routeHash({ page: 'topic', topicId })}>{procedure}</Anchor>
            <Reasons reasons={reasons} />
          </li>
        ))}
      </ul>
    </>
  );
}

const Reasons = ({ reasons }: { reasons: readonly GroupReason[] }) =>
  reasons.map(({ text, hosts }) => (
    <div key={text}>
      {hosts.length > 0 && <code>{hosts.join(', ')}: </code>}
      {text}
    </div>
  ));

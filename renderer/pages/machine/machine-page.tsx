import { Anchor, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { type CheckUpSummary, driftGroups, type MachinePage as Machine, type RunThere } from '../../../shared/api/doctor.ts';
import { Crumb } from '../../components/crumb.tsx';
import { CheckUpExport } from '../../components/export/check-up-export.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { useMachine } from '../../stores/machines.ts';
import { go, routeHash } from '../../stores/route.ts';
import { momentText } from '../../words/amounts.ts';
import { runStatusWords, toneColor } from '../../words/status.ts';
import { FindingGroups } from '../doctor/finding-groups.tsx';
import { IgnoredFindings } from '../doctor/ignored-findings.tsx';
import { SinceLast } from '../doctor/since-last.tsx';
import page from '../page.module.css';
import { TargetFactsList } from '../targets/target-facts.tsx';
import classes from './machine.module.css';

/** All that is known of one machine. Nothing is looked at there. `where`: a value of where.ts. */
export function MachinePage({ where }: { where: string }) {
  const { machine, trouble } = useMachine(where);
  const name = machine?.name ?? (where === 'local' ? 'this machine' : 'a target');
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'targets' }}>Targets</Crumb>
      <PageHeading title={`All about ${name}`} />
      <p className={page.lead}>What it said of itself, what its last check-up found, which runs were on it, and whether what they set up still stands.</p>
      <Group mt="md" gap="xs">
        <Button onClick={() => go({ page: 'doctor', where })}>Check-up</Button>
        <Button variant="default" onClick={() => go({ page: 'watch', where })}>
          Watch a log
        </Button>
        {machine?.checkUp && <CheckUpExport checkUpId={machine.checkUp.id} what="Export the last check-up" />}
      </Group>
      {[trouble, ...(machine?.troubles ?? [])].map((text) => text && <TroubleNote key={text} text={text} />)}
      {machine && <Known machine={machine} where={where} />}
    </div>
  );
}

function Known({ machine: { facts, checkUp, checkUps, runs, ignored }, where }: { machine: Machine; where: string }) {
  const found = new Set(checkUp?.findings.map(({ id }) => id));
  return (
    <div className={classes.parts}>
      <Part id="facts" title="Facts">
        {facts ? <TargetFactsList facts={facts} /> : <p className={classes.quiet}>It has not said yet what it is. A test or a check-up asks it.</p>}
      </Part>
      <Part id="drift" title="What was set up here">
        <Drift checkUp={checkUp} where={where} />
      </Part>
      <Part id="findings" title={checkUp ? `Last check-up, ${momentText(checkUp.at)}` : 'Last check-up'}>
        {checkUp ? (
          <>
            <SinceLast checkUp={checkUp} />
            <FindingGroups checkUp={checkUp} category="" where={where} />
          </>
        ) : (
          <p className={classes.quiet}>No check-up of this machine is kept.</p>
        )}
      </Part>
      <IgnoredFindings ignored={ignored.filter(({ id }) => !found.has(id))} where={where} />
      <Part id="runs" title={`Runs: ${runs.length}`}>
        <Runs runs={runs} />
      </Part>
      <Part id="check-ups" title={`Check-ups: ${checkUps.length}`}>
        <CheckUps checkUps={checkUps} />
      </Part>
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={page.panel} aria-labelledby={`part-${id}`}>
      <h2 id={`part-${id}`}>{title}</h2>
      {children}
    </section>
  );
}

function Drift({ checkUp, where }: { checkUp: Machine['checkUp']; where: string }) {
  const drift = checkUp?.drift ?? [];
  if (drift.length === 0)
    return (
      <p className={classes.quiet}>
        The last check-up looked at nothing that a run had set up here. Each check-up looks at it again, with the run’s own values.
      </p>
    );
  return driftGroups.map(([verdict, title]) => {
    const own = drift.filter((each) => each.verdict === verdict);
    if (own.length === 0) return null;
    return (
      <div key={verdict}>
        <h3 style={{ color: toneColor(verdict === 'drifted' ? 'warning' : verdict === 'stands' ? 'good' : 'neutral') }}>
          {title}: {own.length}
        </h3>
        <ul className={classes.list}>
          {own.map((each) => (
            <li key={each.runId}>
              <Anchor href={routeHash({ page: 'run', runId: each.runId, view: 'step' })}>{each.title}</Anchor>{' '}
              <span className={classes.quiet}>{each.because}</span>
              {verdict === 'drifted' && (
                <Button size="compact-xs" variant="default" onClick={() => go({ page: 'start', topicId: each.topicId, where, like: each.runId })}>
                  Set it up again
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

function Runs({ runs }: { runs: readonly RunThere[] }) {
  if (runs.length === 0) return <p className={classes.quiet}>No run was on this machine.</p>;
  return (
    <ul className={classes.list}>
      {runs.map(({ runId, topicTitle, createdAt, status }) => (
        <li key={runId}>
          <Anchor href={routeHash({ page: 'run', runId, view: 'step' })}>{topicTitle}</Anchor>
          <span style={{ color: toneColor(runStatusWords(status).tone) }}>{runStatusWords(status).label}</span>
          <span className={classes.quiet}>{momentText(createdAt)}</span>
        </li>
      ))}
    </ul>
  );
}

function CheckUps({ checkUps }: { checkUps: readonly CheckUpSummary[] }) {
  if (checkUps.length === 0) return <p className={classes.quiet}>None yet.</p>;
  return (
    <ul className={classes.list}>
      {checkUps.map(({ id, at, affected, deep, category }) => (
        <li key={id}>
          <span>{momentText(at)}</span>
          <span className={classes.quiet}>
            {affected} {affected === 1 ? 'procedure' : 'procedures'} applied{deep && ', also what only root can read'}
            {category !== null && `, only ${category}`}
          </span>
          <CheckUpExport checkUpId={id} what={`Export the check-up of ${momentText(at)}`} />
        </li>
      ))}
    </ul>
  );
}

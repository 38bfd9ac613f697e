import { Anchor, Button } from '@mantine/core';
import { useEffect } from 'react';
import type { FleetSummary } from '../../../shared/api/fleet.ts';
import { PageHeading } from '../../components/page-heading.tsx';
import { loadFleets, useFleets } from '../../stores/fleets.ts';
import { routeHash } from '../../stores/route.ts';
import { fleetWords, hostCount } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import page from '../page.module.css';
import { EngineNote } from './engine-note.tsx';
import classes from './fleets.module.css';

/** Fleet runs, and what starts one. */
export function FleetsPage() {
  const list = useFleets((state) => state.list);
  useEffect(() => void loadFleets(), []);
  return (
    <div className={page.page}>
      <PageHeading title="Fleets" />
      <p className={page.lead}>
        One procedure on many hosts. Wrenchbook shows the Ansible playbook, Ansible runs it, and every host’s part is recorded and signed.
      </p>
      <EngineNote />
      <Button mt="md" component="a" href={routeHash({ page: 'new-fleet', topicId: null })}>
        New fleet run
      </Button>
      <section aria-labelledby="fleet-runs" className={classes.section}>
        <h2 id="fleet-runs" className={classes.sectionTitle}>
          Fleet runs
        </h2>
        {list?.length === 0 && <p className={page.lead}>None yet. Choose a procedure and hosts under “New fleet run”.</p>}
        {list && list.length > 0 && (
          <table className={classes.list}>
            <thead>
              <tr>
                <th scope="col">Procedure</th>
                <th scope="col">Status</th>
                <th scope="col">Hosts</th>
                <th scope="col">Created</th>
              </tr>
            </thead>
            <tbody>
              {list.map((fleet) => (
                <FleetRow key={fleet.runId} fleet={fleet} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function FleetRow({ fleet: { runId, title, status, says, hosts, createdAt } }: { fleet: FleetSummary }) {
  const { label, tone } = fleetWords[status];
  return (
    <tr>
      <th scope="row">
        <Anchor href={routeHash({ page: 'fleet', runId })}>{title}</Anchor>
      </th>
      <td>
        <strong style={{ color: toneColor(tone) }}>{label}</strong> <span className={classes.quiet}>{says}</span>
      </td>
      <td>{hostCount(hosts)}</td>
      <td>
        <time dateTime={createdAt}>{createdAt.slice(0, 16).replace('T', ' ')} UTC</time>
      </td>
    </tr>
  );
}

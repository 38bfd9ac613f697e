import { Anchor, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FleetEngine, FleetSummary } from '../../../shared/api/fleet.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { loadFleets, useFleets } from '../../stores/fleets.ts';
import { reportError } from '../../stores/report-error.ts';
import { routeHash } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import { fleetWords, hostCount } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';
import { NewFleet } from './new-fleet.tsx';

/** Fleet runs, and what starts one. */
export function FleetsPage() {
  const list = useFleets((state) => state.list);
  const [engine, setEngine] = useState<FleetEngine | null>(null);
  const [starting, setStarting] = useState(false);
  useEffect(() => {
    void loadFleets();
    api.fleets.engine({}).then(setEngine, reportError);
  }, []);
  return (
    <div className={page.page}>
      <PageHeading title="Fleets" />
      <p className={page.lead}>
        One procedure on many hosts. Wrenchbook shows the Ansible playbook, Ansible runs it, and every host’s part is recorded and signed.
      </p>
      {engine && <Engine engine={engine} />}
      {starting ? (
        <NewFleet onCancel={() => setStarting(false)} />
      ) : (
        <Button mt="md" onClick={() => setStarting(true)}>
          New fleet run …
        </Button>
      )}
      <section aria-labelledby="fleet-runs" className={classes.section}>
        <h2 id="fleet-runs" className={classes.sectionTitle}>
          Fleet runs
        </h2>
        {list?.length === 0 && (
          <p className={page.lead}>
            None yet. Compile a procedure with <code>wrenchbook fleet compile</code>, then choose its folder and the hosts here.
          </p>
        )}
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

function Engine({ engine: { ansible, why, install } }: { engine: FleetEngine }) {
  if (ansible) return <p className={classes.quiet}>ansible-core {ansible.version} is installed.</p>;
  return (
    <section className={`${page.panel} ${classes.missing}`} aria-label="Ansible is missing">
      <strong>Ansible is needed to run a fleet.</strong>
      <p>{why}</p>
      <ul className={page.list}>
        {install.map(({ system, command }) => (
          <li key={command}>
            {system}: <code>{command}</code> <CopyButton text={command} what={`the command for ${system}`} />
          </li>
        ))}
      </ul>
    </section>
  );
}

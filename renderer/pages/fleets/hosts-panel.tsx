import { Checkbox } from '@mantine/core';
import page from '../page.module.css';
import classes from './fleets.module.css';
import { HostChooser } from './host-chooser.tsx';
import { type AllFound, type HostPicks, noPick } from './host-picks.ts';

export interface FleetRole {
  /** Empty where the procedure has one machine. */
  id: string;
  title: string;
}

interface HostsPanelProps {
  roles: readonly FleetRole[];
  picks: HostPicks;
  found: AllFound;
  /** Machines without a host, once it was to be started. */
  missing: readonly string[];
  sshPassword: boolean;
  onPicks(picks: HostPicks): void;
  onSshPassword(on: boolean): void;
}

/** The hosts of each machine, and what was left out of them. */
export function HostsPanel({ roles, picks, found, missing, sshPassword, onPicks, onSshPassword }: HostsPanelProps) {
  return (
    <section className={`${page.panel} ${classes.stack}`} aria-labelledby="hosts">
      <h2 id="hosts">Hosts</h2>
      {roles.map(({ id, title }) => (
        <HostChooser
          key={id}
          role={id}
          title={title}
          pick={picks[id] ?? noPick}
          names={found.byRole[id] ?? []}
          missing={missing.includes(id)}
          onPick={(pick) => onPicks({ ...picks, [id]: pick })}
        />
      ))}
      {found.twice.length > 0 && <p className={classes.warning}>Named twice, taken once: {found.twice.join(', ')}.</p>}
      {found.troubles.length > 0 && (
        <ul className={`${page.list} ${classes.warning}`} aria-label="Left out">
          {found.troubles.map(({ entry, why }) => (
            <li key={`${entry} ${why}`}>
              <code>{entry}</code> is left out: {why}.
            </li>
          ))}
        </ul>
      )}
      <Checkbox label="ssh asks for a password (needs sshpass)" checked={sshPassword} onChange={(event) => onSshPassword(event.currentTarget.checked)} />
    </section>
  );
}

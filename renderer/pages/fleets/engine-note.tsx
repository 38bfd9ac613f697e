import { useEffect, useState } from 'react';
import type { FleetEngine } from '../../../shared/api/fleet.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';

/** What runs playbooks on this computer, and how what is missing is installed. */
export function EngineNote({ onlyMissing = false }: { onlyMissing?: boolean }) {
  const [engine, setEngine] = useState<FleetEngine | null>(null);
  useEffect(() => {
    api.fleets.engine({}).then(setEngine, reportError);
  }, []);
  if (!engine) return null;
  const { ansible, node, why, nodeWhy, install, nodeInstall } = engine;
  if (ansible && node)
    return onlyMissing ? null : (
      <p className={classes.quiet}>
        ansible-core {ansible.version} and Node.js {node.version} are on this computer.
      </p>
    );
  return (
    <section className={`${page.panel} ${classes.missing}`} aria-label={ansible ? 'Node.js is missing' : 'Ansible is missing'}>
      {!ansible && <Missing what="Ansible is needed to run a fleet." why={why} install={install} />}
      {!node && <Missing what="Node.js is needed for the rules of compiled procedures." why={nodeWhy} install={nodeInstall} />}
      {(ansible || node) && <p className={classes.quiet}>{ansible ? `ansible-core ${ansible.version}` : `Node.js ${node?.version}`} is on this computer.</p>}
    </section>
  );
}

function Missing({ what, why, install }: { what: string; why: string; install: FleetEngine['install'] }) {
  return (
    <>
      <strong>{what}</strong>
      <p>{why}</p>
      {install.length > 0 && (
        <ul className={page.list}>
          {install.map(({ system, command }) => (
            <li key={command}>
              {system}: <code>{command}</code> <CopyButton text={command} what={`the command for ${system}`} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

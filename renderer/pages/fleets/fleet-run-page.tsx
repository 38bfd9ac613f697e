import { Button, Menu } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AttemptKind, FleetChanges, FleetExportFormat, FleetState } from '../../../shared/api/fleet.ts';
import { checkUpTopic } from '../../../shared/api/fleet-doctor.ts';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { seeText } from '../../components/run/see-text.ts';
import { useUnseen } from '../../components/run/use-unseen.ts';
import { TerminalView } from '../../components/terminal/terminal-view.tsx';
import { announce } from '../../stores/announce.ts';
import { fleetTerminalSource, openFleet, useFleets } from '../../stores/fleets.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { fleetWords, hostCount, offerText } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import page from '../page.module.css';
import { CellPanel } from './cell-panel.tsx';
import { Changes } from './changes.tsx';
import { CheckUpFindings } from './check-up-findings.tsx';
import { EngineNote } from './engine-note.tsx';
import { PlaybookFiles } from './fleet-files.tsx';
import { type CellPlace, FleetMatrix } from './fleet-matrix.tsx';
import classes from './fleets.module.css';
import { noSecrets, SecretsForm, type SecretValues } from './secrets-form.tsx';

const noMarks = [] as const;

/** One fleet run: the playbook first, then Ansible's terminal and the matrix that fills. */
export function FleetRunPage({ runId }: { runId: string }) {
  const state = useFleets((fleets) => fleets.states[runId]);
  useEffect(() => void openFleet(runId), [runId]);
  return state ? <Opened state={state} /> : <PageSkeleton />;
}

function Opened({ state }: { state: FleetState }) {
  const { runId, title, status, says, hosts, attempts, live } = state;
  const [place, setPlace] = useState<CellPlace | null>(null);
  const [secrets, setSecrets] = useState<SecretValues>(noSecrets);
  const stop = useRef<HTMLButtonElement>(null);
  const choose = useCallback((chosen: CellPlace) => setPlace(chosen), []);
  const { label, tone } = fleetWords[status];
  // Hosts come and go while it runs: told is that it runs, and what it came to.
  const spoken = status === 'running' ? `${title}: running` : `${title}: ${label}. ${says}`;
  useEffect(() => announce(spoken), [spoken]);
  const start = (kind: AttemptKind) => void api.fleets.start({ runId, kind, ...secrets }).catch(reportError);
  const at = place ? state.hostRows.findIndex(({ name }) => name === place.host) : -1;
  const column = place ? state.steps.findIndex(({ id }) => id === place.step) : -1;
  const last = attempts.at(-1);
  const checked = last?.kind === 'check' && last.endedAt !== null;
  const changes = useChanges(runId, checked ? last.number : null);
  const box = useRef<HTMLElement>(null);
  const unseen = useUnseen(box, changes && changes.groups.length > 0 ? `${runId} ${last?.number}` : '');
  const toSee = checked && (changes === null || unseen.parts === null || unseen.parts.length > 0) ? (unseen.parts ?? []) : null;
  return (
    <div className={`${page.page} ${classes.run}`}>
      <Crumb to={{ page: 'fleets' }}>Fleets</Crumb>
      <PageHeading title={`${title} on ${hostCount(hosts)}`} />
      <p className={page.lead}>
        <strong style={{ color: toneColor(tone) }}>{label}</strong>: {says} <span className={classes.quiet}>{runId}</span>
      </p>
      {state.offers.length > 0 && <EngineNote onlyMissing />}
      {live === 'outlived' && (
        <p className={classes.warning}>Ansible is still running; it was started before Wrenchbook was. Nothing else is started until it ends.</p>
      )}
      {live === 'no' && state.offers.length > 0 && <SecretsForm names={state.secrets} values={secrets} onChange={setSecrets} />}
      {checked && changes && <Changes key={last.number} ref={box} changes={changes} hosts={hosts} />}
      {last && last.endedAt !== null && state.topicId === checkUpTopic && <CheckUpFindings runId={runId} attempt={last.number} />}
      {attempts.length > 0 && (
        <div className={classes.work}>
          <FleetMatrix state={state} chosen={place} onChoose={choose} />
          <div className={classes.side}>
            {place && (
              <CellPanel runId={runId} place={place} status={state.cells[at]?.[column]} says={state.hostRows[at]?.says ?? ''} onClose={() => setPlace(null)} />
            )}
            <div className={classes.terminal}>
              <TerminalView
                id={runId}
                connect={fleetTerminalSource}
                sessionOpen={live === 'here'}
                takesKeys={false}
                marks={noMarks}
                onLeave={() => stop.current?.focus()}
              />
            </div>
          </div>
        </div>
      )}
      <PlaybookFiles runId={runId} />
      <Actions
        state={state}
        checked={checked}
        see={toSee === null ? null : { text: seeText(toSee, changes?.groups.length ?? 0), next: unseen.showNext }}
        stop={stop}
        onStart={start}
      />
    </div>
  );
}

interface ActionsProps {
  state: FleetState;
  checked: boolean;
  /** What of the check's changes has not been in view yet: they are agreed to. Null: nothing. */
  see: { text: string; next(): void } | null;
  stop: React.RefObject<HTMLButtonElement | null>;
  onStart(kind: AttemptKind): void;
}

function Actions({ state: { runId, live, offers, attempts }, checked, see, stop, onStart }: ActionsProps) {
  const halt = (kill: boolean) => void api.fleets.stop({ runId, kill }).catch(reportError);
  // What is most likely wanted next has the colour.
  const main = offers.find(({ kind }) => (checked ? kind === 'apply' : kind === 'check')) ?? offers.filter(unlike)[0];
  return (
    <div className={classes.actions}>
      {live !== 'no' && (
        <>
          <Button ref={stop} color="red" variant="light" onClick={() => halt(false)}>
            Stop
          </Button>
          <Button variant="subtle" color="red" onClick={() => halt(true)}>
            Kill all of its processes
          </Button>
        </>
      )}
      {live === 'no' &&
        offers.filter(unlike).map(({ kind, hosts }) => (
          <Button key={kind} variant={kind === main?.kind ? 'filled' : 'default'} onClick={() => (kind === 'apply' && see ? see.next() : onStart(kind))}>
            {kind === 'apply' && see ? see.text : `${offerText(kind, hosts)}${kind === 'apply' && !checked ? ' without a check' : ''}`}
          </Button>
        ))}
      <Button variant="default" onClick={() => void savePlaybook(runId)}>
        Save the playbook …
      </Button>
      {attempts.length > 0 && live === 'no' && <ExportMenu runId={runId} />}
    </div>
  );
}

/** Of the check with this number; null before it is known. Another check is fetched anew. */
function useChanges(runId: string, check: number | null): FleetChanges | null {
  const [found, setFound] = useState<{ check: number; changes: FleetChanges } | null>(null);
  useEffect(() => {
    if (check === null) return;
    let current = true;
    api.fleets.changes({ runId }).then((changes) => {
      if (current) setFound({ check, changes });
    }, reportError);
    return () => {
      current = false;
    };
  }, [runId, check]);
  return found?.check === check ? found.changes : null;
}

/** Where all that are not done have failed, retrying is the same as continuing. */
const unlike = ({ kind, hosts }: Offer, _at: number, all: readonly Offer[]): boolean =>
  kind !== 'resume' || !all.some((other) => other.kind === 'retry' && other.hosts === hosts);
type Offer = FleetState['offers'][number];

async function savePlaybook(runId: string): Promise<void> {
  try {
    const { folder } = await api.window.saveFleetPlaybook({ runId });
    if (folder !== null) announce(`The playbook was saved in ${folder}.`);
  } catch (thrown) {
    reportError(thrown);
  }
}

const formats: readonly { format: FleetExportFormat; label: string }[] = [
  { format: 'markdown', label: 'Markdown' },
  { format: 'html', label: 'Web page' },
  { format: 'json', label: 'JSON, with the signed record' },
  { format: 'bundle', label: 'Signed bundle (.wbrun), for others to check' },
];
function ExportMenu({ runId }: { runId: string }) {
  const save = async (format: FleetExportFormat) => {
    try {
      const { path } = await api.window.exportFleet({ runId, format });
      if (path !== null) announce(`Exported to ${path}.`);
    } catch (thrown) {
      reportError(thrown);
    }
  };
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">Export …</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

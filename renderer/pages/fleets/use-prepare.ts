/** From chosen hosts and a playbook to a fleet run. */
import { useState } from 'react';
import type { FleetOrigin } from '../../../shared/api/fleet-form.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
import { announce } from '../../stores/announce.ts';
import { noteFleet } from '../../stores/fleets.ts';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import { hostsField } from './host-chooser.tsx';
import { allFound, type HostPicks, inventoriesOf, noneFound, sourcesOf } from './host-picks.ts';
import type { FleetRole } from './hosts-panel.tsx';
import { useFoundHosts } from './use-found-hosts.ts';

export interface ChosenHosts {
  picks: HostPicks;
  sshPassword: boolean;
}

export function usePrepare(roles: readonly FleetRole[], { picks, sshPassword }: ChosenHosts) {
  const ids = roles.map(({ id }) => id);
  const found = useFoundHosts(picks, ids);
  const [submitted, setSubmitted] = useState(false);
  const [busy, setBusy] = useState(false);
  const empty = ids.filter((id) => (found.byRole[id] ?? []).length === 0);

  /** `origin`: asked for once it is to be started; null where it is not complete, which has the focus then. */
  const prepare = async (origin: () => Promise<FleetOrigin | null>) => {
    setSubmitted(true);
    setBusy(true);
    try {
      const from = await origin();
      if (!from || focusField(...(await withoutHosts(picks, ids)).map(hostsField))) return;
      const { state } = await api.window.prepareFleet({
        ...{ origin: from, sources: sourcesOf(picks, ids), inventories: inventoriesOf(picks, ids), sshPassword },
      });
      noteFleet(state);
      announce('The playbook is made. Nothing has run yet.');
      go({ page: 'fleet', runId: state.runId });
    } catch (thrown) {
      reportError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { found, empty, submitted, busy, prepare };
}

/** Machines that have no host now; what is shown comes a moment after the last key. */
async function withoutHosts(picks: HostPicks, ids: readonly string[]): Promise<string[]> {
  const sources = sourcesOf(picks, ids);
  const { byRole } = allFound(picks, ids, sources.length === 0 ? noneFound : await api.fleets.hosts({ sources }));
  return ids.filter((id) => (byRole[id] ?? []).length === 0);
}

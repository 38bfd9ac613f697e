/** A fleet run as the list of runs, the search and retention know runs. Pure. */
import type { FleetStatus } from '../../../../shared/api/fleet.ts';
import type { RunStatus, RunSummary } from '../../../../shared/api/run.ts';
import type { Section } from '../../history/run-sections.ts';
import type { FleetFold } from './fleet-fold.ts';
import { fleetSummary } from './fleet-view.ts';

const statuses: Record<FleetStatus, RunStatus> = {
  ...{ planned: 'waiting', running: 'running', done: 'done', failed: 'failed', stopped: 'stopped', interrupted: 'interrupted', undone: 'undone' },
};

/** It has an end as soon as nothing of it runs: of one that was never started, when it was made. */
export function fleetAsRun(fold: FleetFold): RunSummary {
  const { runId, topicId, title, status, says, createdAt, endedAt, hosts, counts } = fleetSummary(fold);
  const open = status === 'running' || status === 'interrupted';
  return {
    ...{ runId, topicId, topicTitle: title, targetLabel: `${hosts} ${hosts === 1 ? 'host' : 'hosts'}`, rehearsal: false, createdAt },
    ...{ endedAt: open ? null : (endedAt ?? createdAt), status: statuses[status], says },
    ...{ stepsDone: counts.done + counts.undone, stepsTotal: hosts, fleet: { hosts, counts } },
  };
}

/** What can be found: its title and its hosts, with what each of them said, and the titles of its steps. */
export function fleetSections({ created, hosts, steps }: FleetFold): Section[] {
  const own = [created?.runId, created?.topicId, created?.title, ...hosts.map(({ name, role, says }) => [name, role, says].filter(Boolean).join(' '))];
  return [
    { stepId: null, title: 'Hosts', place: 'record' as const, text: own.filter(Boolean).join('\n') },
    ...steps.map(({ id, title }, at) => ({ stepId: id, title: `${at + 1}. ${title}`, place: 'record' as const, text: title })),
  ].map((section) => ({ ...section, text: section.text.normalize('NFC') }));
}

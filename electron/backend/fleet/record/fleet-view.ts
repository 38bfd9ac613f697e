/** What the window and the terminal command are told of a fleet run. Pure. */
import type { AttemptKind, FleetNews, FleetState, FleetSummary, HostStatus } from '../../../../shared/api/fleet.ts';
import type { FleetFold } from './fleet-fold.ts';

const kinds: readonly AttemptKind[] = ['check', 'apply', 'retry', 'resume', 'undo'];

export function fleetSummary(fold: FleetFold): FleetSummary {
  const { created, hosts, attempts, status } = fold;
  const count = (of: HostStatus) => hosts.filter((host) => host.status === of).length;
  const counts = {
    ...{ pending: count('pending'), running: count('running'), done: count('done'), failed: count('failed') },
    ...{ unreachable: count('unreachable'), unknown: count('unknown'), undone: count('undone') },
  };
  return {
    ...{ runId: created?.runId ?? '', topicId: created?.topicId ?? '', title: created?.title ?? '', status, says: saysOf(fold, counts) },
    ...{ createdAt: fold.createdAt, endedAt: attempts.at(-1)?.endedAt ?? null, hosts: hosts.length, counts },
  };
}

export function fleetState(fold: FleetFold, folder: string, live: FleetState['live']): FleetState {
  const { created } = fold;
  return {
    ...fleetSummary(fold),
    version: created?.version ?? '',
    folder,
    hostRows: fold.hosts.map(({ cells: _cells, apart: _apart, notAffected: _notAffected, ...row }) => row),
    steps: [...fold.steps],
    cells: fold.hosts.map(({ cells }) => cells.map(({ status }) => status)),
    attempts: fold.attempts.map(({ number, kind, startedAt, endedAt, status, command, hosts }) => ({
      number,
      kind,
      startedAt,
      endedAt,
      status,
      command,
      hosts,
    })),
    secrets: created?.secrets ?? [],
    offers: kinds.flatMap((kind) => {
      const hosts = fold.hostsFor(kind).length;
      return hosts > 0 ? [{ kind, hosts }] : [];
    }),
    live,
  };
}

/** With only the rows and cells that changed since the last time. */
export function fleetNews(fold: FleetFold, state: FleetState): FleetNews {
  const { hosts, cells } = fold.takeDirty();
  const { hostRows, steps: _steps, cells: _cells, ...rest } = state;
  return {
    ...rest,
    hostRows: [...hosts].flatMap((at) => {
      const row = hostRows[at];
      return row ? [{ at, row }] : [];
    }),
    cells: [...cells].map((key) => {
      const [host = 0, step = 0] = key.split(':').map(Number);
      return { host, step, status: fold.cellStatus(host, step) };
    }),
  };
}

function saysOf({ status, attempt }: FleetFold, counts: Record<HostStatus, number>): string {
  const words: Record<HostStatus, string> = {
    ...{ done: 'done', undone: 'undone', failed: 'failed', unreachable: 'unreachable', unknown: 'unknown', running: 'running', pending: 'not finished' },
  };
  const parts = (Object.keys(words) as HostStatus[]).flatMap((each) => (counts[each] > 0 ? [`${counts[each]} ${words[each]}`] : []));
  const hosts = parts.join(', ');
  switch (status) {
    case 'planned':
      return attempt?.kind === 'check'
        ? attempt.status === 0
          ? 'Checked; nothing was changed yet.'
          : `The check failed: ${hosts}. Nothing was changed.`
        : 'Not started yet.';
    case 'interrupted':
      return `Wrenchbook or Ansible was ended in the middle: ${hosts}.`;
    case 'stopped':
      return `Stopped: ${hosts}.`;
    default:
      return [`Hosts: ${hosts}.`, attempt?.enough ?? ''].join(' ').trim();
  }
}

/** How a fleet run stands, and for which hosts an attempt of each kind would be. Pure. */
import type { AttemptKind, FleetStatus } from '../../../../shared/api/fleet.ts';
import { type AttemptRow, type HostRow, isOpen, isTrouble } from './host-row.ts';

export function fleetStatus(attempts: readonly AttemptRow[], hosts: readonly HostRow[]): FleetStatus {
  const last = attempts.at(-1);
  if (!last) return 'planned';
  if (last.endedAt === null) return 'running';
  if (last.lost) return 'interrupted';
  if (last.stopped) return 'stopped';
  if (attempts.every(({ kind }) => kind === 'check')) return 'planned';
  if (hosts.some((host) => isTrouble(host) || host.status === 'unknown')) return 'failed';
  if (hosts.some(({ status }) => status === 'undone') && hosts.every(({ changed }) => !changed)) return 'undone';
  if (hosts.every((host) => !isOpen(host))) return 'done';
  return (last.status ?? 1) === 0 ? 'done' : 'failed';
}

/** Their names; empty where it is not offered. Nothing may be running. */
export function hostsFor(kind: AttemptKind, attempts: readonly AttemptRow[], hosts: readonly HostRow[]): string[] {
  const applied = attempts.some((attempt) => attempt.kind !== 'check');
  const names = (fits: (host: HostRow) => boolean) => hosts.filter(fits).map(({ name }) => name);
  if (kind === 'check' || kind === 'apply') return applied ? [] : names(() => true);
  if (kind !== 'undo' && !applied) return [];
  const chosen = names({ retry: isTrouble, resume: isOpen, undo: ({ changed }: HostRow) => changed }[kind]);
  if (chosen.length === 0) return [];
  // A procedure between machines needs all of them, also those that are done: for these nothing changes. An undo leaves alone what was not changed.
  const roles = new Set(hosts.flatMap(({ name, role }) => (chosen.includes(name) ? [role] : [])));
  const several = new Set(hosts.map(({ role }) => role)).size > 1;
  if (!several) return chosen;
  return kind === 'undo' ? names(({ name, role }) => chosen.includes(name) || !roles.has(role)) : names(() => true);
}

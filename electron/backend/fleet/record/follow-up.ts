/**
 * What comes by itself behind an attempt, so that hosts out of reach hold up nobody: those whose turn did not come because of them, and at the end
 * they themselves, once. Nothing comes behind failures that ended the attempt. Pure.
 */
import type { AttemptKind, HostStatus } from '../../../../shared/api/fleet.ts';
import type { FollowUp } from './fleet-event.ts';

export interface EndedAttempt {
  kind: AttemptKind;
  /** What it was itself. */
  follows: FollowUp | null;
  stopped: boolean;
  lost: boolean;
  /** Why it ended itself, as so many hosts had failed; empty: it did not. */
  enough: string;
  /** Hosts that it was for. */
  names: readonly string[];
}
export interface HostAfter {
  name: string;
  role: string;
  status: HostStatus;
}
export interface NextAttempt {
  follows: FollowUp;
  kind: AttemptKind;
  hosts: string[];
}

/** Hosts that an attempt begins with: those that the last check did not reach come last. A procedure between machines needs all of them at once. */
export function reachable(chosen: readonly string[], hosts: readonly HostAfter[]): string[] {
  const away = new Set(hosts.flatMap(({ name, status }) => (status === 'unreachable' ? [name] : [])));
  const near = chosen.filter((name) => !away.has(name));
  return near.length === 0 || betweenMachines(hosts) ? [...chosen] : near;
}

/** `hosts`: all of the fleet run. Null where nothing comes behind it. */
export function nextAttempt({ kind, follows, stopped, lost, enough, names }: EndedAttempt, hosts: readonly HostAfter[]): NextAttempt | null {
  if (kind === 'check' || kind === 'undo' || stopped || lost || enough !== '' || follows === 'late') return null;
  const withStatus = (wanted: HostStatus) => hosts.flatMap(({ name, status }) => (status === wanted ? [name] : []));
  const [away, pending] = [withStatus('unreachable'), withStatus('pending')];
  if (away.length === 0) return null;
  if (betweenMachines(hosts)) return { follows: 'late', kind: 'retry', hosts: hosts.map(({ name }) => name) };
  if (pending.length === 0) return { follows: 'late', kind: 'retry', hosts: away };
  // Ansible ends where nobody of a batch is reached. Where it ended for another reason, it would end again.
  const because = away.some((name) => names.includes(name)) && withStatus('failed').length + withStatus('unknown').length === 0;
  return because ? { follows: 'rest', kind: 'resume', hosts: pending } : null;
}

const betweenMachines = (hosts: readonly HostAfter[]) => new Set(hosts.map(({ role }) => role)).size > 1;

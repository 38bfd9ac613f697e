/** What the fold keeps of a host and of an attempt, besides what is shown of them. */
import type { CellStatus, FleetAttempt, FleetHostState, FleetStep } from '../../../../shared/api/fleet.ts';
import type { AnsibleEvent } from './ansible-event.ts';
import type { TaskInCell } from './cell.ts';
import type { FleetEventBody, FollowUp } from './fleet-event.ts';

type Process = Extract<FleetEventBody, { type: 'attempt-process' }>;

export interface HostRow extends FleetHostState {
  /** By step; each attempt begins them anew. */
  cells: { tasks: TaskInCell[]; status: CellStatus }[];
  /** What a task outside of all steps said: gathering facts, or that it is out of reach. */
  apart: TaskInCell[];
  /** The playbook's own check said, in this attempt, that nothing is to be done here, and why; empty: it did not. */
  notAffected: string;
}
export interface AttemptRow extends FleetAttempt {
  names: string[];
  process: Omit<Process, 'type' | 'attempt'> | null;
  stopped: boolean;
  lost: boolean;
  follows: FollowUp | null;
  /** The playbook ended itself, as so many hosts had failed that no further batch was to begin: its words; empty: it did not. */
  enough: string;
  events: number;
}
/** What Ansible counted, by host. */
export type Counts = Extract<AnsibleEvent, { e: 'stats' }>['hosts'];

export const isTrouble = ({ status }: HostRow) => status === 'failed' || status === 'unreachable';
export const isOpen = ({ status }: HostRow) => status !== 'done' && status !== 'undone';
const isResult = (status: CellStatus) => status === 'ok' || status === 'changed' || status === 'skipped' || status === 'unknown';

/** Whether the step is one of this host's. */
export function isFor(host: HostRow, step: FleetStep | undefined, hosts: readonly HostRow[]): boolean {
  const { role = '', one = false } = step ?? {};
  const ofRole = role === '' || host.role === '' || role === host.role;
  return ofRole && (!one || hosts.find((each) => each.role === host.role) === host);
}

/** It has a result of each step that is its own. */
export const isThrough = (host: HostRow, steps: readonly FleetStep[], hosts: readonly HostRow[]): boolean =>
  steps.every((step, at) => !isFor(host, step, hosts) || isResult(host.cells[at]?.status ?? 'pending'));

/** States of fleets in words, with a sign that says the same without colour. */
import type { AttemptKind, CellStatus, FleetStatus, HostStatus } from '../../shared/api/fleet.ts';
import type { RunStatus, RunSummary } from '../../shared/api/run.ts';
import { runStatusWords, type Tone } from './status.ts';

interface CellWords {
  label: string;
  sign: string;
  tone: Tone;
}
export const cellWords: Record<CellStatus, CellWords> = {
  pending: { label: 'not run', sign: '·', tone: 'neutral' },
  running: { label: 'running', sign: '▸', tone: 'active' },
  ok: { label: 'ok', sign: '✓', tone: 'good' },
  changed: { label: 'changed', sign: '±', tone: 'asking' },
  skipped: { label: 'not affected', sign: '–', tone: 'neutral' },
  failed: { label: 'failed', sign: '✗', tone: 'bad' },
  unreachable: { label: 'unreachable', sign: '⊘', tone: 'bad' },
  unknown: { label: 'unknown', sign: '?', tone: 'warning' },
  'would-change': { label: 'would change', sign: '≈', tone: 'asking' },
  undone: { label: 'undone', sign: '↶', tone: 'neutral' },
};
export const hostWords: Record<HostStatus, { label: string; tone: Tone }> = {
  pending: { label: 'not done', tone: 'neutral' },
  running: { label: 'running', tone: 'active' },
  done: { label: 'done', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  unreachable: { label: 'unreachable', tone: 'bad' },
  unknown: { label: 'unknown', tone: 'warning' },
  undone: { label: 'undone', tone: 'neutral' },
};
export const fleetWords: Record<FleetStatus, { label: string; tone: Tone }> = {
  planned: { label: 'not started', tone: 'neutral' },
  running: { label: 'running', tone: 'active' },
  done: { label: 'done', tone: 'good' },
  failed: { label: 'with failures', tone: 'bad' },
  stopped: { label: 'stopped by you', tone: 'neutral' },
  interrupted: { label: 'interrupted', tone: 'warning' },
  undone: { label: 'undone', tone: 'neutral' },
};

/** Where the list of runs has other words for the same. */
export const listedFleetWords: Partial<Record<RunStatus, { label: string; tone: Tone }>> = {
  ...{ failed: fleetWords.failed, waiting: fleetWords.planned, done: fleetWords.done, stopped: fleetWords.stopped },
};

/** How a listed fleet run stands; of one with failures, how many hosts. */
export function listedFleetText(status: RunStatus, { counts }: NonNullable<RunSummary['fleet']>): string {
  const count = (of: HostStatus) => counts[of] ?? 0;
  const parts = [
    ...(count('failed') > 0 ? [`${count('failed')} failed ${count('failed') === 1 ? 'host' : 'hosts'}`] : []),
    ...(count('unreachable') > 0 ? [`${hostCount(count('unreachable'))} out of reach`] : []),
    ...(count('unknown') > 0 ? [`${hostCount(count('unknown'))} unknown`] : []),
  ];
  const label = (listedFleetWords[status] ?? runStatusWords(status)).label;
  return status === 'failed' && parts.length > 0 ? parts.join(', ') : label;
}

export const hostCount = (count: number): string => `${count} ${count === 1 ? 'host' : 'hosts'}`;

const offers: Record<AttemptKind, (hosts: string) => string> = {
  check: () => 'Check what would change',
  apply: (hosts) => `Run on ${hosts}`,
  retry: (hosts) => `Retry ${hosts}`,
  resume: (hosts) => `Continue on ${hosts}`,
  undo: (hosts) => `Undo on ${hosts}`,
};
export const offerText = (kind: AttemptKind, hosts: number): string => offers[kind](hostCount(hosts));

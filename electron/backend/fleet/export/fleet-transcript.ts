/** Everything of a fleet run that an export shows: the matrix, and each host's part. Pure. */
import type { CellDetail, CellTask, FleetState, FleetVerification } from '../../../../shared/api/fleet.ts';
import type { FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import type { FleetFold } from '../record/fleet-fold.ts';

export interface FleetTranscript {
  state: FleetState;
  /** By host, in its order: what ran outside of all steps, and each host's steps. */
  parts: { host: string; aside: CellTask[]; steps: CellDetail[] }[];
  verification: FleetVerification;
  /** Of a check-up. */
  findings?: FleetFindings;
}

export function fleetTranscript(fold: FleetFold, state: FleetState, verification: FleetVerification): FleetTranscript {
  const parts = state.hostRows.map(({ name }) => ({
    host: name,
    aside: fold.aside(name),
    steps: state.steps.flatMap(({ id }) => fold.detail(name, id, true) ?? []),
  }));
  return { state, parts, verification };
}

export const recordSays = ({ ok, findings, fingerprint, events }: FleetVerification): string =>
  ok ? `intact, ${events} events, signed with ${fingerprint ?? 'no key'}` : `NOT intact: ${findings.join('; ')}`;

export const cellWords = {
  pending: 'not run',
  running: 'running',
  ok: 'ok',
  changed: 'changed',
  skipped: 'not affected',
  failed: 'FAILED',
  unreachable: 'UNREACHABLE',
  unknown: 'unknown',
  'would-change': 'would change',
  undone: 'undone',
} as const;

export const verdictWords = {
  affected: 'affected',
  'not-affected': 'not affected',
  'already-fixed': 'already fixed',
  unknown: 'unknown',
  'not-looked': 'not looked at',
  elsewhere: 'other system',
} as const;

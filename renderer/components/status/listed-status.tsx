import type { RunSummary } from '../../../shared/api/run.ts';
import { listedFleetWords } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import { RunStatusMark } from './status-mark.tsx';

/** The status of a run, or of a fleet run in its own words: of that "verified" is not known for each host. */
export function ListedStatus({ run: { status, fleet } }: { run: Pick<RunSummary, 'status' | 'fleet'> }) {
  const words = fleet && listedFleetWords[status];
  return words ? <strong style={{ color: toneColor(words.tone) }}>{words.label}</strong> : <RunStatusMark status={status} />;
}

/** The runs on one machine; and of those that set something up there, what is needed to look again whether it still is as they left it. */
import type { RunThere } from '../../../shared/api/doctor.ts';
import { toWireError } from '../../../shared/api/error.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import type { ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import { refusal } from '../custody/refusal.ts';
import type { RunCustody } from '../custody/run-custody.ts';
import type { RunStore } from '../runs/run-store.ts';
import { targetName } from '../targets/run-target.ts';
import { placeKey } from './finding-identity.ts';

/** Of so many set-ups it is looked whether they still stand, the newest. */
const mostSetUps = 100;

export interface SetUp {
  runId: string;
  topicId: string;
  title: string;
  endedAt: string;
  parameters: ParameterValues;
  /** Why nothing is done with the run's record; empty where it is intact. */
  refused: string;
}
export interface RunsThere {
  of(target: Machine): Promise<RunThere[]>;
  setUps(target: Machine): Promise<SetUp[]>;
}
type Machine = Exclude<TargetRef, { kind: 'lab' }>;

interface Surroundings {
  history: { list(): Promise<RunSummary[]> };
  store: Pick<RunStore, 'record' | 'folder'>;
  custody: Pick<RunCustody, 'check'>;
  /** Unpacks an archived run before anything of it is read. */
  reading<T>(runId: string, read: () => T | Promise<T>): Promise<T>;
}

export function runsThere({ history, store, custody, reading }: Surroundings): RunsThere {
  const of = async (target: Machine) => (await history.list()).filter((run) => !run.rehearsal && isOn(run.targetLabel, target)).map(inShort);
  const setUp = ({ runId, topicId, topicTitle, endedAt }: RunThere, place: string): Promise<SetUp | null> =>
    reading(runId, async () => {
      const { created } = store.record(runId);
      if (created.target.kind === 'lab' || placeKey(created.target) !== place) return null;
      const refused = refusal(runId, await custody.check(store.folder(runId), runId, { recording: false }));
      return { runId, topicId, title: topicTitle, endedAt: endedAt ?? '', parameters: created.parameters, refused: refused?.message ?? '' };
    }).catch((thrown: unknown) => ({ runId, topicId, title: topicTitle, endedAt: endedAt ?? '', parameters: {}, refused: toWireError(thrown).message }));
  return {
    of,
    async setUps(target) {
      const found: SetUp[] = [];
      const known = new Set<string>();
      for (const run of (await of(target)).filter(({ status }) => status === 'done' || status === 'undone').slice(0, 4 * mostSetUps)) {
        const each = await setUp(run, placeKey(target));
        const same = each && JSON.stringify([each.topicId, each.parameters]);
        if (!each || !same || known.has(same)) continue;
        known.add(same);
        // What was undone last is not meant to stand.
        if (run.status === 'done') found.push(each);
        if (found.length === mostSetUps) break;
      }
      return found;
    },
  };
}

/** As labels are made: the place itself, or the name of an entry with the place behind it. */
function isOn(label: string, target: Machine): boolean {
  const place = targetName(target);
  return label === place || label.endsWith(` (${place})`);
}

const inShort = ({ runId, topicId, topicTitle, createdAt, endedAt, status, says }: RunSummary): RunThere => ({
  runId,
  topicId,
  topicTitle,
  createdAt,
  endedAt,
  status,
  says,
});

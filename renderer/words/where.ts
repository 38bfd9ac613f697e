/** The choice of where a run happens, as the value of one control. */
import { consoleWayText } from '../../shared/api/console.ts';
import type { Connection, Target } from '../../shared/api/target.ts';
import type { ChosenTarget, TargetRef } from '../../shared/api/topic.ts';

export const labValue = (failure: string | null): string => (failure === null ? 'lab' : `lab:${failure}`);
export const placeValue = (target: ChosenTarget): string => (target.kind === 'book' ? `book:${target.id}` : target.kind);

export function targetOfValue(value: string): ChosenTarget {
  const [kind, rest] = value.split(/:(.*)/s);
  if (kind === 'book' && rest !== undefined) return { kind, id: rest };
  if (kind === 'local' || kind === 'hand') return { kind };
  return rest === undefined ? { kind: 'lab' } : { kind: 'lab', failure: rest };
}
export const isLab = (value: string | null): boolean => value !== null && targetOfValue(value).kind === 'lab';

/** Where an earlier run was, among the targets of today; null where none leads there any more. */
export function whereWas(target: TargetRef, targets: readonly Pick<Target, 'id' | 'connection'>[]): string | null {
  if (target.kind === 'lab') return labValue(target.failure ?? null);
  if (target.kind === 'local' || target.kind === 'hand') return target.kind;
  const there = targets.find(({ id, connection }) => leadsTo(id, connection, target));
  return there ? placeValue({ kind: 'book', id: there.id }) : null;
}

function leadsTo(id: string, to: Connection, target: Extract<TargetRef, { kind: 'ssh' | 'console' }>): boolean {
  if (target.kind === 'ssh') return to.kind === 'ssh' && to.host === target.host && to.user === target.user && to.port === target.port;
  if ('entry' in target.console) return id === target.console.entry;
  return to.kind === 'console' && to.dialect === target.console.dialect && consoleWayText(to.way) === consoleWayText(target.console.way);
}

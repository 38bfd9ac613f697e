/** The choice of where a run happens, as the value of one control. */
import type { ChosenTarget } from '../../shared/api/topic.ts';

export const labValue = (failure: string | null): string => (failure === null ? 'lab' : `lab:${failure}`);
export const placeValue = (target: ChosenTarget): string => (target.kind === 'book' ? `book:${target.id}` : target.kind);

export function targetOfValue(value: string): ChosenTarget {
  const [kind, rest] = value.split(/:(.*)/s);
  if (kind === 'book' && rest !== undefined) return { kind, id: rest };
  if (kind === 'local' || kind === 'hand') return { kind };
  return rest === undefined ? { kind: 'lab' } : { kind: 'lab', failure: rest };
}
export const isLab = (value: string | null): boolean => value !== null && targetOfValue(value).kind === 'lab';

/** The other machines of a procedure with several, as a form has them: a value of where.ts each, `none` for one that is left out. */
import type { RunMachine } from '../../shared/api/machine.ts';
import type { Target } from '../../shared/api/target.ts';
import type { OtherMachines, ProcedureDetail } from '../../shared/api/topic.ts';
import { isLab, targetOfValue, whereWas } from './where.ts';

export type Others = Readonly<Record<string, string>>;
export const leftOut = 'none';

export interface ChosenOthers {
  /** Undefined where there is one machine only. */
  machines?: OtherMachines;
  /** Ids of those that are still to be chosen. */
  missing: string[];
}

/** In the lab all take part that are not left out; on real machines those that were chosen. */
export function chosenOthers({ machines = [] }: Pick<ProcedureDetail, 'machines'>, where: string | null, others: Others): ChosenOthers {
  const [first, ...rest] = machines;
  if (!first) return { missing: [] };
  const lab = isLab(where);
  const taken = rest.filter(({ id, optional }) => {
    const value = others[id];
    return lab ? !(optional && value === leftOut) : value !== undefined && value !== leftOut && !isLab(value);
  });
  return {
    machines: Object.fromEntries(taken.map(({ id }) => [id, lab ? { kind: 'lab' as const } : targetOfValue(others[id] ?? '')])),
    missing: rest.flatMap(({ id, optional }) => (optional || taken.some((one) => one.id === id) ? [] : [id])),
  };
}

/** Where the other machines of an earlier run were, among the targets of today. */
export function othersWere(machines: readonly RunMachine[] = [], targets: readonly Pick<Target, 'id' | 'connection'>[]): Others {
  return Object.fromEntries(
    machines.slice(1).flatMap(({ id, target }) => {
      const was = target.kind === 'lab' ? null : whereWas(target, targets);
      return was === null ? [] : [[id, was]];
    }),
  );
}

/** Where a step of a procedure with several machines is played in a fleet. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { Step } from '../../../../shared/topic-kit/index.ts';

export interface CompiledStep {
  planned: PlannedStep;
  step: Step;
}

export interface StepPlace {
  /** Machine whose hosts go through it; empty where there is one machine. */
  group: string;
  /** Only the first of these hosts goes through it, for all. */
  one: boolean;
  /** Machine whose first host runs its commands in the place of those hosts; null: they run them themselves. */
  at: string | null;
}

export function placeOf({ planned, step }: CompiledStep): StepPlace {
  const inFleet = step.kind === 'command' ? step.inFleet : undefined;
  const on = planned.on ?? '';
  if (typeof inFleet === 'object') return { group: inFleet.forEach, one: false, at: on };
  return { group: on, one: inFleet === 'one', at: null };
}

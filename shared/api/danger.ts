/** How dangerous a step is. The one place that says so: plan, list, card, button and export ask here. Pure. */
import type { PlannedStep } from './plan.ts';
import type { DangerLevel } from './topic.ts';

/** What has no way back is irreversible, whatever level its step was given. */
export const stepDanger = ({ danger, irreversible }: Pick<PlannedStep, 'danger' | 'irreversible'>): DangerLevel =>
  irreversible === null ? danger : 'irreversible';

export const hasNoWayBack = (step: Pick<PlannedStep, 'danger' | 'irreversible'>): boolean => stepDanger(step) === 'irreversible';

/** As it is called everywhere. */
export const dangerLabels: Readonly<Record<DangerLevel, string>> = {
  reads: 'reads only',
  changes: 'changes',
  destructive: 'destructive',
  irreversible: 'irreversible',
};

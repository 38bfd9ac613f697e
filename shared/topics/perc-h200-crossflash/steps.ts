/** The whole procedure in its order. */
import type { Step } from '../../topic-kit/index.ts';
import { crossflashSteps } from './crossflash-steps.ts';
import { finalSteps } from './final-steps.ts';
import type { Parameters } from './parameters.ts';
import { preparationSteps } from './preparation-steps.ts';
import { scriptSteps } from './script-steps.ts';

export function steps(values: Parameters, rehearsal: boolean): readonly Step[] {
  const live = [...crossflashSteps(values), ...finalSteps(values)];
  if (values.way === 'console') return [...preparationSteps(values, rehearsal, null), ...live];
  const { layOut, run } = scriptSteps(live, values, rehearsal);
  return [...preparationSteps(values, rehearsal, layOut), ...run];
}

/** The whole procedure in its order. */
import type { Step } from '../../topic-kit/index.ts';
import { crossflashSteps } from './crossflash-steps.ts';
import { finalSteps } from './final-steps.ts';
import type { Parameters } from './parameters.ts';
import { preparationSteps } from './preparation-steps.ts';

export const steps = (values: Parameters, rehearsal: boolean): readonly Step[] => [
  ...preparationSteps(values, rehearsal),
  ...crossflashSteps(values),
  ...finalSteps(values),
];

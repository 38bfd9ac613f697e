/** The whole procedure in its order. */
import type { Step } from '../../topic-kit/index.ts';
import { crossflashSteps } from './crossflash-steps.ts';
import { finalSteps } from './final-steps.ts';
import type { Parameters } from './parameters.ts';
import { preparationSteps } from './preparation-steps.ts';

export const steps = (values: Parameters): readonly Step[] => [...preparationSteps(values), ...crossflashSteps(values), ...finalSteps(values)];

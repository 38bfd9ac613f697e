import type { Step } from '../../topic-kit/index.ts';
import { linuxSteps } from './linux-steps.ts';
import type { Parameters } from './parameters.ts';
import { windowsSteps } from './windows-steps.ts';

export const steps = (values: Parameters): Step[] => (values.way === 'linux' ? linuxSteps(values) : windowsSteps(values));

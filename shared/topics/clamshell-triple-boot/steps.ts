/** Three systems on one disk: the disk, both systems of Apple, then Debian with the boot loader. */
import type { Step } from '../../topic-kit/index.ts';
import { linuxSteps } from './linux-steps.ts';
import { macSystems } from './mac-systems.ts';
import { onTheCd } from './on-the-cd.ts';
import type { Parameters } from './parameters.ts';

export const steps = (values: Parameters): Step[] => [...onTheCd(values), ...macSystems(values), ...linuxSteps(values)];

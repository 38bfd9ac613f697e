/** Three systems on one disk: the disk, both systems of Apple, then Debian with the boot loader. */
import type { Step } from '../../topic-kit/index.ts';
import { allThree } from './all-three.ts';
import { bootLoader } from './boot-loader.ts';
import { debianSteps } from './debian.ts';
import { macSystems } from './mac-systems.ts';
import { onTheCd } from './on-the-cd.ts';
import type { Parameters } from './parameters.ts';
import { preparation } from './preparation.ts';
import { tigerInstaller } from './tiger-installer.ts';

export const steps = (values: Parameters): Step[] => [
  ...preparation(values),
  ...onTheCd(values),
  ...tigerInstaller(values),
  ...macSystems(values),
  ...debianSteps(values),
  ...bootLoader(),
  ...allThree(values),
];

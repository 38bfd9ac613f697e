/** The stick, written on Linux: the media writer unpacks the image with dmg2img as it writes. Then its volume is mounted, where the kernel can. */
import { anywhere, checkImageStep, type Step, sh, writeStickStep } from '../../topic-kit/index.ts';
import { chosenDevice, imageFile, mountFolder, type Parameters } from './parameters.ts';
import { here } from './preparation-steps.ts';

export const writeSteps = (values: Parameters): Step[] => [
  checkImageStep({ source: imageFile(values) }),
  writeStickStep({ source: imageFile(values), device: chosenDevice(values) }),
];

export const mountStick = (values: Parameters): Step => ({
  kind: 'command',
  id: 'mount-stick',
  title: 'Mount the stick',
  intro: 'Take the stick out, put it in again, and wait a moment. Its HFS+ volume is then mounted, so that the package can be copied to it.',
  danger: 'changes',
  runsOn: here,
  needsRoot: true,
  script: sh`at=${mountFolder(values)}
volume=$(lsblk -nrpo NAME ${anywhere(chosenDevice(values).path)} | while read -r part; do
  [ "$(blkid -o value -s TYPE "$part")" != hfsplus ] || echo "$part"
done | head -n 1)
[ -n "$volume" ] || { echo ${anywhere(`No volume: ${chosenDevice(values).path} has no HFS+ volume, or is not there`)}; exit 1; }
mkdir -p "$at" && mount -t hfsplus -o rw "$volume" "$at"`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-volume',
      pattern: /^No volume: /,
      means: 'There is no HFS+ volume. After writing, the stick was ejected.',
      next: 'Take it out and put it in again, wait a moment, and run the step again.',
      remedies: ['put-back'],
    },
    {
      kind: 'failure',
      id: 'no-hfsplus',
      pattern: /unknown filesystem type|not supported by (the )?kernel/i,
      means: 'This kernel has no HFS+. The stick itself is complete; the package is still missing.',
      next: 'Put the stick into a Mac, and copy ServerEssentials.pkg into its folder Packages by hand. Or mount it on a Linux whose kernel has hfsplus.',
    },
  ],
  verify: {
    script: sh`ls -d ${mountFolder(values)}/Packages && if [ -w ${mountFolder(values)}/Packages ]; then echo Writable.; fi`,
    matchers: [
      {
        kind: 'expected',
        id: 'packages',
        pattern: /\/Packages$/,
        means: 'The folder for packages is there.',
        missing: 'The volume has no folder "Packages": it is not Lion’s installer.',
        next: 'Look at the image.',
      },
      {
        kind: 'expected',
        id: 'writable',
        pattern: /^Writable\.$/,
        means: 'It can be written to.',
        missing: 'Linux mounted it for reading only: it is journaled, or was not unmounted cleanly.',
        next: 'Put the stick into a Mac, and copy ServerEssentials.pkg into its folder Packages by hand.',
      },
    ],
  },
  undo: sh`umount ${mountFolder(values)} && rmdir ${mountFolder(values)}`,
  undone: {
    script: sh`[ -e ${mountFolder(values)} ] || echo ${'It is not mounted any more.'}`,
    matchers: [
      {
        kind: 'expected',
        id: 'unmounted',
        pattern: /^It is not mounted any more\.$/,
        means: 'The stick is unmounted, and its folder is gone.',
        missing: 'The stick is still mounted.',
        next: 'Close what is open on it, and unmount it by hand.',
      },
    ],
  },
});

export const unmountStick = (values: Parameters): Step => ({
  kind: 'command',
  id: 'unmount-stick',
  title: 'Unmount the stick',
  act: 'Unmount the stick',
  intro: 'Writes out everything that is still buffered.',
  danger: 'changes',
  runsOn: here,
  needsRoot: true,
  script: sh`umount ${mountFolder(values)} && rmdir ${mountFolder(values)} && echo ${'It is safe to take it out.'}`,
  matchers: [
    {
      kind: 'failure',
      id: 'in-use',
      pattern: /target is busy/i,
      means: 'Something still uses the stick.',
      next: 'Close what is open on it, and run the step again.',
    },
    {
      kind: 'expected',
      id: 'unmounted',
      pattern: /^It is safe to take it out\.$/,
      means: 'All of it is on the stick.',
      missing: 'The stick is still mounted.',
      next: 'Run the step again.',
    },
  ],
  irreversible: 'To use it, plug it in again.',
});

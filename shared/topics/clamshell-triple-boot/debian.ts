/** Debian on its three partitions, and the numbers that the partitions have there. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const debianSteps = ({ linuxDisk }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'install-debian',
    title: 'Install Debian 8',
    act: 'Debian is installed: check it',
    intro: 'Only the first three partitions are given to Debian. The two of Apple must not be touched.',
    danger: 'destructive',
    runsOn: 'the installer of Debian',
    minutes: 180,
    instructions: [
      'Start from the Debian CD for powerpc (not ppc64el): hold C.',
      'Choose manual partitioning. linux-boot: use as NewWorld boot partition, bootable flag on. linux-swap: use as swap. linux: use as ext3, format it, mount point /.',
      'Do not touch the two large HFS+ partitions, and delete no small one: the numbers would move.',
      'Choose Xfce as the desktop. It is light enough.',
      'yaboot is installed at the end. After the restart, press l at its prompt.',
      'To continue another day: the iBook starts Debian, and 10.4 with Option at power-on. Mac OS 9 does not start until its drivers are repaired.',
    ],
    cards: [
      {
        title: '/etc/apt/sources.list',
        lines: ['deb http://archive.debian.org/debian jessie main contrib non-free'],
        note: 'Debian 8 has moved to the archive. Its release file has expired: also write Acquire::Check-Valid-Until "false"; into /etc/apt/apt.conf.d/99archive.',
      },
    ],
    lab: sh`lab-ibook-hand install-debian`,
    verify: {
      script: sh`mac-fdisk -l ${file(linuxDisk)}
blkid | grep LABEL`,
      matchers: [
        {
          kind: 'expected',
          id: 'bootstrap',
          pattern: /\bApple_Bootstrap\b/,
          means: 'The boot partition is a NewWorld boot partition.',
          missing: 'There is no NewWorld boot partition.',
          next: 'Start the installer again and set linux-boot to NewWorld boot.',
        },
        {
          kind: 'expected',
          id: 'mac-stands',
          pattern: /LABEL="Macintosh HD"/,
          means: 'Macintosh HD is as it was.',
          missing: 'Macintosh HD is gone: it was formatted or deleted.',
          next: 'Write nothing more to the disk. Install 10.4 and Mac OS 9 again from Install, or from the image on the USB disk.',
        },
        {
          kind: 'expected',
          id: 'install-stands',
          pattern: /LABEL="Install"/,
          means: 'Install is as it was.',
          missing: 'Install is gone.',
          next: 'It is needed only to install 10.4 again. The image on the USB disk can be restored to it.',
        },
      ],
    },
    irreversible: 'linux-boot, linux-swap and linux were empty, and belong to Debian now.',
    confirm: {
      object: 'the partitions linux-boot, linux-swap and linux',
      type: { text: 'linux' },
      ask: 'Type the name of the largest partition that Debian formats.',
      where: 'The plan and Disk Utility show it.',
    },
  },
  {
    kind: 'command',
    id: 'numbers',
    title: 'Read the partitions’ numbers',
    intro: 'The drivers of Mac OS 9 and gaps count as partitions too, so the numbers can’t be guessed.',
    danger: 'reads',
    runsOn: 'Debian on the iBook',
    needsRoot: true,
    script: sh`mac-fdisk -l ${file(linuxDisk)}
blkid | grep LABEL
grep -n '=' ${file('/etc/yaboot.conf')}`,
    matchers: [
      {
        kind: 'expected',
        id: 'bootstrap',
        pattern: /^\/dev\/[hs]da\d+\s+Apple_Bootstrap\b/,
        means: 'The boot partition is found.',
        missing: `${linuxDisk} has no NewWorld boot partition.`,
        next: 'Check with lsblk which name the disk has, and correct the form.',
      },
      {
        kind: 'expected',
        id: 'mac',
        pattern: /^\/dev\/[hs]da\d+: .*LABEL="Macintosh HD"/,
        means: 'Macintosh HD is found.',
        missing: 'No partition is called Macintosh HD.',
        next: 'Correct its name in the Finder of 10.4.',
      },
      {
        kind: 'expected',
        id: 'conf',
        pattern: /^\d+:\s*image=/,
        means: 'yaboot.conf has an entry for Linux.',
        missing: 'There is no yaboot.conf with an entry for Linux.',
        next: 'Run yabootconfig as root. Newer systems use GRUB: then this part does not apply.',
      },
    ],
    saves: [
      { id: 'boot', title: 'Number of the boot partition', pattern: /^\/dev\/[hs]da(\d+)\s+Apple_Bootstrap\b/ },
      { id: 'mac', title: 'Partition of Macintosh HD', pattern: /^(\/dev\/[hs]da\d+): .*LABEL="Macintosh HD"/ },
    ],
  },
];

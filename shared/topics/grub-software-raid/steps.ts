/** Check the array and the disks, install GRUB on each, read it back, and say how it stays so. */
import type { Matcher, Remedy, Step } from '../../topic-kit/index.ts';
import { file, sh } from '../../topic-kit/index.ts';
import { check, install, mountSays } from './install.ts';
import type { Parameters } from './parameters.ts';
import { installer, reading } from './reading.ts';

const arrayMatchers: Matcher[] = [
  {
    kind: 'failure',
    id: 'no-array',
    pattern: /^array=none$/,
    alone: true,
    means: '/boot is not on software RAID.',
    next: 'End the run. If it is on LVM or encrypted, this procedure finds the array below it; here there is none.',
  },
  {
    kind: 'failure',
    id: 'firmware-raid',
    pattern: /^metadata_version=external/,
    means: 'It is a RAID of the firmware (imsm or ddf). The BIOS shows it as one disk.',
    next: 'Install GRUB on the array as on any disk. This procedure is not for it.',
  },
  {
    kind: 'failure',
    id: 'level',
    pattern: /^level=(?!raid(?:1|4|5|6|10)$)/,
    means: 'With this level all disks are needed, or GRUB cannot read it.',
    next: 'Put /boot on an array of level 1 of its own.',
  },
  {
    kind: 'failure',
    id: 'metadata',
    pattern: /^metadata_version=(?!external|0\.90$|1\.[012]$)/,
    means: 'GRUB has no module for this metadata.',
    next: 'Put /boot on an array with metadata 1.2.',
  },
  {
    kind: 'failure',
    id: 'degraded',
    pattern: /^degraded=[1-9]/,
    means: 'The array lacks a disk. GRUB would not be installed on the one that is missing.',
    next: 'Repair the array first: the last step of the plan has the lines.',
    remedies: ['add-disk'],
  },
  {
    kind: 'warning',
    id: 'syncing',
    pattern: /^sync_action=(?:resync|recover|reshape)$/,
    means: 'The array is being copied. GRUB can be installed meanwhile; a disk that is not copied yet cannot start the machine.',
    next: 'Try no disk alone before /proc/mdstat says that it is finished.',
  },
];

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check array, disks and boot code',
  intro: 'Shows the array below /boot, its disks, and from which of them the machine would start.',
  danger: 'reads',
  runsOn: 'the server',
  needsRoot: true,
  script: sh`cat ${file('/proc/mdstat')}
${reading(values)}
if command -v ${installer(values)} > /dev/null 2>&1; then echo installer=yes; else echo installer=no; fi`,
  saves: [
    { id: 'states', title: 'Disks', pattern: /^states=(\S.*\S) ?$/ },
    { id: 'array', title: 'Array', pattern: /^array=(md\S+)$/ },
    { id: 'level', title: 'Level', pattern: /^level=(\S+)$/ },
    { id: 'metadata', title: 'Metadata', pattern: /^metadata_version=(\S+)$/ },
  ],
  matchers: [
    ...arrayMatchers,
    {
      kind: 'failure',
      id: 'other-firmware',
      pattern: values.firmware === 'bios' ? /^firmware=uefi$/ : /^firmware=bios$/,
      alone: true,
      means: `This machine boots by ${values.firmware === 'bios' ? 'UEFI' : 'BIOS'}.`,
      next: 'Check again, let the form be filled in, and start a new run.',
    },
    {
      kind: 'failure',
      id: 'no-installer',
      pattern: /^installer=no$/,
      means: 'GRUB’s installer is not here under this name.',
      next: 'Check the form, or install grub2-common and grub-pc-bin or grub-efi-amd64-bin.',
    },
    ...(values.firmware === 'bios'
      ? [
          {
            kind: 'failure' as const,
            id: 'no-room',
            pattern: /^disk \S+: table=\w+ room=(?:[0-9]|[1-5][0-9]|6[0-3])\b/,
            means:
              'This disk has no room for GRUB’s core image: its first partition begins at sector 63, a GPT has no BIOS boot partition, the whole disk is in the array, or its sectors are larger than 512 bytes.',
            next: 'Move the partition to sector 2048, or make a BIOS boot partition of 1 MiB. Never use --force.',
          },
          {
            kind: 'warning' as const,
            id: 'foreign',
            pattern: /^disk \S+: .*code=other$/,
            means: 'Another boot loader is on this disk, such as that of Windows or of an older system.',
            next: 'If the machine is to start it, do not continue: GRUB takes its place. A copy is kept.',
          },
        ]
      : [
          {
            kind: 'failure' as const,
            id: 'no-esp',
            pattern: /^disk \S+: table=\w+ esp=none\b/,
            means: 'This disk has no EFI system partition.',
            next: 'Make one of 100 MiB or more with FAT32, outside the array, and start a new run.',
          },
        ]),
    {
      kind: 'failure',
      id: 'unread',
      pattern: /^disk \S+: .*code=unread$/,
      means: values.firmware === 'bios' ? 'This disk could not be read.' : 'This EFI system partition could not be mounted.',
      next:
        values.firmware === 'bios'
          ? 'Check "dmesg": the disk may be failing.'
          : 'Check that it has a FAT file system: "blkid". A new one gets it by "mkfs.vfat -F 32".',
      remedies: ['fix-disk'],
    },
    ...(values.firmware === 'bios' ? [] : [mountSays]),
    {
      kind: 'expected',
      id: 'disks',
      pattern: /^states=\S+:\w+ \S+:\w+/,
      means: 'The array has more than one disk, and each was read.',
      missing: 'Fewer than two disks of the array were found.',
      next: 'Read "lsblk" and /proc/mdstat.',
    },
  ],
});

const rest = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'rest',
  title: 'Keep it so',
  intro: 'An upgrade of GRUB changes the files in /boot. A disk whose core image is another one then stops at “symbol not found”.',
  danger: 'reads',
  runsOn: 'the server',
  instructions: [
    'Let upgrades install GRUB on all disks, or run this procedure after each of them. The check shows whether that is due.',
    'Start the machine once with each disk alone, when it may be down: only that proves all of it.',
    'After a disk is replaced, run this procedure again when the array is whole.',
    '“diskfilter writes are not supported” at boot is harmless: GRUB does not write to arrays. It goes away without GRUB_SAVEDEFAULT.',
  ],
  cards: [
    values.firmware === 'bios'
      ? {
          title: 'Debian and Ubuntu: all disks for upgrades',
          lines: ['dpkg-reconfigure grub-pc'],
          note: 'Choose every disk of the array in its last question. It keeps the names in /dev/disk/by-id.',
        }
      : {
          title: 'An entry in the firmware for the second disk',
          lines: ["efibootmgr -c -d /dev/sdb -p 1 -L debian2 -l '\\EFI\\BOOT\\BOOTX64.EFI'"],
          note: 'Many firmwares start a disk without an entry; that differs, and is uncertain for yours.',
        },
    {
      title: 'A replaced disk: /dev/sda is the good one, /dev/sdb the new one',
      lines: ['sfdisk -d /dev/sda | sfdisk /dev/sdb', 'mdadm --add /dev/md0 /dev/sdb1', 'cat /proc/mdstat'],
      note: 'With GPT: "sgdisk -R /dev/sdb /dev/sda && sgdisk -G /dev/sdb". The new disk stands first there: the other way round erases the good one.',
    },
    {
      title: 'The menu, if the kernel or the array has changed',
      lines: ['update-initramfs -u', 'update-grub'],
      note: 'Elsewhere: "dracut -f" and "grub2-mkconfig -o /boot/grub2/grub.cfg".',
    },
  ],
});

export const steps = (values: Parameters): Step[] => [look(values), install(values), check(values), rest(values)];

export const remedies: readonly Remedy[] = [
  {
    id: 'add-disk',
    title: 'Put the missing disk back into the array',
    explanation: 'Find out why it is missing. Then "mdadm --add /dev/md0 PARTITION", and wait until /proc/mdstat says that it is copied.',
    danger: 'changes',
    lab: sh`lab-raid-hand add-disk`,
    afterwards: 'retry',
  },
  {
    id: 'fix-disk',
    title: 'Fix the disk or its partition',
    explanation: 'Read what is said above and in "dmesg". Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-raid-hand fix-disk`,
    afterwards: 'retry',
  },
];

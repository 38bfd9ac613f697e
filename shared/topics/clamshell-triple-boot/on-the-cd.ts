/** Under Mac OS X 10.3, started from its CD: the iBook is checked, and its disk divided. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { planDisk, typedSize } from './plan.ts';

export const terminalOfCd = 'Terminal of the 10.3 CD, on the iBook';

export const onTheCd = ({ diskGb, diskModel, linuxPercent, usb }: Parameters): Step[] => [
  {
    kind: 'command',
    id: 'look',
    title: 'Check the iBook',
    intro: 'Start the iBook from the first 10.3 CD: hold C. Open the Terminal from the installer’s menu, and connect the USB disk.',
    danger: 'reads',
    runsOn: terminalOfCd,
    script: sh`sysctl hw.model
sysctl hw.physmem
ls ${file(`/Volumes/${usb}`)} | cat`,
    matchers: [
      {
        kind: 'failure',
        id: 'other-mac',
        pattern: /^hw\.model: (?!PowerBook2,[12]$)/,
        means: 'This is not a clamshell iBook.',
        next: 'Stop here. Other Macs have other limits: some start only from the first 8 GB of a disk.',
      },
      {
        kind: 'harmless',
        id: 'firewire',
        pattern: /^hw\.model: PowerBook2,2$/,
        text: 'hw.model: PowerBook2,2',
        means: 'This is the iBook with FireWire. 10.4 supports it: its name is not in the list below.',
      },
      { kind: 'expected', id: 'model', pattern: /^hw\.model: PowerBook2,[12]$/, means: 'This is a clamshell iBook.', missing: 'The model could not be read.' },
      {
        kind: 'expected',
        id: 'memory',
        // From 250 million bytes.
        pattern: /^hw\.physmem: (?:2[5-9]\d{7}|[3-9]\d{8}|\d{10})$/,
        means: 'There is enough memory for 10.4.',
        missing: 'Mac OS X 10.4 needs 256 MB of memory, and this iBook has less.',
        next: 'Put in a larger SO-DIMM, then check again. Sources differ on the most it takes: 320 or 576 MB in all.',
        remedies: ['more-memory'],
      },
      {
        kind: 'expected',
        id: 'image',
        pattern: /^tiger\.dmg$/,
        means: 'The image is there.',
        missing: 'The USB disk or the image is not there.',
        next: 'Connect the USB disk and wait a minute: USB 1.1 is slow.',
      },
    ],
  },
  {
    kind: 'manual',
    id: 'partition',
    title: 'Divide the disk',
    act: 'The disk is divided: check it',
    intro: 'All five partitions are made at once, in this order. The first three are for Debian, which formats them itself.',
    danger: 'destructive',
    runsOn: 'Disk Utility of the 10.3 CD',
    instructions: [
      `Choose the disk ${diskModel} itself, not a volume, then Partition, and a scheme of 5 partitions${diskGb > 137.4 ? ' and a sixth of Free Space at the end' : ''}.`,
      ...planDisk(diskGb, linuxPercent).parts.map(
        ({ name, sizeMb }, at) =>
          `Partition ${at + 1}: name ${name}, ${typedSize(sizeMb)}, Mac OS Extended${name === 'Macintosh HD' ? ' or Mac OS Extended (Journaled)' : ''}.`,
      ),
      'Tick "Install Mac OS 9 Disk Drivers". Without it, Mac OS 9 never starts from this disk, and adding it later erases the disk.',
      'Check each size: Disk Utility moves the neighbours when you change one. Small differences do not matter.',
    ],
    lab: sh`lab-ibook-hand partition`,
    verify: {
      script: sh`pdisk ${file('/dev/rdisk0')} -dump
ls ${file('/Volumes')} | cat`,
      matchers: [
        {
          kind: 'expected',
          id: 'os9-drivers',
          pattern: /\bApple_Driver_ATA\b/,
          means: 'The disk has the drivers of Mac OS 9.',
          missing: 'The disk has no drivers of Mac OS 9: the box "Install Mac OS 9 Disk Drivers" was not ticked.',
          next: 'Divide the disk again, with the box ticked. Nothing is on it yet.',
          remedies: ['partition-again'],
        },
        ...(['linux-boot', 'linux-swap', 'linux', 'Macintosh HD', 'Install'] as const).map((name) => ({
          kind: 'expected' as const,
          id: `has-${name.toLowerCase().replace(' ', '-')}`,
          pattern: new RegExp(`^${name}$`),
          means: `The volume ${name} is there.`,
          missing: `There is no volume called ${name}.`,
          next: 'Divide the disk again, with these names: later steps go by them.',
          remedies: ['partition-again'],
        })),
      ],
    },
    irreversible: 'everything that was on the disk is gone; what you saved before is not.',
    confirm: {
      object: `everything on the disk ${diskModel}`,
      type: { text: diskModel },
      ask: 'Type the model of the disk that is erased.',
      where: 'Disk Utility shows it beside the disk’s icon.',
    },
  },
];

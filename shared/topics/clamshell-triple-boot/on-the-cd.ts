/** Under Mac OS X 10.3, started from its CD: the disk is divided, and the installer of 10.4 made fit to start and to run on this iBook. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { planDisk, typedSize } from './plan.ts';

const cd = 'Terminal of the 10.3 CD, on the iBook';
const list = file('/Volumes/Install/System/Installation/Packages/OSInstall.mpkg/Contents/OSInstall.dist');

export const onTheCd = ({ diskGb, diskModel, linuxPercent, usb }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'save',
    title: 'Save what is on the disk',
    intro: 'The whole disk is erased later. A new disk holds nothing: then there is nothing to save.',
    danger: 'reads',
    runsOn: 'the iBook, as it is now',
    instructions: [
      'Copy what has to stay to another computer or disk, and open one of the copies there.',
      'If the disk is to be replaced: the old one is the backup. Keep it.',
    ],
    cards: [
      {
        title: 'If the disk is replaced',
        lines: ['Torx T8, Phillips #1, nut driver 5 mm', 'IDE (PATA), 2.5 inch, 9.5 mm high', 'About 50 screws: lay them out in order'],
      },
    ],
  },
  {
    kind: 'manual',
    id: 'image-dvd',
    title: 'Make an image of the 10.4 DVD',
    intro: 'The iBook reads no DVD and starts from no USB disk. So another Mac puts an image of the DVD on a USB disk.',
    danger: 'changes',
    runsOn: 'another Mac with a DVD drive',
    minutes: 40,
    instructions: [
      `Connect the USB disk. Its volume has to be called ${usb}, with 5 GB free.`,
      'Find the DVD’s number with diskutil list, and type the lines on the card with it. Disk Utility does the same: New Image from the DVD, read-only.',
      'The second line takes a while. It makes the restore faster and checks it.',
    ],
    cards: [
      {
        title: 'Image of the DVD',
        lines: [`hdiutil create -srcdevice /dev/diskN -format UDRO "/Volumes/${usb}/tiger"`, `asr -imagescan "/Volumes/${usb}/tiger.dmg"`],
      },
    ],
    lab: sh`lab-ibook-hand image-dvd`,
    verify: {
      script: sh`hdiutil verify ${file(`/Volumes/${usb}/tiger.dmg`)}`,
      matchers: [
        {
          kind: 'failure',
          id: 'damaged',
          pattern: /^hdiutil: verify: checksum of "[^"]*" is INVALID$|verify failed/,
          means: 'The image is damaged: the DVD could not be read everywhere, or the USB disk loses data.',
          next: 'Clean the DVD and make the image again.',
          remedies: ['image-again'],
        },
        {
          kind: 'expected',
          id: 'image',
          pattern: /^hdiutil: verify: checksum of "[^"]*" is VALID$/,
          means: 'The image is whole.',
          missing: 'The image could not be checked.',
          next: 'Check that the volume’s name and the image’s name are right.',
        },
      ],
    },
    undo: sh`rm -f ${file(`/Volumes/${usb}/tiger.dmg`)}`,
    undone: {
      script: sh`ls ${file(`/Volumes/${usb}`)} | grep '^tiger\\.dmg$' || echo 'There is no image.'`,
      matchers: [{ kind: 'expected', id: 'no-image', pattern: /^There is no image\.$/, means: 'The image is gone.', missing: 'The image is still there.' }],
    },
  },
  {
    kind: 'command',
    id: 'look',
    title: 'Check the iBook',
    intro: 'Start the iBook from the first 10.3 CD: hold C. Open the Terminal from the installer’s menu, and connect the USB disk.',
    danger: 'reads',
    runsOn: cd,
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
  {
    kind: 'manual',
    id: 'clone',
    title: 'Restore the image onto Install',
    act: 'The image is restored: check it',
    intro: 'Install becomes a copy of the DVD that the iBook can start from.',
    danger: 'destructive',
    runsOn: cd,
    minutes: 90,
    instructions: [
      'Type the line on the card, or use Restore in Disk Utility with Install as the destination and "Erase destination".',
      'USB 1.1 is slow: 3 GB take more than an hour.',
    ],
    cards: [
      {
        title: 'Restore',
        lines: [`asr -source "/Volumes/${usb}/tiger.dmg" -target /Volumes/Install -erase`],
        note: '10.3 writes these options with one dash.',
      },
    ],
    lab: sh`lab-ibook-hand clone`,
    verify: {
      script: sh`ls -d ${list} ${file('/Volumes/Install/usr/standalone/ppc/bootx.bootinfo')}`,
      matchers: [
        {
          kind: 'expected',
          id: 'installer',
          pattern: /OSInstall\.dist$/,
          means: 'The installer is on Install.',
          missing: 'The installer is not on Install.',
          next: 'Restore the image again. A restored volume may have the DVD’s name: then rename it to Install.',
        },
        {
          kind: 'expected',
          id: 'bootx',
          pattern: /bootx\.bootinfo$/,
          means: 'What starts it is there.',
          missing: 'The file bootx.bootinfo is not on Install.',
          next: 'Restore the image again.',
        },
      ],
    },
    irreversible: 'Install is overwritten. It was empty.',
    confirm: {
      object: 'the volume Install of the iBook, and no other',
      type: { text: 'Install' },
      ask: 'Type the name of the volume that is overwritten.',
      where: 'Disk Utility and /Volumes show it.',
    },
  },
  {
    kind: 'command',
    id: 'bless',
    title: 'Bless Install',
    intro: 'Open Firmware starts the file that is marked as the system’s booter. A restore may have set the mark already; setting it twice does no harm.',
    danger: 'changes',
    runsOn: cd,
    script: sh`bless --folder ${file('/Volumes/Install/System/Library/CoreServices')} --bootinfo ${file('/Volumes/Install/usr/standalone/ppc/bootx.bootinfo')}`,
    matchers: [],
    verify: {
      script: sh`bless --info ${file('/Volumes/Install')}`,
      matchers: [
        {
          kind: 'expected',
          id: 'blessed',
          pattern: /Blessed System Folder is \S*\/CoreServices$/,
          means: 'Install can be started.',
          missing: 'Install is not blessed.',
          next: 'Type the line again; it prints nothing if it works.',
        },
      ],
    },
    irreversible: 'the mark stays. It does no harm: Startup Disk chooses what is started.',
  },
  {
    kind: 'command',
    id: 'machine-check',
    title: 'Let the installer run on this iBook',
    intro: 'The installer has a list of Macs it refuses. PowerBook2,1 is taken out of it; the rest of the file stays as it is, and a copy beside it.',
    danger: 'changes',
    runsOn: cd,
    script: sh`list=${list}
grep -q badMachines "$list" || { echo 'There is no list badMachines in this file.'; exit 1; }
[ -e "$list.before" ] || cp -p "$list" "$list.before"
sed -e "s/'PowerBook2,1',//" -e "s/, *'PowerBook2,1'//" "$list" > "$list.new" && cat "$list.new" > "$list"
rm -f "$list.new"`,
    matchers: [
      {
        kind: 'failure',
        id: 'wrong-file',
        pattern: /^There is no list badMachines in this file\.$/,
        means: 'This is not the installer of 10.4 as it is known: its file has no list of refused Macs. Nothing was changed.',
        next: 'Check that the DVD is a retail DVD of 10.4, not 10.5 and not one that came with another Mac. Then restore the right image.',
        remedies: ['right-image'],
      },
    ],
    verify: {
      script: sh`grep -n -A 2 'badMachines *=' ${list}`,
      matchers: [
        {
          kind: 'failure',
          id: 'still-refused',
          pattern: /'PowerBook2,1'/,
          means: 'PowerBook2,1 is still in the list.',
          next: 'Take it out by hand with pico, with its comma.',
        },
        {
          kind: 'expected',
          id: 'list',
          pattern: /badMachines *=/,
          means: 'The list does not name this iBook any more.',
          missing: 'The list is gone from the file.',
          next: 'Undo the step.',
        },
      ],
    },
    undo: sh`cp -p ${list}.before ${list}`,
    undone: {
      script: sh`cmp ${list}.before ${list} && echo 'The file is as it was.'`,
      matchers: [
        {
          kind: 'expected',
          id: 'as-it-was',
          pattern: /^The file is as it was\.$/,
          means: 'The file is as it was.',
          missing: 'The file differs from the copy.',
        },
      ],
    },
  },
];

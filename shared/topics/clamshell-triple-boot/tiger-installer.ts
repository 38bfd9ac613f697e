/** Still from the 10.3 CD: the installer of 10.4 comes onto its partition, and is made fit to start and to run on this iBook. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { terminalOfCd } from './on-the-cd.ts';
import type { Parameters } from './parameters.ts';

const list = file('/Volumes/Install/System/Installation/Packages/OSInstall.mpkg/Contents/OSInstall.dist');

export const tigerInstaller = ({ usb }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'clone',
    title: 'Restore the image onto Install',
    act: 'The image is restored: check it',
    intro: 'Install becomes a copy of the DVD that the iBook can start from.',
    danger: 'destructive',
    runsOn: terminalOfCd,
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
    runsOn: terminalOfCd,
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
    runsOn: terminalOfCd,
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

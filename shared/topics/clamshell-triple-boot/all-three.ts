/** What Debian's partitioner did to Mac OS 9 is repaired, and all three systems are tried. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { promptThere } from './boot-loader.ts';
import type { Parameters } from './parameters.ts';

export const allThree = ({ linuxDisk }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'drivers',
    title: 'Repair the drivers of Mac OS 9',
    act: 'The drivers are repaired: check it',
    intro: 'The partitioner of Debian destroys the disk drivers of Mac OS 9, which then shows a floppy disk with a question mark.',
    danger: 'changes',
    runsOn: 'the Mac OS 9 CD',
    instructions: [
      'Start from a Mac OS 9 CD: hold C. Open Utilities, Drive Setup, and choose the internal disk.',
      'Menu Functions, Update Drivers. Never press Initialize: it erases the whole disk.',
      'Restart, press m, and see Mac OS 9 start. Then restart, press l, and check the drivers in Debian.',
    ],
    lab: sh`lab-ibook-hand drivers`,
    verify: {
      script: sh`mac-fdisk -l ${file(linuxDisk)}`,
      matchers: [
        {
          kind: 'expected',
          id: 'driver-partitions',
          pattern: /\bApple_Driver_ATA\b/,
          means: 'The driver partitions are there.',
          missing: 'The driver partitions are gone: an installer has deleted them. Mac OS 9 cannot start from this disk any more.',
          next: 'Do not press Initialize. Debian and 10.4 keep working; to have Mac OS 9 again, the disk has to be divided again.',
        },
        {
          kind: 'warning',
          id: 'no-star',
          pattern: /\bApple_Driver_ATA\s/,
          text: 'Apple_Driver_ATA Macintosh',
          unless: /\bApple_Driver_ATA\*/,
          means: 'No star marks a driver, so none seems to be in the disk’s driver map. That is what pdisk means by it; it was not seen on an iBook.',
          next: 'If Mac OS 9 does not start, run Update Drivers from the CD again. If it starts, all is well.',
        },
      ],
    },
    irreversible: 'the drivers are as the Mac OS 9 CD has them. No volume was changed.',
  },
  {
    kind: 'manual',
    id: 'keys',
    title: 'Try all three systems',
    intro: 'Only a start shows that a key works.',
    danger: 'reads',
    runsOn: 'yaboot’s prompt',
    instructions: [
      'Press l: Debian. Press x: Mac OS X 10.4. Press m: Mac OS 9.2.2. Press c: a CD.',
      'From now on, do not use Startup Disk, in either system. To change systems, restart and press a key.',
      'If the prompt does not appear one day, Startup Disk or a reset of the NVRAM (Command, Option, P, R) was the reason: hold Option, choose Linux, run ybin -v.',
    ],
    cards: [
      {
        title: 'If text in Xfce is broken',
        lines: ['systemctl stop lightdm', 'Xorg -configure', 'cp /root/xorg.conf.new /etc/X11/xorg.conf', 'In Section "Device":  Option "RenderAccel" "false"'],
        note: 'As root on a text console: Control, Option, F1.',
      },
      {
        title: 'If the AirPort card has no firmware',
        lines: ['apt-get install firmware-linux-nonfree'],
        note: 'The original card may stay invisible to NetworkManager, and speaks no WPA2 in most set-ups.',
      },
    ],
  },
  promptThere,
];

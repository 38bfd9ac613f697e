/** Debian, its boot loader, and what its partitioner did to Mac OS 9. */
import { anywhere, fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { blessOs9 } from './mac-systems.ts';
import type { Parameters } from './parameters.ts';

const debian = 'Debian on the iBook';
const conf = file('/etc/yaboot.conf');

/** ybin goes on after errors and ends with 0: only its lines say what it did. */
const ybin: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'attributes',
    pattern: /^hattrib: No volume is current|^ybin: Warning: error (?:setting attributes|blessing)/,
    means: 'The boot partition’s file system is damaged: yaboot was copied, but not marked as what Open Firmware starts.',
    next: 'Do not restart: the iBook would not find yaboot. Make the boot partition again.',
    remedies: ['mkofboot'],
  },
  {
    kind: 'harmless',
    id: 'ignored',
    pattern: /^ybin: This is probably (?:bad|unimportant)/,
    text: 'ybin: This is probably bad but we’ll ignore it',
    means: 'ybin continues after the error above.',
  },
  {
    kind: 'failure',
    id: 'mounted',
    pattern: /^ybin: .*is mounted/,
    means: 'The boot partition is mounted. ybin writes to it only if it is not.',
    next: 'Unmount it, remove it from /etc/fstab, and run the step again.',
  },
  {
    kind: 'expected',
    id: 'blessed',
    pattern: /^ybin: Blessing .* with Holy Penguin Pee\.\.\.$/,
    means: 'yaboot is marked as what Open Firmware starts.',
    missing: 'ybin did not finish.',
    next: 'Read its first line, fix what it names, and run the step again.',
  },
];
const startsYaboot: Matcher = {
  kind: 'equal',
  id: 'boot-device',
  pattern: /^boot-device[=\s]\s*\S*:(\d+),/,
  to: { fact: 'boot' },
  means: 'Open Firmware starts yaboot.',
  differs: 'Open Firmware starts another partition, as Startup Disk or a reset of the NVRAM has changed it; or boot-device could not be read.',
  next: 'Run ybin -v. If Debian does not start by itself: hold Option at power-on and choose the Linux partition.',
  remedies: ['ybin-again'],
};
const showBootDevice = sh`nvsetenv | grep boot-device`;

export const linuxSteps = ({ linuxDisk }: Parameters): Step[] => [
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
    runsOn: debian,
    needsRoot: true,
    script: sh`mac-fdisk -l ${file(linuxDisk)}
blkid | grep LABEL
grep -n '=' ${conf}`,
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
  {
    kind: 'command',
    id: 'yaboot',
    title: 'Write yaboot.conf',
    intro:
      'Both macos= and macosx= name Macintosh HD, and brokenosx makes the key x load the booter of 10.4 itself. ybin then writes all of it to the boot partition.',
    danger: 'changes',
    runsOn: debian,
    needsRoot: true,
    script: sh`conf=${conf}
[ -e "$conf.before" ] || cp -p "$conf" "$conf.before"
WB_MAC=${anywhere(fact('mac'))} awk '
/^[ \t]*(macos|macos9|macosx)[ \t]*=/ || /^[ \t]*brokenosx/ { next }
/^[ \t]*image[ \t]*=/ && !done { print "macos=" ENVIRON["WB_MAC"]; print "macosx=" ENVIRON["WB_MAC"]; print "brokenosx"; done = 1 }
{ print }' "$conf" > "$conf.new" && cat "$conf.new" > "$conf"
rm -f "$conf.new"
ybin -v`,
    matchers: ybin,
    verify: {
      script: sh`grep -n -e macos -e brokenosx -e image= ${conf}
${showBootDevice}`,
      matchers: [
        {
          kind: 'equal',
          id: 'macos',
          pattern: /^\d+:macos=(\/dev\/[hs]da\d+)$/,
          to: { fact: 'mac' },
          means: 'The key m starts Macintosh HD.',
          differs: 'macos= names another partition.',
          next: 'Run the step again.',
        },
        {
          kind: 'equal',
          id: 'macosx',
          pattern: /^\d+:macosx=(\/dev\/[hs]da\d+)$/,
          to: { fact: 'mac' },
          means: 'The key x starts Macintosh HD.',
          differs: 'macosx= names another partition.',
          next: 'Run the step again.',
        },
        {
          kind: 'expected',
          id: 'brokenosx',
          pattern: /^\d+:brokenosx$/,
          means: 'The key x loads 10.4 itself.',
          missing: 'brokenosx is not in the file.',
          next: 'Run the step again.',
        },
        startsYaboot,
      ],
    },
    undo: sh`cp -p ${conf}.before ${conf}
ybin -v`,
    undone: {
      script: sh`cmp ${conf}.before ${conf} && echo 'yaboot.conf is as it was.'`,
      matchers: [
        {
          kind: 'expected',
          id: 'as-it-was',
          pattern: /^yaboot\.conf is as it was\.$/,
          means: 'yaboot.conf is as it was.',
          missing: 'yaboot.conf differs from the copy.',
        },
      ],
    },
  },
  blessOs9(),
  {
    kind: 'command',
    id: 'prompt-back',
    title: 'Bring yaboot’s prompt back',
    intro: 'Restart with Option held, choose the Linux partition, and run ybin again: it makes Open Firmware start yaboot.',
    danger: 'changes',
    runsOn: debian,
    needsRoot: true,
    script: sh`ybin -v`,
    matchers: ybin,
    verify: { script: showBootDevice, matchers: [startsYaboot] },
    irreversible: 'what Open Firmware starts is chosen by Startup Disk or by ybin, whichever was used last.',
    hold: null,
  },
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
  {
    kind: 'command',
    id: 'prompt-there',
    title: 'Check that yaboot still starts',
    intro: 'In Debian, after all three systems were started.',
    danger: 'reads',
    runsOn: debian,
    needsRoot: true,
    script: showBootDevice,
    matchers: [startsYaboot],
  },
];

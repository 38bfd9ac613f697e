/** yaboot: what its keys start, and that Open Firmware starts yaboot. */
import { anywhere, fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { blessOs9 } from './mac-systems.ts';

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

export const bootLoader = (): Step[] => [
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
];

export const promptThere: Step = {
  kind: 'command',
  id: 'prompt-there',
  title: 'Check that yaboot still starts',
  intro: 'In Debian, after all three systems were started.',
  danger: 'reads',
  runsOn: debian,
  needsRoot: true,
  script: showBootDevice,
  matchers: [startsYaboot],
};

/** Look at service and volume, move the data with proof, test it, and see what is left on the internal disk. */
import { file, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { guard, guardLabel } from './guard.ts';
import { change, copy, start, stop } from './move.ts';
import { markerOf, mountPoint, type Parameters, serviceOf } from './parameters.ts';
import { showLeft, showService, showVolume } from './reading.ts';

const runsOn = 'the server';

export const steps = (values: Parameters): Step[] => [
  look(values),
  stop(values),
  copy(values),
  change(values),
  guard(values),
  start(values),
  byClient(values),
  left,
  repair(values),
];

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Look at the service and the volume',
  intro: 'Shows where the service keeps its data, how much that is, and whether the volume fits.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${showService(values)}
${showVolume(values)}
if [ -n "$path" ] && [ -d "$path" ]; then
  printf 'size=%s\\n' "$(du -sk "$path" | awk '{ print $1 }')"
  [ ! -L "$path" ] || echo link=yes
  to=${file(mountPoint(values))}/\${path##*/}
  case $path in "$to") ;; *) [ ! -e "$to" ] || echo target=there ;; esac
  free=$(df -Pk ${file(mountPoint(values))} 2>/dev/null | awk 'NR == 2 { print $4 }')
  [ "\${free:-0}" -gt "$(($(du -sk "$path" | awk '{ print $1 }') * 5 / 4))" ] && echo room=yes || echo room=no
else echo path=unreadable
fi`,
  saves: [{ id: 'old', title: 'Old path', pattern: /^path=([^\s].*)$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'not-server',
      pattern: /^serveradmin=missing$/,
      alone: true,
      means: 'There is no serveradmin.',
      next: 'This procedure is for Mac OS X Server.',
    },
    {
      kind: 'failure',
      id: 'already',
      pattern: /^place=volume$/,
      alone: true,
      means: 'The service keeps its data on this volume already.',
      next: 'Nothing has to be done.',
    },
    {
      kind: 'failure',
      id: 'no-setting',
      pattern: /^place=none$/,
      alone: true,
      means: 'serveradmin does not know this setting, or it has no path.',
      next: 'Choose one of the candidates above, and start a new run.',
    },
    {
      kind: 'failure',
      id: 'no-path',
      pattern: /^path=unreadable$/,
      means: 'The folder with the data is not there.',
      next: 'Check that it is mounted, and run the step as root.',
    },
    {
      kind: 'failure',
      id: 'link',
      pattern: /^link=yes$/,
      means: 'The path is a symbolic link: somebody has moved the data before.',
      next: 'Set the setting to where it leads first.',
    },
    {
      kind: 'failure',
      id: 'second',
      pattern: /^second=yes$/,
      means: `There is another “${values.volume} 1” below /Volumes: a service has made a folder below the mount point before the disk came.`,
      next: 'Stop the service, eject the disk, look into the folder, move it away, and connect the disk again.',
      remedies: ['clear-folder'],
    },
    {
      kind: 'failure',
      id: 'not-mounted',
      pattern: /^mounted=no$/,
      means: 'The volume is not mounted.',
      next: 'Connect the disk with the initiator (globalSAN, or ATTO Xtend SAN), persistent and with CHAP.',
      remedies: ['connect'],
    },
    {
      kind: 'failure',
      id: 'journal',
      pattern: /^journaled=no$/,
      means: 'The volume is not HFS+ with a journal.',
      next: 'Erase it with Disk Utility: GUID, Mac OS Extended (Journaled).',
    },
    {
      kind: 'failure',
      id: 'owners',
      pattern: /^owners=(?:Disabled|No)$/i,
      means: 'The volume ignores owners, as new disks do: everybody could read the data.',
      next: 'Enable ownership on it.',
      remedies: ['owners'],
    },
    {
      kind: 'failure',
      id: 'target',
      pattern: /^target=there$/,
      means: 'A folder of this name is on the volume already.',
      next: 'Look into it, and move it away if it is not needed.',
    },
    {
      kind: 'failure',
      id: 'room',
      pattern: /^room=no$/,
      unless: /^mounted=no$/,
      means: 'The volume has too little room: a quarter more than the data is wanted.',
      next: 'Make the disk larger on the NAS.',
    },
    {
      kind: 'expected',
      id: 'internal',
      pattern: /^place=elsewhere$/,
      means: 'The service keeps its data elsewhere now.',
      missing: 'Where the data is could not be read.',
      next: 'Run the step as root.',
    },
    {
      kind: 'expected',
      id: 'mounted',
      pattern: /^mounted=yes$/,
      means: 'The volume is mounted.',
      missing: 'The volume is not mounted.',
      next: 'Connect the disk.',
    },
    {
      kind: 'expected',
      id: 'owned',
      pattern: /^owners=(?:Enabled|Yes)$/i,
      means: 'The volume honours owners.',
      missing: 'Whether the volume honours owners could not be read.',
      next: 'Look at "diskutil info".',
    },
  ],
});

const byClient = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'client',
  title: 'Test it with a client',
  intro: 'The old copy is still where it was. It is not deleted in this run.',
  danger: 'reads',
  runsOn,
  instructions: [
    `Open something old with a client of the service “${serviceOf(values)}”, and write something new.`,
    'Let Time Machine include the volume: it leaves iSCSI disks out unless you ask for them.',
    'Delete the old copy by hand after some days of use, never before. Secure erasing proves nothing on an SSD.',
  ],
});

const left: Step = {
  kind: 'command',
  id: 'left',
  title: 'See what is still on the internal disk',
  intro: 'Lists known places with data of people or with keys. The list is of 10.6, and is not complete: share points can be anywhere.',
  danger: 'reads',
  runsOn,
  script: showLeft,
  matchers: [
    {
      kind: 'warning',
      id: 'left',
      pattern: /^left: /,
      means: 'There is data on the internal disk still. Open Directory, keychains, certificates and swapped memory can’t be moved.',
      next: 'Before a repair, erase the internal disk and install a clean system on it; keep a clone.',
    },
    {
      kind: 'expected',
      id: 'looked',
      pattern: /^looked=yes$/,
      means: 'The known places were looked at.',
      missing: 'The known places were not looked at.',
      next: 'Run the step as root.',
    },
  ],
};

const repair = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'repair',
  title: 'Keep the list for a repair',
  intro: 'Print it now: when the Mac has to go, it may not start.',
  danger: 'reads',
  runsOn,
  instructions: ['Print both lists, and keep them with the NAS.'],
  cards: [
    {
      title: 'Before the Mac goes to repair',
      lines: [
        'Announce it. Stop every service whose data is on iSCSI:',
        `sudo serveradmin stop ${serviceOf(values)}`,
        `diskutil eject "${mountPoint(values)}"`,
        'mount | grep /Volumes     (nothing may be left)',
        'In the initiator: disconnect each target AND remove it; delete its CHAP secret in Keychain Access.',
        'On the NAS: change the CHAP secret, and write the new one down.',
        'Clone the internal disk to a disk that stays here, and start from the clone once to prove it.',
        'Erase the internal disk, and install a clean system. Open Directory, keychains and /etc/certificates are on it else.',
        'Switch the firmware password off. Give the repair a fresh admin account.',
      ],
    },
    {
      title: 'When the Mac is back',
      lines: [
        'Restore the clone. Do not start services yet.',
        'Connect the targets with the new CHAP secret, persistent.',
        `ls "${markerOf(values)}"     (has to be there: else the volume is not mounted)`,
        `sudo serveradmin start ${serviceOf(values)}`,
        `sudo launchctl list | grep ${guardLabel(values)}`,
        'Test with a client. Change passwords of admins.',
      ],
    },
  ],
});

export const remedies: readonly Remedy[] = [
  {
    id: 'connect',
    title: 'Connect the disk',
    explanation: 'In the initiator’s pane: connect to the target, and make it persistent. Then the check is repeated.',
    danger: 'changes',
    lab: sh`lab-mac-hand connect`,
    afterwards: 'retry',
  },
  {
    id: 'owners',
    title: 'Let the volume honour owners',
    explanation: 'With "sudo diskutil enableOwnership" and the path of the volume. It stays so for this volume.',
    danger: 'changes',
    lab: sh`lab-mac-hand owners`,
    afterwards: 'retry',
  },
  {
    id: 'clear-folder',
    title: 'Move the folder below the mount point away',
    explanation: 'Stop the service, eject the disk, move the folder of its name away, and connect the disk again: it gets its own name then.',
    danger: 'changes',
    lab: sh`lab-mac-hand clear-folder`,
    afterwards: 'retry',
  },
];

/** Check the ids, move the old ones away, make a new one, and say what else is a duplicate. */
import { anywhere, fact, file, type Matcher, movedAwayStep, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { dbus, dbusPath, dhcpClient, fingerprint, idPath } from './machine-id.ts';
import type { Parameters } from './parameters.ts';

const runsOn = 'the clone';
const hold = 'Do not reboot now: without a machine id the system boots as if for the first time, and enables units again.';

const look = ({ original, dbus: chosen }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the ids',
  intro: 'Shows fingerprints of the ids, and how this machine asks for its address. The id itself is confidential, and is not shown.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${fingerprint}
${dbus}
systemd-detect-virt | sed 's/^/virt=/'
${dhcpClient}
echo 'look: done'`,
  saves: [{ id: 'old-id', title: 'Fingerprint of the old id', pattern: /^machine-id=([0-9a-f]{12})$/ }],
  matchers: [
    ...(original === ''
      ? []
      : [
          {
            kind: 'equal' as const,
            id: 'same',
            pattern: /^machine-id=(\S+)$/,
            to: { text: original },
            means: 'It is the original’s id.',
            differs: 'This machine does not have the original’s id.',
            next: 'The addresses have another cause: the same MAC address, or a static address. End the run.',
          },
        ]),
    {
      kind: 'failure',
      id: 'no-id',
      pattern: /^machine-id=(?:none|empty|invalid)$/,
      alone: true,
      means: 'This machine has no valid id. It gets one at its next boot.',
      next: 'A template is prepared like this on purpose: then leave it. Else run "systemd-machine-id-setup" as root.',
    },
    {
      kind: 'failure',
      id: 'dbus-differs',
      pattern: { link: /^dbus=(?:copy|other)$/, copy: /^dbus=(?:link|none)$/, none: /^dbus=(?:copy|other|link)$/ }[chosen],
      means: `${dbusPath} is not what the form says. The old id could come back from a copy.`,
      next: 'Check again, let the form be filled in, and start a new run.',
    },
    { kind: 'harmless', id: 'no-virt', pattern: /^virt=none$/, text: 'virt=none', means: 'This is not a virtual machine, as far as systemd can tell.' },
    {
      kind: 'warning',
      id: 'by-mac',
      pattern: /^(?:ClientIdentifier=mac|netplan: dhcp-identifier: *mac)$/,
      means: 'This machine asks for its address by its MAC address. The id is not why two machines get the same one.',
      next: 'Compare the MAC addresses of both machines. A new id is still right: the journal, DHCPv6 and others use it.',
    },
    {
      kind: 'warning',
      id: 'no-networkd',
      pattern: /^networkd=(?:inactive|failed|unknown)$/,
      means: 'systemd-networkd does not run. NetworkManager and dhclient ask by the MAC address, as they come.',
      next: 'Compare the MAC addresses of both machines. A new id is still right.',
    },
    {
      kind: 'expected',
      id: 'looked',
      pattern: /^look: done$/,
      means: 'The ids were read.',
      missing: 'The ids could not be read.',
      next: 'Read the lines above.',
    },
  ],
});

const newId = (is: boolean): Matcher[] => [
  {
    kind: 'expected',
    id: is ? 'new' : 'none',
    pattern: is ? /^id=new$/ : /^machine-id=none$/,
    means: is ? 'The machine has another id now.' : 'The new id is gone.',
    missing: is ? 'The machine does not have another id.' : 'The new id is still there.',
    next: is
      ? 'The old one may have come back from a copy, from the hypervisor or from a container manager. Read what systemd-machine-id-setup says above.'
      : 'Remove /etc/machine-id by hand before the old one is brought back.',
    ...(is && { remedies: ['other-copy'] }),
  },
];

const create: Step = {
  kind: 'command',
  id: 'create',
  title: 'Make a new id',
  intro: 'systemd takes D-Bus’s id if there is one, then what the hypervisor gives (KVM, and others in newer versions), else random numbers.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  hold: null,
  script: sh`systemd-machine-id-setup`,
  matchers: [
    {
      kind: 'failure',
      id: 'from-dbus',
      pattern: /^Initializing machine ID from D-Bus machine ID/,
      means: 'systemd took the old id from D-Bus.',
      next: `Undo, check again, and start a new run with ${dbusPath} as a copy.`,
      remedies: ['other-copy'],
    },
    {
      kind: 'warning',
      id: 'from-vm',
      pattern: /^Initializing machine ID from (?:KVM|VM|hypervisor|container) (?:UUID|uuid)/,
      means: 'systemd made it from what the host says of this machine.',
      next: 'If the clone has the original’s UUID there, it has the original’s id again: the check below shows it.',
    },
    {
      kind: 'harmless',
      id: 'random',
      pattern: /^Initializing machine ID from random generator/,
      text: 'Initializing machine ID from random generator.',
      means: 'The id is random.',
    },
  ],
  verify: {
    script: sh`${fingerprint}
case $(${fingerprint}) in machine-id=${fact('old-id')}) echo id=old ;; machine-id=????????????) echo id=new ;; *) echo id=none ;; esac`,
    matchers: newId(true),
  },
  undo: sh`rm -f ${file(idPath)}`,
  undone: { script: fingerprint, matchers: newId(false) },
};

const dbusLink: Step = {
  kind: 'command',
  id: 'dbus-link',
  title: 'Make D-Bus use it',
  intro: 'A link in the place of the copy, as new systems have it.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  script: sh`[ -L ${file(dbusPath)} ] || ln -s ${anywhere(idPath)} ${file(dbusPath)}`,
  matchers: [],
  verify: {
    script: dbus,
    matchers: [
      {
        kind: 'expected',
        id: 'link',
        pattern: /^dbus=link$/,
        means: 'D-Bus has the same id.',
        missing: 'D-Bus does not have the same id.',
        next: `Check "ls -l ${dbusPath}".`,
      },
    ],
  },
  undo: sh`rm -f ${file(dbusPath)}`,
  undone: {
    script: dbus,
    matchers: [
      {
        kind: 'expected',
        id: 'no-link',
        pattern: /^dbus=none$/,
        means: 'The link is gone.',
        missing: 'Something is still there.',
        next: `Check "ls -l ${dbusPath}".`,
      },
    ],
  },
};

const also: Step = {
  kind: 'manual',
  id: 'also',
  title: 'Reboot, and replace what else is a duplicate',
  intro:
    'The address comes from the id, once the clone has booted. What follows does not cause the duplicate address; it is only shared with the original too.',
  danger: 'reads',
  runsOn: 'the clone’s console',
  instructions: [
    'Reboot the clone. It asks for an address under its new id, so it most likely gets another one: a session over ssh does not come back under the old address.',
    'Check again afterwards, and compare the addresses of both machines.',
    'SSH host keys: whoever has the key of one machine can pose as the other. Make new ones.',
    'Host name: set another one.',
    'Parallels Desktop: give the copy its own UUID on the Mac, with the virtual machine shut down. It does not decide over the address: systemd 245 reads the UUID only under KVM.',
  ],
  cards: [
    {
      title: 'New SSH host keys, on Debian and Ubuntu',
      lines: ['rm /etc/ssh/ssh_host_*', 'dpkg-reconfigure openssh-server'],
      note: 'From the console: clients say that the key has changed.',
    },
    { title: 'Another host name', lines: ['hostnamectl set-hostname NAME'] },
    {
      title: 'Parallels Desktop, in Terminal on the Mac',
      lines: ['prlctl unregister NAME', 'prlctl register "$HOME/Parallels/NAME.pvm" --regenerate-src-uuid'],
      note: 'By hand: in NAME.pvm/config.pvs, make the text of SourceVmUuid the same as that of VmUuid. Whether config.pvs.backup has to be changed too is uncertain.',
    },
  ],
};

export const steps = (values: Parameters): Step[] => [
  look(values),
  ...(values.dbus === 'copy'
    ? [movedAwayStep({ id: 'dbus', title: 'Move D-Bus’s copy away', intro: 'systemd would take the old id from it.', runsOn, path: dbusPath })]
    : []),
  { ...movedAwayStep({ id: 'old', title: 'Move the old id away', intro: 'systemd keeps an id that is there.', runsOn, path: idPath }), hold },
  create,
  ...(values.dbus === 'copy' ? [dbusLink] : []),
  also,
];

export const remedies: readonly Remedy[] = [
  {
    id: 'other-copy',
    title: 'Take the old id away from where it comes from',
    explanation: 'Remove the copy, or give the virtual machine its own UUID on the host. Remove the id that was made, too. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-clone-hand other-copy`,
    afterwards: 'retry',
  },
];

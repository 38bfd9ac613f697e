/** Look at the addresses, then either turn the switch off and restart, or set a fixed address; and see that the network knows it. */
import { file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { fixedSteps } from './fixed-address.ts';
import { conf, key, type Parameters } from './parameters.ts';
import { reached } from './reached.ts';
import { askRouter, defineAddresses, showDns, showMac, waitForAddress } from './reading.ts';
import { withSwitchOff } from './sysctl-conf.ts';

const runsOn = 'the Mac';

export const steps = (values: Parameters): Step[] => [
  look(values),
  ...(values.way === 'fixed' ? fixedSteps(values) : [turnOff, restart, after(values)]),
  tellOthers(values),
];

const look = ({ iface, way }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Look at the addresses',
  intro: 'Shows the kernel’s switch, how IPv6 is configured, and which kind each address is.',
  danger: 'reads',
  runsOn,
  script: sh`${showMac(iface)}
${defineAddresses(iface)}
wb_addresses`,
  saves: [
    { id: 'mac', title: 'MAC address', pattern: /^mac=(\S+)$/ },
    { id: 'host', title: 'Host part from the MAC address', pattern: /^host=(\S+)$/ },
  ],
  matchers: [
    {
      kind: 'failure',
      id: 'no-interface',
      pattern: /^ifconfig: .*does not exist/,
      alone: true,
      means: 'There is no such interface.',
      next: 'Start a new run with the right one: "networksetup -listallhardwareports" lists them.',
    },
    {
      kind: 'failure',
      id: 'no-switch',
      pattern: /^opmode=none$/,
      alone: true,
      means: 'This kernel does not have the switch: it is older than 10.11, or not macOS.',
      next: 'Nothing has to be done: its addresses are not secured ones.',
    },
    { kind: 'failure', id: 'unread', pattern: /^opmode=unread$/, means: 'The switch could not be read.', next: 'Check that sysctl runs on the Mac.' },
    {
      kind: 'failure',
      id: 'not-automatic',
      pattern: /^mode=(?!Automatic)/,
      alone: true,
      means: 'IPv6 of this service is not automatic, so there is no secured address to replace.',
      next: 'Nothing has to be done for an address that is set by hand.',
    },
    {
      kind: 'failure',
      id: 'no-service',
      pattern: /^service=$/,
      means: 'No network service belongs to this interface.',
      next: 'Start a new run with the interface of the service: "networksetup -listnetworkserviceorder".',
    },
    ...(way === 'switch' ? switchMatchers : []),
    {
      kind: 'expected',
      id: 'mac',
      pattern: /^mac=\S+$/,
      means: 'The interface has a MAC address.',
      missing: 'The interface has no MAC address.',
      next: 'Choose another one.',
    },
  ],
});

const switchMatchers: Matcher[] = [
  {
    kind: 'failure',
    id: 'already',
    pattern: /^opmode=0$/,
    alone: true,
    means: 'The switch is already off.',
    next: 'If there are secured addresses still, restart the Mac: they were made before.',
  },
  {
    kind: 'warning',
    id: 'newer',
    pattern: /^version=(?:1[1-9]|2\d)(?:\.|$)/,
    means: 'Since about macOS 11, reports say that /etc/sysctl.conf is ignored. That is uncertain.',
    next: 'The check after the restart will say. A fixed address works on every release.',
  },
];

const turnOff: Step = {
  kind: 'edit',
  id: 'turn-off',
  title: 'Turn the switch off',
  intro: 'The kernel reads the file when it starts, before the first address is made. The other lines stay as they are.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: conf,
  create: { mode: '0644' },
  edit: withSwitchOff,
  verify: {
    looksOnlyAt: 'the file: the kernel reads it at the next start',
    script: sh`grep -n ${`^[[:space:]]*${key.replaceAll('.', '[.]')}[[:space:]]*=`} ${file(conf)} | tail -n 1`,
    matchers: [
      {
        kind: 'expected',
        id: 'last',
        pattern: /^\d+:net\.inet6\.send\.opmode=0$/,
        means: 'The last line for this switch turns it off.',
        missing: 'The last line for this switch does not turn it off.',
        next: 'Look at the file.',
      },
    ],
  },
};

const restart: Step = {
  kind: 'command',
  id: 'restart',
  title: 'Restart the Mac',
  intro: 'Addresses that exist stay as they are until then. SSH over the old IPv6 address is cut off: use the name over IPv4, or the console.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  minutes: 4,
  restarts: { within: 10 },
  script: sh`shutdown -r now`,
  matchers: [
    { kind: 'failure', id: 'not-root', pattern: /^shutdown: NOT super-user/, means: 'Only root can restart the Mac.', next: 'Run the step as root.' },
    {
      kind: 'harmless',
      id: 'notice',
      pattern: /^(?:Shutdown NOW!|\*\*\* FINAL System shutdown|System going down|shutdown: \[pid)/,
      text: 'Shutdown NOW!',
      means: 'shutdown says that it begins.',
    },
  ],
  irreversible: 'A restart cannot be undone. If you undo the file, restart again: only then is the switch on again.',
};

const after = ({ iface, name }: Parameters): Step => ({
  kind: 'command',
  id: 'after',
  title: 'Check the addresses after the restart',
  intro: 'The address from the MAC is calculated and compared. Then the router is asked from it, which shows that the network knows it.',
  danger: 'reads',
  runsOn,
  script: sh`${showMac(iface)}
${waitForAddress(iface, sh`grep 'scope=global kind=eui64'`, ['duplicated', 'secured'])}
${askRouter(iface)}
${showDns(name)}`,
  saves: [{ id: 'stable', title: 'New address', pattern: /^address=(\S+) scope=global kind=eui64$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'ignored',
      pattern: /^opmode=1$/,
      alone: true,
      means: 'The switch is on: this release ignores /etc/sysctl.conf.',
      next: 'Undo the run, and start a new one with a fixed address.',
    },
    {
      kind: 'failure',
      id: 'still-secured',
      pattern: /^address=\S+ scope=\w+ kind=secured$/,
      unless: /^opmode=1$/,
      means: 'There is a secured address still, though the switch is off.',
      next: 'It was made before the switch was read: restart, and run the step again.',
    },
    {
      kind: 'failure',
      id: 'duplicated',
      pattern: /^address=\S+ scope=\w+ kind=duplicated$/,
      alone: true,
      means: 'Another host uses this address already, so it has the same MAC address: a clone of a virtual machine, or a card that was moved.',
      next: 'Find it with "ndp -an" on a third host, give it its own MAC address, then restart the Mac and run the step again.',
      remedies: ['clone'],
    },
    {
      kind: 'expected',
      id: 'off',
      pattern: /^opmode=0$/,
      means: 'The switch is off.',
      missing: 'The switch could not be read.',
      next: 'Check that sysctl runs.',
    },
    {
      kind: 'expected',
      id: 'eui64',
      pattern: /^address=\S+ scope=global kind=eui64$/,
      means: 'The stable address is the one that the MAC address gives.',
      missing: 'There is no global address from the MAC address.',
      next: 'Check that a router announces a prefix: "ndp -rn". Then run the step again.',
      remedies: ['router'],
    },
    ...reached(/^address=\S+ scope=global kind=eui64$/),
    {
      kind: 'harmless',
      id: 'temporary',
      pattern: /kind=temporary$/,
      text: 'kind=temporary',
      means: 'A temporary address (RFC 8981) for outgoing connections. It stays: it is another switch.',
    },
  ],
});

const tellOthers = ({ way }: Parameters): Step => ({
  kind: 'manual',
  id: 'tell-others',
  title: 'Tell everybody who knew the old address',
  intro: 'The step before has printed the line for the zone.',
  danger: 'reads',
  runsOn,
  instructions: [
    'Put the AAAA line into the zone, raise its serial, and correct the PTR record.',
    'Correct firewall rules, monitoring and access lists with the old address.',
    ...(way === 'switch' ? ['The address shows the MAC address to everybody, and changes with the network card. That suits a server, not a laptop.'] : []),
  ],
});

/** Look, count, set, keep, count again. */
import { type EditStep, file, type Step, sh } from '../../topic-kit/index.ts';
import { countAfter, countBefore } from './counting.ts';
import { editInterfaces } from './ifupdown.ts';
import { keptMatchers, readAgain, showKept } from './kept.ts';
import { editDropIn, editNetdev } from './netdev.ts';
import { keptIn, type Parameters } from './parameters.ts';
import { allWords, multicastOption, networkdSettings, provedBack, setBack, setBridge, showBridge, showPorts } from './settings.ts';

const server = 'VPN server';

export const steps = (values: Parameters): Step[] => [
  look(values),
  countBefore(values),
  ageing(values),
  multicast(values),
  ...lasting(values),
  countAfter(values),
];

const look = ({ bridge, tap, uplink }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the bridge',
  intro: 'Shows the ports of the bridge and the settings that decide which packets it passes on.',
  danger: 'reads',
  runsOn: server,
  script: sh`uname -r
${showBridge(bridge)}
${showPorts(bridge)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-bridge',
      pattern: /does not exist|can't find device/,
      means: 'There is no such interface.',
      next: '"ip link" shows what the bridge is called. Start a new run.',
    },
    {
      kind: 'expected',
      id: 'is-bridge',
      pattern: /^ageing_time=\d+$/,
      means: 'It is a bridge.',
      missing: 'It has no ageing time, as a bridge has.',
      next: 'Give the name of the bridge, and start a new run.',
    },
    {
      kind: 'failure',
      id: 'other-kind',
      pattern: /^kind=other$/,
      means: 'It is not a bridge of the Linux kernel.',
      next: 'Give the name of the bridge, and start a new run. Open vSwitch has settings of its own (ovs-vsctl set bridge … other_config:mac-aging-time).',
    },
    {
      kind: 'failure',
      id: 'untold',
      pattern: /^kind=untold$/,
      means: 'Could not find out whether it is a bridge: this ip (busybox, or older than 4.4) does not say it, and /sys/class/net is not there.',
      next: 'Install iproute2 4.4 or newer, or mount /sys, then run the step again.',
    },
    {
      kind: 'expected',
      id: 'vpn-port',
      pattern: new RegExp(`^port: ${tap.replaceAll('.', '\\.')}$`),
      means: 'The VPN’s port is in it.',
      missing: `${tap} is not a port of ${bridge}.`,
      next: 'OpenVPN makes its port when it starts, and a script puts it into the bridge. Put it in, or start a new run with the right name.',
      remedies: ['add-port'],
    },
    {
      kind: 'expected',
      id: 'lan-port',
      pattern: new RegExp(`^port: ${uplink.replaceAll('.', '\\.')}$`),
      means: 'The LAN’s port is in it.',
      missing: `${uplink} is not a port of ${bridge}.`,
      next: 'Check with "ip link show master", and start a new run with the right name.',
    },
  ],
  saves: [{ id: 'kernel', title: 'Kernel', pattern: /^(\d+\.\d\S*)$/ }],
});

const ageing = ({ bridge }: Parameters): Step => ({
  kind: 'command',
  id: 'ageing',
  title: 'Let the bridge learn nothing',
  intro: 'With an ageing time of 0 the bridge keeps no table of addresses: every packet goes to every port. Takes effect at once, without interruption.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: setBridge(bridge, 'ageing', ['ageing_time', '0']),
  matchers: [
    {
      kind: 'failure',
      id: 'not-supported',
      pattern: /Operation not supported/,
      means: 'It is not a bridge of the Linux kernel.',
      next: 'Open vSwitch has settings of its own (ovs-vsctl set bridge … other_config:mac-aging-time).',
    },
  ],
  verify: {
    script: showBridge(bridge),
    matchers: [{ kind: 'expected', id: 'learns-nothing', pattern: /^ageing_time=0$/, means: 'The ageing time is 0.', missing: 'The ageing time is not 0.' }],
  },
  undo: setBack(bridge, 'ageing'),
  undone: provedBack(bridge, 'ageing'),
});

function multicast(values: Parameters): Step {
  const off = values.multicast === 'snooping-off';
  const wanted = multicastOption(values);
  return {
    kind: 'command',
    id: 'multicast',
    title: off ? 'Let every multicast through' : 'Let the bridge ask who listens',
    intro: off
      ? 'Without snooping, multicasts go to every port, as broadcasts do. IPv6 needs them to find neighbours and routers.'
      : 'With a querier on the LAN the bridge learns who listens to which multicasts, and passes them there.',
    danger: 'changes',
    runsOn: server,
    needsRoot: true,
    script: setBridge(values.bridge, 'multicast', allWords(values).split(' ').slice(2)),
    matchers: [],
    verify: {
      script: showBridge(values.bridge),
      matchers: [
        {
          kind: 'expected',
          id: 'multicasts-pass',
          pattern: new RegExp(`^${wanted.replace(' ', '=')}$`),
          means: `${wanted}.`,
          missing: `It is not set: ${wanted}.`,
        },
      ],
    },
    undo: setBack(values.bridge, 'multicast'),
    undone: provedBack(values.bridge, 'multicast'),
  };
}

/** After a restart the bridge is made anew: its configuration has to say it. */
function lasting(values: Parameters): Step[] {
  const { bridge, keep } = values;
  const place = keptIn(values);
  const common = {
    kind: 'edit',
    id: 'keep',
    title: 'Make it persistent',
    danger: 'changes',
    runsOn: server,
    needsRoot: true,
    file: place,
    verify: { script: showKept(values), matchers: keptMatchers, orPutBack: true },
    undone: readAgain(values),
  } as const;
  if (keep === 'ifupdown')
    return [
      {
        ...common,
        intro: `Puts one line into the stanza of ${bridge}; ifupdown runs it whenever it brings the bridge up.`,
        edit: (old) => editInterfaces(old, bridge, allWords(values)),
      },
    ];
  const settings = networkdSettings(values);
  if (keep === 'networkd')
    return [
      {
        ...common,
        intro: 'Sets it in the [Bridge] section; systemd-networkd reads it when it makes the bridge.',
        edit: (old) => editNetdev(old, bridge, settings),
      },
    ];
  const dropIn: EditStep = {
    ...common,
    intro: 'netplan can’t say this itself. A drop-in beside the file that netplan makes for systemd-networkd can, and netplan leaves it alone.',
    create: { mode: '0644' },
    edit: (old) => editDropIn(old, settings),
  };
  return [dropInFolder(values), dropIn];
}

const dropInFolder = (values: Parameters): Step => {
  const folder = file(keptIn(values).replace(/\/[^/]*$/, ''));
  return {
    kind: 'command',
    id: 'drop-in-folder',
    title: 'Make room for the drop-in',
    intro: 'Checks whether netplan makes this bridge with systemd-networkd, and makes the folder that its file is added to from.',
    danger: 'changes',
    runsOn: server,
    needsRoot: true,
    script: sh`grep -H ${`^Name=${values.bridge}$`} ${file(`/run/systemd/network/10-netplan-${values.bridge}.netdev`)} && mkdir -p ${folder}`,
    matchers: [
      {
        kind: 'failure',
        id: 'not-netplan',
        pattern: /No such file/,
        means: 'netplan does not make this bridge with systemd-networkd.',
        next: 'Start a new run and choose how the bridge is configured. With NetworkManager, use: nmcli connection modify … bridge.ageing-time 0 bridge.multicast-snooping no.',
      },
    ],
    verify: {
      script: sh`ls -d ${folder}`,
      looksOnlyAt: 'a folder, which nothing reads while it is empty',
      matchers: [{ kind: 'expected', id: 'folder', pattern: /netdev\.d$/, means: 'The folder is there.', missing: 'The folder is not there.' }],
    },
    undo: sh`rmdir ${folder}`,
  };
};

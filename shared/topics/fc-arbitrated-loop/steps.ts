/** Print the plan, make sure that there is another path, check the HBA, wire, and see that the loop is up and carries the LUNs. */
import { type ManualStep, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { otherSystems, settingsCard, wiringCards } from './cards.ts';
import type { Parameters } from './parameters.ts';
import { readPorts } from './ports.ts';
import { faultsOf, parseNodes, speedOf } from './ring.ts';

const runsOn = 'this server';

/** This server's ports that are, or are to be, in the loop. */
const loopPorts = ({ port }: Parameters) =>
  port === '' ? sh`{ ${readPorts}; } | grep -v 'type=NPort'` : sh`{ ${readPorts}; } | grep -e ${`port=${port} `} -e looked=`;

const plan = (values: Parameters): Step => {
  const nodes = parseNodes(values.nodes);
  const faults = faultsOf(nodes, values.fibre);
  return {
    kind: 'manual',
    id: 'plan',
    title: 'Print the plan, and order the cables',
    intro: `A loop of ${nodes.length} nodes${speedOf(nodes) === null ? '' : ` at ${speedOf(nodes)} Gbit/s, the fastest speed that all can do`}.`,
    danger: 'reads',
    minutes: 5,
    runsOn: 'your desk',
    instructions: [
      ...faults.map((fault) => `This plan will not work: ${fault}`),
      'Only do this where every host also has a path by a switch: one node that is off or starts takes the whole loop down, for all.',
      'Tapes suffer from it. Keep them on the switch.',
      'Print the cards below.',
    ],
    cards: wiringCards(values),
  };
};

/** How many LUNs there are, and with how many working paths. */
const paths = sh`wb_all=$(LC_ALL=C multipath -ll 2>&1)
printf '%s\\n' "$wb_all"
printf '%s\\n' "$wb_all" | awk '/ dm-[0-9]+ / { luns++; if (luns > 1) count[paths]++; paths = 0 }
  /active ready running/ { paths++ }
  END { if (luns) count[paths]++; print "luns=" luns + 0; print "without-path=" count[0] + 0; print "one-path=" count[1] + 0 }'`;
const noMultipath: Matcher = {
  kind: 'failure',
  id: 'no-multipath',
  pattern: /^luns=0$/,
  unless: /without a LUN/,
  means: 'multipath shows no LUN: it is not installed, does not run, or the host sees no array.',
  next: 'Set up multipath first. On ESXi or a Mac skip this step, and look there.',
};
const failedPath: Matcher = {
  kind: 'warning',
  id: 'failed-path',
  pattern: /\bfailed faulty\b/,
  text: 'failed faulty running',
  means: 'A path has failed.',
  next: 'Find out why before you count on it: cable, zone, or a controller that restarts.',
};
const otherPath: Step = {
  kind: 'command',
  id: 'other-path',
  title: 'Check that each LUN has a path by the switch',
  intro: 'The loop goes down whenever one node does. Then the switch’s path has to carry everything.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: paths,
  matchers: [
    noMultipath,
    failedPath,
    {
      kind: 'failure',
      id: 'no-path',
      pattern: /^without-path=[1-9]\d*$/,
      text: 'without-path=1',
      means: 'A LUN has no working path now.',
      next: 'Repair the path by the switch first ("multipath -ll"; zones; the array’s mapping). A loop does not replace it.',
    },
    { kind: 'expected', id: 'paths', pattern: /^luns=\d+$/, means: 'The LUNs were counted.', missing: 'The LUNs were not counted.' },
  ],
};

const settings: Step = {
  kind: 'command',
  id: 'settings',
  title: 'Check the HBA’s settings',
  intro: 'One port that is set to point-to-point only, or to a fixed speed, keeps the loop of all from coming up. That was the source’s trouble.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: sh`if command -v qaucli > /dev/null 2>&1; then qaucli -pr fc -c
elif command -v scli > /dev/null 2>&1; then scli -c
else echo settings=unread; fi
dmesg 2> /dev/null | grep -i -E 'qla2xxx|qla2[0-9]00' | grep -i -E 'Topology|LOOP (UP|DOWN)|Cable is unplugged' | tail -n 10
echo checked=yes`,
  matchers: [
    {
      kind: 'warning',
      id: 'point-to-point',
      pattern: /Connection Options *: 1\b/i,
      text: 'Connection Options : 1',
      means: 'A port is point-to-point only. That is right for a port to the switch, and wrong for one in the loop.',
      next: 'If it is the loop’s port: set Connection Options to 2 (see the card of the next step).',
    },
    {
      kind: 'warning',
      id: 'came-up-direct',
      pattern: /Topology - \(N_Port-to-N_Port\)/i,
      text: 'Topology - (N_Port-to-N_Port)',
      means: 'A port has come up point-to-point. That is right for a port to the switch, and wrong for one in the loop.',
      next: 'If it is the loop’s port: set Connection Options to 2 on it and on its neighbour.',
    },
    {
      kind: 'warning',
      id: 'fixed-rate',
      pattern: /Data Rate *: (?:[0134]\b(?! - Auto)|\d{1,2} ?Gb)/i,
      text: 'Data Rate : 1',
      means: 'A port has a fixed speed.',
      next: 'If it is the loop’s port: set Data Rate to Auto.',
    },
    {
      kind: 'warning',
      id: 'hard-id',
      pattern: /Hard Loop ID *: Enabled/i,
      text: 'Hard Loop ID : Enabled',
      means: 'The port insists on an address in the loop. Two that want the same one disturb each other.',
      next: 'Disable it.',
    },
    {
      kind: 'harmless',
      id: 'unread',
      pattern: /^settings=unread$/,
      text: 'settings=unread',
      means: 'QLogic’s tool is not installed. The settings are in the HBA’s own menu.',
    },
    {
      kind: 'harmless',
      id: 'driver',
      pattern: /LOOP (?:UP|DOWN) detected|Cable is unplugged|Topology - \(Loop\)/i,
      text: 'LOOP UP detected (4 Gbps).',
      means: 'What the driver saw earlier.',
    },
    { kind: 'expected', id: 'checked', pattern: /^checked=yes$/, means: 'The settings were looked for.', missing: 'The settings were not looked for.' },
  ],
};

const wire = (values: Parameters): ManualStep => ({
  kind: 'manual',
  id: 'wire',
  title: 'Wire the loop',
  intro: 'TX of each node to RX of the next, and from the last to the first. The hosts’ ports to the switch stay as they are.',
  danger: 'changes',
  minutes: 15,
  runsOn: 'the rack',
  instructions: [
    'Never look into a port or a fibre: 850 nm is almost invisible, 1310 nm quite. To find TX, look at it through a telephone’s camera.',
    'Switch all nodes of the loop on.',
    'Put in the cables by the wiring card, and tick each. Clean the ends.',
    'Set the array’s ports of the loop to loop or automatic.',
    'Do not issue a LIP by hand (issue_lip): it aborts the I/O of all.',
  ],
  cards: [...wiringCards(values), settingsCard, ...otherSystems],
  lab: sh`lab-loop wire`,
  verify: {
    script: readPorts,
    looksOnlyAt: 'whether the ports can be read; whether the loop is up, the next step sees',
    matchers: [
      {
        kind: 'expected',
        id: 'looked',
        pattern: /^looked=yes$/,
        means: 'The ports can be read.',
        missing: 'This server has no Fibre Channel port, or no driver for it.',
        next: 'Check "lspci | grep -i fibre".',
      },
    ],
  },
  // Hands have to do it: this says so, and waits until the link is gone.
  undo: sh`echo 'Unplug every cable of the loop now, on all nodes. This waits for ten minutes at the most.'
wb_waited=0
sleep 1
while ${loopPorts(values)} | grep -q 'state=Online' && [ $wb_waited -lt 600 ]; do sleep 1; wb_waited=$((wb_waited + 1)); done`,
  undone: {
    script: loopPorts(values),
    matchers: [
      {
        kind: 'absent',
        id: 'unplugged',
        pattern: /^port=\S+ state=Online/,
        looked: /^looked=yes$/,
        means: 'The loop port has no link any more.',
        found: 'The loop port still has a link.',
        missing: 'The ports could not be read.',
        next: 'Unplug the cables, then undo the step again.',
      },
    ],
  },
});

const up = (values: Parameters): Step => {
  const speed = speedOf(parseNodes(values.nodes));
  return {
    kind: 'command',
    id: 'up',
    title: 'Check that the loop is up',
    intro: 'State, topology and speed of this server’s loop port. Only reads: nothing is sent into the loop.',
    danger: 'reads',
    minutes: 1,
    runsOn,
    script: loopPorts(values),
    matchers: [
      {
        kind: 'failure',
        id: 'direct',
        pattern: /type=Point-To-Point/,
        text: 'type=Point-To-Point',
        means: 'The port has come up point-to-point: its topology, or that of the port it is wired to, is not automatic.',
        next: 'Set Connection Options to 2 on both, and Data Rate to Auto.',
        remedies: ['automatic'],
      },
      {
        kind: 'failure',
        id: 'no-signal',
        pattern: /^port=\w+ state=Linkdown lost=(?!0x0+ |0xf+ |unread )/,
        text: 'state=Linkdown lost=0x12',
        means: 'There is no link, and the port has lost the signal: no light reaches its RX.',
        next: 'TX and RX are crossed, a fibre is dirty, or the node before it is off.',
        remedies: ['swap'],
      },
      {
        kind: 'failure',
        id: 'down',
        pattern: /^port=\w+ state=Linkdown lost=(?:0x0+|0xf+|unread) /,
        text: 'state=Linkdown lost=0x0',
        means: 'There is no link, although light comes in or is not counted. One node that is off, or set wrong, keeps all down.',
        next: 'Check each node: power, then Connection Options, then Data Rate, then SFPs. To find it: join two nodes alone by a duplex cable, and add one by one.',
        remedies: ['power'],
      },
      {
        kind: 'expected',
        id: 'loop',
        pattern: /^port=\w+ state=Online lost=\w+ type=N?LPort/,
        means: 'The port is in a loop.',
        missing: 'No port is in a loop.',
        next: 'Name the port in the form. If it is not here, look at the other hosts.',
      },
      ...(speed === null
        ? []
        : [
            {
              kind: 'equal' as const,
              id: 'speed',
              pattern: /^port=\w+ state=Online lost=\w+ type=N?LPort\S* speed=(\S+)/,
              to: { text: `${speed}_Gbit` },
              means: `The loop runs at ${speed} Gbit/s.`,
              differs: 'The loop runs at another speed than the fastest common one.',
              next: 'A node has a fixed speed, or a slower SFP than the plan says. Set all to automatic.',
              remedies: ['automatic'],
            },
          ]),
    ],
  };
};

const secondPath: Step = {
  kind: 'command',
  id: 'second-path',
  title: 'Check that each LUN has two paths',
  intro: 'One by the switch, one by the loop. Do this on each host.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: sh`multipath -r > /dev/null 2>&1 || true
${paths}`,
  matchers: [
    noMultipath,
    failedPath,
    {
      kind: 'failure',
      id: 'no-path',
      pattern: /^without-path=[1-9]\d*$/,
      text: 'without-path=1',
      means: 'A LUN has no working path.',
      next: 'Unplug the loop, and check the path by the switch.',
    },
    {
      kind: 'expected',
      id: 'two',
      pattern: /^one-path=0$/,
      means: 'Each LUN has two working paths at least.',
      missing: 'A LUN has only one working path.',
      next: 'Map it to the array’s ports of the loop, too, then run the step again.',
      remedies: ['map'],
    },
  ],
};

const pull: Step = {
  kind: 'manual',
  id: 'pull',
  title: 'Pull one cable, before production',
  intro: 'The loop goes down for all; I/O has to continue by the switch.',
  danger: 'reads',
  minutes: 5,
  runsOn: 'the rack',
  instructions: [
    'Start some I/O on each host, such as dd from a LUN to /dev/null.',
    'Pull one cable of the loop. I/O pauses for some seconds, and has to continue.',
    'Put it back. "multipath -ll" has to show two paths again on each host.',
    'Pull the cable to the switch as well, and put it back: the loop alone has to do it.',
  ],
};

export const steps = (values: Parameters): Step[] => [plan(values), otherPath, settings, wire(values), up(values), secondPath, pull];

const byHand = (id: string, title: string, explanation: string): Remedy => ({
  id,
  title,
  explanation,
  danger: 'changes',
  lab: sh`lab-loop ${id}`,
  afterwards: 'retry',
});
export const remedies: readonly Remedy[] = [
  byHand(
    'automatic',
    'Set the ports to automatic',
    'In the HBA’s menu at the start, or with QConvergeConsole: Connection Options 2, Data Rate Auto. On every node. Then the step runs again.',
  ),
  byHand('swap', 'Swap the fibres', 'Put the cable from the node before into RX and the other one into TX. Clean both ends. Then the step runs again.'),
  byHand('power', 'Switch the missing node on', 'Every node of the loop has to be on. Then the step runs again.'),
  byHand('map', 'Map the LUN to the loop’s ports', 'On the array: the same LUN, the ports of the loop as well. Then the step runs again.'),
];

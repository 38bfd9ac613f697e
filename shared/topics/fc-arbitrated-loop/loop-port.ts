/** This server's port in the loop: how its HBA is set, and as what it came up. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { readPorts, runsOn } from './ports.ts';
import { parseNodes, speedOf } from './ring.ts';

/** This server's ports that are in the loop, or will be. */
export const loopPorts = ({ port }: Parameters) =>
  port === '' ? sh`{ ${readPorts}; } | grep -v 'type=NPort'` : sh`{ ${readPorts}; } | grep -e ${`port=${port} `} -e looked=`;

export const settings: Step = {
  kind: 'command',
  id: 'settings',
  title: 'Check the HBA’s settings',
  intro: 'One port that is set to point-to-point only, or to a fixed speed, keeps the loop of all from coming up. That was the source’s trouble.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  // Their packages put them where no search path leads.
  script: sh`tool=$(command -v qaucli || command -v ${file('/opt/QLogic_Corporation/QConvergeConsoleCLI/qaucli')} ||
  command -v scli || command -v ${file('/opt/QLogic_Corporation/SANsurferCLI/scli')}) || tool=''
case $tool in
*qaucli) "$tool" -pr fc -c ;;
*scli) "$tool" -c ;;
*) echo settings=unread ;;
esac
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
      means: 'QLogic’s tool was not found, neither in the search path nor below /opt. The settings are in the HBA’s own menu.',
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

export const up = (values: Parameters): Step => {
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

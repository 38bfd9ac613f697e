/** What is printed and taken along: parts, wiring, labels; and where other systems show the same. */
import type { StepCard } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { cablesOf, parseNodes, partsOf } from './ring.ts';

export function wiringCards({ nodes: text, fibre }: Parameters): StepCard[] {
  const nodes = parseNodes(text);
  const cables = cablesOf(nodes);
  const two = nodes.length === 2;
  const wide = Math.max(...cables.map(({ from }) => from.length));
  return [
    {
      title: 'Parts',
      lines: partsOf(nodes).map(({ count, metres, kind }) => `${count} × ${kind} cable LC–LC, ${fibre.toUpperCase()}, ${metres} m`),
      note: two
        ? 'For two nodes an ordinary duplex cable is the same thing.'
        : `One simplex cable (one fibre, half of an LC connector) for each of ${nodes.length} nodes. All of one kind of fibre.`,
    },
    {
      title: 'Wiring',
      lines: cables.map(({ number, from, to, metres }) => `${String(number).padStart(3)}  ${from.padEnd(wide)} TX → RX ${to}   ${metres} m   [ ]`),
      note: 'Tick each cable. Never join TX with TX. In many SFPs TX is on the left with the latch up: go by the arrows on yours.',
    },
    {
      title: 'Labels, one for each end of a cable',
      lines: cables.flatMap(({ number, from, to, metres }) => [
        `${number}  ${from}.TX → ${to}.RX  ${metres} m`,
        `${number}  ${to}.RX ← ${from}.TX  ${metres} m`,
      ]),
    },
  ];
}

export const settingsCard: StepCard = {
  title: 'QLogic HBA: Ctrl-Q (or Alt-Q) at the start, Fast!UTIL',
  lines: [
    'Configuration Settings → Extended Firmware Settings',
    'Connection Options   2   loop preferred, otherwise point-to-point (0: loop only; 1: point-to-point only)',
    'Data Rate            Auto   (2 on older cards; 0, 1, 3, 4: fixed to 1, 2, 4, 8 Gbit/s)',
    'Hard Loop ID         disabled',
  ],
  note: 'UEFI servers have a page of the HBA instead. The numbers are fairly sure: go by the words beside them.',
};
export const otherSystems: StepCard[] = [
  {
    title: 'ESXi',
    lines: ['esxcli storage core adapter list     Link State: link-up', 'esxcli storage san fc list           Port Type, Speed (from 5.5)'],
    note: 'VMware does not officially support a private loop (uncertain). QConvergeConsole needs QLogic’s CIM provider and a restart of the host.',
  },
  { title: 'Mac', lines: ['System Profiler, Fibre Channel: Status: Link Established, Speed, Topology'] },
  {
    title: 'HP P2000',
    lines: ['set host-parameters fibre-connection-mode loop ports b1'],
    note: 'Uncertain, from memory. Ask first: help set host-parameters',
  },
];

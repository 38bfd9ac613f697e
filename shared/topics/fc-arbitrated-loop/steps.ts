/** Print the plan, make sure that there is another path, check the HBA, wire, and see that the loop is up and carries the LUNs. */
import { type ManualStep, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { otherSystems, settingsCard, wiringCards } from './cards.ts';
import { loopPorts, settings, up } from './loop-port.ts';
import { otherPath, secondPath } from './lun-paths.ts';
import type { Parameters } from './parameters.ts';
import { readPorts } from './ports.ts';
import { faultsOf, parseNodes, speedOf } from './ring.ts';

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

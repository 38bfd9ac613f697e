/** A Fibre Channel arbitrated loop without a hub: from one node's TX to the next one's RX. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'fc-arbitrated-loop',
  version: 1,
  title: 'Wire a Fibre Channel loop without a hub',
  summary:
    'A second path for 2 to 126 nodes where there is only one switch: parts, wiring card and labels to print; then checks that the loop is up and every LUN has two paths.',
  category: 'Storage & firmware',
  platforms: ['Linux', 'ESXi and Mac by hand'],
  risk: { level: 'changes', text: 'You plug cables. Wrenchbook only reads. While one node is off, the whole loop is down.' },
  minutes: 29,
  fixes: ['An array with two controllers and one switch: updates need a shutdown, as there is no second path.', 'A loop that does not come up.'],
  needs: [
    'Ports of 8 Gbit/s or slower: there is no loop at 16 Gbit/s.',
    'A path by a switch for every host, and multipath.',
    'Simplex cables with one LC half at each end, one for each node.',
  ],
  cannotUndo: [],
  corrections: [
    'Today a second switch from a used-parts dealer costs little. The loop is for old arrays and HBAs up to 8 Gbit/s.',
    'The source warns that two TX joined together may damage the lasers. At least there is no link; Fibre Channel’s lasers are of class 1. Never look in, either way.',
    'The source tells TX by its red light. 850 nm is almost invisible, and 1310 nm quite: go by the arrows on the SFP, or look through a telephone’s camera.',
    'For two nodes one ordinary duplex cable does it.',
    'The numbers of QLogic’s settings are fairly sure. Uncertain: the P2000’s command, that VMware supports no private loop, that TX is on the left, and how QLogic’s command line prints its settings. None of these decides anything: the effect is read from the kernel.',
    'The speed is the fastest that all nodes can do, each its own and the two before it.',
    'Not tried: Fibre Channel hardware. The messages of the qla2xxx driver are from published logs. The ports are read from files as Linux shows them.',
  ],
  sources: ['Notes on wiring a Fibre Channel arbitrated loop', 'FC-AL-2; Linux scsi_transport_fc', 'Published logs of the qla2xxx driver'],
  search,
  symptoms: [
    { pattern: /LOOP DOWN detected \([0-9a-f ]+\)/i, text: 'qla2xxx: LOOP DOWN detected (2 7 0 0).' },
    { pattern: /LIP reset occur+ed/i, text: 'qla2xxx 0000:03:01.0: LIP reset occured (f7f7).' },
    { pattern: inOrder(/\bqla2xxx\b/i, /\bCable is unplugged/i), text: 'qla2xxx 0000:83:00.1: Cable is unplugged...' },
    { pattern: /Topology - \(N_Port-to-N_Port\)/i, text: 'Topology - (N_Port-to-N_Port), Host Loop address 0x1' },
    { pattern: /Point-To-Point \(direct nport connection\)/i, text: 'port_type: Point-To-Point (direct nport connection)' },
    { pattern: /\barbitrated loop\b|\bFC-AL\b/i, text: 'Fibre Channel arbitrated loop (FC-AL) does not come up' },
    { pattern: inOrder(/\bFibre Channel\b/i, /\bwithout a (?:hub|switch)\b/i), text: 'Fibre Channel without a hub' },
  ],
  alsoCalled: [
    'daisy-chain Fibre Channel HBAs with simplex cables, loop instead of a second switch',
    'QLE2462 QLE2562 point-to-point only, fixed data rate, Fast!UTIL',
    'FC ring, LPort private loop, issue_lip, multipath second path',
    'Fibre-Channel-Ring ohne Hub verkabeln, Arbitrated Loop',
    'boucle arbitrée Fibre Channel sans concentrateur',
    'bucle arbitrado Fibre Channel sin concentrador',
  ],
  parameters,
  labDefaults: { nodes: 'array-B1 8G 5m\nserver1 8G\nserver2 4G\nserver3 4G 5m', port: 'host4' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});

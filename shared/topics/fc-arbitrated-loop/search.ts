/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'arbitrated-loop fc-al fcal loop ring daisy-chain hubless without-switch no-switch al_pa | fibre-channel fiber-channel fc hba qlogic array tx rx cable* cabling wire wiring verkabel* node* lip simplex hosts',
    'fibre-channel fc qlogic | loop-only point-to-point-only loop ring hubless without-a-switch',
    'al_pa lip lips | loop fibre fc hba reset node*',
    'simplex lc fibers | tx rx',
    'nl_port nl-ports nl | ring qla2xxx loop',
  ],
  asked: [
    'connect three hosts and an array by fibre channel without a switch',
    'build an FC-AL ring with simplex cables',
    'how many cables for an arbitrated loop of five nodes',
    'TX to RX daisy chain fibre channel',
    'hubless loop, one host reboots and everybody loses the disks',
    'QLogic connection options loop only',
    'LIP storm while a server boots',
    'Fibre-Channel-Ring ohne Switch verkabeln',
    'what happens when a node in the FC loop is switched off',
    'FC-AL cabling without hub',
    'fibre channel private loop TX RX',
    'I own only one Brocade but want multipath, can I daisy chain transmit to receive between three HBAs and the storage for the other path',
    'simplex LC fibers: TX of host A goes in RX of host B and so on, back to the array, what splitters and cables to buy',
    'How do I label a ring of 4 servers and one disk array connected with single strand fibre jumpers',
    'after closing the ring qla2xxx should show NL ports for all, how do I check that every disk has 2 routes in multipath -ll',
    '[   12.884120] qla2xxx [0000:05:00.0]-500a:1: LOOP UP detected (4 Gbps), topology - FL, 4 devices on private arbitrated loop',
    'FC-Ring ohne Hub verkabeln, zweiter Pfad ohne zweiten Switch',
  ],
  nearMisses: ['switching loop in the office network', 'network ring of industrial switches', 'scsi host6: qla2xxx'],
};

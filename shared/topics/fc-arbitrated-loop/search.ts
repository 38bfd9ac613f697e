/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'arbitrated-loop fc-al fcal loop ring daisy-chain hubless without-switch no-switch al_pa | fibre-channel fiber-channel fc hba qlogic array tx rx cable* cabling wire wiring verkabel* node* lip simplex hosts',
    'fibre-channel fc qlogic | loop-only point-to-point-only loop ring hubless without-a-switch',
    'al_pa lip lips | loop fibre fc hba reset node*',
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
  ],
  nearMisses: ['switching loop in the office network', 'network ring of industrial switches', 'scsi host6: qla2xxx'],
};

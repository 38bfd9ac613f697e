/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'os-x-server osx-server snow-leopard-server mac-mini mini-server mac-server xserve globalsan mac leopard-server | iscsi globalsan lun luns repair service-center sensitive* removable* nas reparatur réparation reparación sensible | iscsi lun globalsan sensitive* data repair mail* calendar* store data sensible move* daten données datos',
    'globalsan | *',
  ],
  asked: [
    'keep the data of a Mac mini server on iSCSI disks',
    'mac mini server has to go to repair, mails are on it',
    'globalSAN LUN for the mail store of Snow Leopard Server',
    'move calendar server documents to an iSCSI volume',
    'sensitive data off the internal disk of the Mac server before service',
    'OS X Server: Daten auf iSCSI auslagern',
    'which folders of Mac OS X Server hold private data',
    'one LUN for each service on the NAS for our Mac server',
  ],
  nearMisses: ['iSCSI multipath on Debian', 'Mac mini does not wake from sleep', 'Time Machine over the network'],
};

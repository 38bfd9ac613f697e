/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'os-x-server osx-server snow-leopard-server mac-mini mini-server mac-server xserve globalsan mac leopard-server | iscsi globalsan lun luns repair service-center sensitive* removable* nas reparatur réparation reparación sensible | iscsi lun globalsan sensitive* data repair mail* calendar* store data sensible move* daten données datos',
    'globalsan | *',
    'iscsi synology block-storage network-block block-device | postgres profile-manager contacts library-server mail-folder service-wait mini-server server-mail calendar wiki | *',
    'mini-server os-x-server library-server mac-mini | relocate move copy | volume iscsi nas',
    'which-folders folders | os-x-server mac-server server | private sensitive personal',
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
    'mac server data iscsi volume',
    'OS X Server service data NAS',
    'Move the wiki and calendar store of Lion Server from the internal SSD onto a LUN of our QNAP, using globalSAN initiator',
    'The iSCSI disk mounts later than Postgres starts, so after reboot profile manager is broken; can a service wait for the volume?',
    'Mail folder of our mini server is too big, want to relocate /Library/Server/Mail to a volume on Synology block storage',
    'How to compare that the copy of the data of Contacts server on the network block device is complete before I delete the original',
    'Mar  3 06:01:10 server postgres_real[188]: postgres cannot access the server configuration file "/Volumes/iSCSI1/Library/Server/PostgreSQL/Data/postgresql.conf": No such file or directory',
    'Daten von OS X Server auf iSCSI-Platte auslagern, Dienst startet vor dem Mounten',
  ],
  nearMisses: ['iSCSI multipath on Debian', 'Mac mini does not wake from sleep', 'Time Machine over the network'],
};

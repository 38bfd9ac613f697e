/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'readynas netgear raidiator ietd* frontview | iscsi iqn initiator* lun target* ietd* allow* volume globalsan access-list login',
    'initiators.allow initiators.deny ietd* | *',
    'iqn initiator* | valid* vanish* gone disappear* forget* reset lost allow* check strip* verschw* vergisst',
    'iscsi | authorization-failure target-not-found initiator-error',
    'target-not-found 515 | iscsi target login initiator 515',
  ],
  asked: [
    'netgear nas forgets allowed initiators after creating a lun',
    'mac loses iscsi volume on readynas after reboot',
    'ietd.conf overwritten by frontview',
    'RAIDiator 4.2 initiator allow list empties itself',
    'iscsiadm: Could not login to [iface: default, target: iqn.1994-11.com.netgear:nas:abc]: iSCSI login failed due to authorization failure',
    'initiators.allow keeps changing',
    'ReadyNAS: iSCSI-Initiatoren verschwinden',
    'is this iqn valid: iqn.2001-04.com.Example:Disk_1',
    'ReadyNAS Pro iscsi initiators disappear',
    "globalSAN can't log in to the netgear box any more",
    'target not found(515)',
    'allowed iqn list on the nas got reset after adding a target',
    'keep ietd.conf entries on RAIDiator',
    'Login failed to authenticate with target, initiator error (02/02)',
    'iscsi access list lost after firmware of my netgear storage',
    'Netgear NAS vergisst IQN',
    'readynas iscsi initiator list lost',
    'RAIDiator 4.2 target iqn access',
    "After a reboot the Netgear NAS has forgotten half of the allowed IQNs of my LUN and the ESXi hosts can't log in",
    'ReadyNAS Pro 6 with 4.2.28: when I add an eighth host in Frontview another one vanishes from the target',
    'How to save the list of permitted hosts per target on the ReadyNAS over ssh and put them back by script',
    'hyper-v cluster lost its CSV since readynas 4.2.31 dropped our iqn.1991-05.com.microsoft entries',
    'iscsiadm: Could not login to [iface: default, target: iqn.1994-11.com.netgear:nas2:5e1a0c22:vmstore, portal: 10.0.5.20,3260]. initiator reported error (24 - iSCSI login failed due to authorization failure)',
    'ReadyNAS löscht iSCSI-Initiatoren von selbst aus der Liste des Targets',
  ],
  nearMisses: ['ReadyNAS fan is loud', 'iSCSI multipath shows only one path', 'Session from initiator iqn.1993-08.org.debian:01:abc established'],
};

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
  ],
  nearMisses: ['ReadyNAS fan is loud', 'iSCSI multipath shows only one path', 'Session from initiator iqn.1993-08.org.debian:01:abc established'],
};

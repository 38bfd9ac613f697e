/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'clon* geklont* duplicat* duplizier* cop* template* vorlage image snapshot vm vms machine-id duid kopie* | same-ip same-address same-ip-from same-lease same-dhcp machine-id duid address* ip lease* client-id client-ids gleiche doppelt* dieselbe même-adresse misma dhcp-identifier identical conflict | same duplicate* both share* one-address machine-id duid conflict identical client-id* gleiche doppelt* dieselbe même misma lease* dhcp*',
    'machine-id duid dhcp-identifier sourcevmuuid | clon* template* copy copies dhcp* vm* same duplicate* reset setup networkd netplan image',
    'clon* klon* geklont* | vm vms machine* server* ubuntu template* virtuelle* ip-adresse* | both same ip one-address address* lease* gleiche doppelt* conflict adresse',
    'dhcp | client-id client-ids duid | identical same duplicate two',
  ],
  asked: [
    'cloned two ubuntu vms, both get 192.168.1.57',
    'different mac but same ip from dhcp on proxmox template',
    'reset /etc/machine-id on a template',
    'netplan dhcp-identifier mac vs duid',
    'dhcp server hands same lease to all my copies',
    'parallels clone same address',
    'geklonte VMs haben dieselbe IP',
    'systemd-networkd sends same client id after copying disk image',
    'VM copies share an IP address',
    'duplicate lease for clones of my ubuntu template',
    'same DUID on all cloned machines',
    'after cloning in vmware both servers have one address though macs differ',
    'systemd-machine-id-setup on clones',
    'two identical dhcp client ids',
    'dhcp conflict after duplicating a virtual machine',
    'Nach dem Klonen doppelte IP-Adresse',
  ],
  nearMisses: ['clone a disk to a bigger one', 'git clone asks for a password', 'DHCP lease time is too short'],
};

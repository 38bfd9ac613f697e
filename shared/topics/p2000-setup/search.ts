/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'p2000 msa assuredsan dot-hill msa2000 | setup set-up first new address ip dhcp password manage admin hidden-account disk-group vdisk spare raid capacity map mapping unmapped volume initiali* einricht* konfigur* firmware-update controller default-login configur* serial cli spin-down usable part-number unconfigured kennwort passwort',
    'hidden-admin hidden-account | storage array p2000 password controller san',
  ],
  asked: [
    'first setup of a used HP P2000 G3 array',
    'new MSA P2000, which ip address does it have',
    'change the password of the hidden admin user on the P2000',
    'set static addresses on both controllers of the msa before updating',
    'how much usable space with 12 disks raid 5 and a spare on P2000',
    'P2000 default login manage !manage',
    'map a volume to one host only on the P2000 CLI',
    'HP P2000 einrichten, Adressen und Passwörter',
    'MSA2000 G3 spin down of unused disks',
    'HP P2000 G3 initial configuration',
    'MSA P2000 default password manage',
    'Bought a second hand P2000 with two controllers, how do I give both a static IP over the mini USB serial CLI',
    'What is the hidden admin user on the G3 MSA and how do I change its password so nobody gets in',
    'new array with 12 x 600 GB SAS: vdisks, spares, how many volumes, and explicit mapping to the two ESX hosts',
    'which firmware has to be on the P2000 before i create the vdisks and present LUNs over FC',
    'HP P2000 Ersteinrichtung: IP-Adressen, Kennwörter, Vdisk und LUN-Zuordnung',
    'HP P2000 G3 initial configuration',
    'msa p2000 default ip manage password',
    'unpacked a used P2000 G3 SAS array, controllers take address by dhcp, how do I give them static IPs by the usb cli port',
    'want to change password of the hidden admin user on the P2000, not only manage and monitor',
    'how to best divide 24 disks in vdisks on the HP MSA G3 and how much space will be left',
    'p2000 g3 fc brand new: create volumes, then explicit mapping to two esx hosts, what to do first',
    'set network-parameters ip 10.0.0.11 netmask 255.255.255.0 gateway 10.0.0.1 controller a  Error: The command was not recognized. (P2000 G3, TS201)',
    'HP P2000 G3 zum ersten Mal einrichten: feste IP, Firmware, Kennwörter, Volumes zuordnen',
  ],
  nearMisses: ['MSA 2050 fan module failed', 'volume on the SAN is full', 'admin password of the printer'],
};

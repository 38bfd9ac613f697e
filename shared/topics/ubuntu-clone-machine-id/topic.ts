/** A clone gets the address of its original, as both have the same machine id. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab, originalFingerprint } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ubuntu-clone-machine-id',
  version: 1,
  title: 'Duplicate DHCP leases after cloning a virtual machine',
  summary: 'Gives a clone its own machine id, so that it no longer gets the address of its original.',
  category: 'Virtualisation & clones',
  platforms: ['Linux'],
  risk: {
    level: 'changes',
    text: 'Gives one machine another id. After its reboot it most likely has another address: a session over ssh does not come back under the old one.',
  },
  minutes: 6,
  fixes: ['Two virtual machines that get one address from the DHCP server, although their MAC addresses are different.'],
  needs: ['Root on the clone, and its console.', 'The fingerprint of the original’s id: check the original with this procedure.'],
  cannotUndo: ['New SSH host keys and the host name, if you make them by hand.'],
  corrections: [
    'The source says that the UUID in Parallels’ config.pvs has to be changed so that the machine gets its own id. What cures is the new id in the guest: systemd 245 (Ubuntu 20.04) reads the UUID only under KVM, so under Parallels the id is random. The host’s step is kept, as a card: others read the UUID.',
    'The source removes /etc/machine-id alone. Where D-Bus keeps a copy, systemd makes the old id from it again: the copy is moved away too.',
    'The source deletes the file. Here it is moved away, and undo brings it back. The run says “do not reboot” as long as there is none: a system without an id boots as if for the first time.',
    'SSH host keys and the host name are duplicates, too. They do not cause the duplicate address.',
    'Without touching the id: “dhcp-identifier: mac” in netplan, and “netplan apply”. The address changes once. This procedure does not do that.',
    'Which hypervisors newer versions of systemd ask for a UUID is uncertain. The run compares the new id with the old one. What config.pvs.backup does is uncertain, too.',
    'prlctl and config.pvs were not tried: there is no Parallels Desktop for the tests.',
  ],
  sources: ['Notes on a cloned Ubuntu 20.04 in Parallels Desktop', 'machine-id(5), systemd-machine-id-setup(1), systemd.network(5)', 'RFC 4361'],
  search,
  symptoms: [
    { pattern: /\bduplicate (?:DHCP )?(?:leases?|IP address(?:es)?|addresses) (?:when|after|for) clon/i, text: 'duplicate DHCP leases after cloning a VM' },
    {
      pattern: /\bcloned? (?:VM|virtual machine|machine|server) (?:gets|has|receives) the same (?:IP|address)/i,
      text: 'The cloned VM gets the same IP address',
    },
    {
      pattern: /\buid lease \S+ for client \S+ is duplicate on/i,
      text: 'dhcpd: uid lease 192.168.1.50 for client 52:54:00:1f:9e:22 is duplicate on 192.168.1.0/24',
    },
    { pattern: /\b(?:duplicate|same|identical) machine.?id\b/i, text: 'duplicate machine-id' },
    { pattern: /\bSourceVmUuid\b/i, text: 'SourceVmUuid in config.pvs' },
  ],
  alsoCalled: [
    'two clones get the same IP address from DHCP although the MAC addresses differ',
    'systemd-networkd DHCP client identifier DUID machine-id clone template',
    'regenerate machine-id after cloning, systemd-machine-id-setup, Parallels Desktop, template of a VM',
    'geklonte virtuelle Maschine bekommt die gleiche IP-Adresse, doppelte DHCP-Lease',
    'la machine virtuelle clonée reçoit la même adresse IP',
    'la máquina virtual clonada recibe la misma dirección IP',
  ],
  parameters,
  labDefaults: { original: originalFingerprint, dbus: 'copy' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'systemd-machine-id-setup', package: 'systemd' }] },
  lab,
});

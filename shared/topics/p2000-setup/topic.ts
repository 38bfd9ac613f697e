/** A P2000 G3, from the box to mapped volumes. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'p2000-setup',
  version: 1,
  title: 'Set up an HP P2000 G3 for the first time',
  summary:
    'Fixed addresses before the firmware update, both passwords with the hidden account’s proved by a login, a virtual disk with a spare, and volumes that only their host sees.',
  category: 'Storage & firmware',
  platforms: ['Array command line'],
  risk: { level: 'changes', text: 'Changes addresses and passwords, and makes new volumes on free disks. Nothing that holds data is deleted or cleared.' },
  minutes: 66,
  fixes: [
    'A new P2000 G3 with default passwords, among them that of an account that is not listed.',
    'A firmware update that fails because DHCP changes an address.',
    'Volumes that every host may write to.',
  ],
  needs: [
    'The array’s serial console, or ssh to it, as a target of the type “array command line”.',
    'ssh on this machine, for the proof of the password.',
    'Free disks in bays 1.1 and following.',
  ],
  cannotUndo: ['Passwords, firmware, and the virtual disk: deleting it destroys what is on it.'],
  corrections: [
    'HP has ended the line. Newer arrays (MSA 1040 and 2040) keep nearly the same command line, with pools. The hidden account’s hole (CVE-2010-4115) is in the P2000’s firmware.',
    'Sure: the order, the accounts, the arithmetic, and the lines for addresses and virtual disks. Uncertain: the exact words of no-mapping, of set spares, of network-parameters dhcp, and how the array prints its tables. Before you run a step on a real array, ask it: help create volume.',
    'The source lets its initialisation of four disks of 2 TB take close to two days. That gives about 12 MB/s of each disk, a rule of thumb.',
    'The source makes a RAID 5. With large disks a second one may fail while the array rebuilds: RAID 6 is offered.',
    'Only the source’s two pairs of part number and disk are known here.',
    'The source does not say how to spin disks down. Spare disks that spin down hide that they die: this procedure leaves that off.',
    'Not tried: a P2000. Tried: a simulated command line over a real terminal, with the same console type that a real one has, and the two logins at a real sshd.',
  ],
  sources: ['Notes on an HP P2000 G3 with a Mac mini', 'HP customer bulletin c02660754, CVE-2010-4115', 'HP and Dot Hill command references, as remembered'],
  search,
  symptoms: [
    { pattern: /CVE-2010-4115/i, text: 'CVE-2010-4115' },
    {
      pattern: inOrder(/\b(?:P2000|MSA ?P?2000)\b/i, /\b(?:hidden|admin account|set.?up|default password)/i),
      text: 'HP P2000: hidden admin account with a default password',
    },
    {
      pattern: /no matching (?:host key type|key exchange method|cipher) found\. Their offer: .{0,20}(?:ssh-dss|diffie-hellman-group1-sha1|3des-cbc)/,
      text: 'no matching key exchange method found. Their offer: diffie-hellman-group1-sha1',
    },
    { pattern: /\bLEFTOVR\b/, text: 'show disks: LEFTOVR' },
  ],
  alsoCalled: [
    'HP StorageWorks MSA P2000 G3 first setup, Dot Hill AssuredSAN 3000 CLI',
    'create vdisk, create volume no-mapping, map volume, set spares',
    'default passwords !manage !admin !monitor of a disk array',
    'HP P2000 einrichten, verstecktes Admin-Konto, Kennwort ändern',
    'configurer une baie HP P2000, compte caché admin',
    'configurar una cabina HP P2000, cuenta oculta admin',
  ],
  parameters,
  labDefaults: {
    ipA: '10.1.1.11',
    ipB: '10.1.1.12',
    netmask: '255.255.255.0',
    gateway: '10.1.1.1',
    managePassword: 'Canary-2216-m',
    adminPassword: 'Canary-9034-a',
    volumes: 'vol1 500 mini1 21000024ff000001 1\nvol2 1000 esx1 2100001b32aa0001 1',
  },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['console'],
  misfit,
  lab,
});

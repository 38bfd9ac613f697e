/** One iSCSI disk for each service of a Mac mini Server, so that the Mac can go to repair without the data. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'osx-server-iscsi',
  version: 1,
  title: 'Keep the data of OS X Server on iSCSI disks',
  summary:
    'From OS X Server 2 on, the Server app does this itself. Moves the data of one service to a volume on a NAS, proves the copy, and lets the service wait for it at boot.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'The service is stopped while its data is copied. If the NAS is down later, the service is down.' },
  minutes: 38,
  fixes: ['A Mac whose disks can’t be taken out has to go to repair, with calendars, mail or wikis on it.'],
  needs: [
    'Root on the server.',
    'An iSCSI initiator (globalSAN, ATTO Xtend SAN): macOS has none of its own.',
    'A disk for this service alone, connected with CHAP and persistent, with an HFS+ volume. Never two Macs on one disk.',
  ],
  cannotUndo: [],
  corrections: [
    'Today: from OS X Server 2 (10.8) on, “Storage, Service Data” in the Server app moves all data at once. The services ended with macOS Server 5.7 (2018).',
    '“No sign of sensitive data” is only true without Open Directory: its passwords, the system’s keychain, certificates and swapped memory stay on the internal disk. The run lists what is left.',
    'The source does not say how a service is kept from starting before its disk. Then it makes an empty store below the mount point, and the disk appears as “Calendar 1”. Here a job of launchd waits for a marker on the volume.',
    'That job stops a service that has started already: seconds remain in which it may write below the mount point. Uncertain how each release starts its services; it was not tried.',
    'The old copy is never deleted here. After some days delete it by hand; secure erasing proves nothing on an SSD.',
    'Names of settings differ between releases, so you give the name. The check lists those of the service that hold a path.',
    'Access lists are compared where ls shows them (ls -e of a Mac); resource forks are copied by ditto, and not compared.',
    'Not tried on a Mac: serveradmin, ditto, diskutil and the initiator were simulated. Copying, comparing and unmounting were tried with real files and mounts.',
  ],
  sources: ['Notes on a Mac mini Server with its data on a ReadyNAS (2010)', 'serveradmin(8), ditto(1), diskutil(8), launchd.plist(5)'],
  search,
  symptoms: [
    { pattern: inOrder(/\b(?:mac ?mini|os x) server\b/i, /\b(?:repair|iscsi)\b/i), text: 'Mac mini Server has to go to repair with data on it' },
    { pattern: inOrder(/\bglobalSAN\b/i, /\b(?:service|server|volume|boot)\b/i), text: 'globalSAN volume comes after the services at boot' },
  ],
  alsoCalled: [
    'move calendar server, address book server, mail or wiki data to another volume',
    'iSCSI LUN per service, globalSAN initiator, Snow Leopard Server',
    'service starts before the disk is mounted and makes an empty folder in Volumes',
    'Daten des OS X Servers auf iSCSI-Platten verschieben, Mac zur Reparatur geben',
    'déplacer les données du serveur OS X vers un disque iSCSI',
    'mover los datos de OS X Server a un disco iSCSI',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }] },
  lab,
});

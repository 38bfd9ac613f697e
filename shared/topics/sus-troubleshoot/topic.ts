/** Apple’s Software Update Server: what its log complains about, each with its fix. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'sus-troubleshoot',
  version: 1,
  title: 'Repair Apple’s Software Update Server',
  summary: 'Only for servers that still run it: the service ended with macOS Server 5.7 (2018). Reads the log of the sync, and fixes what it complains about.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'While catalogues are fetched again, clients get no updates. A sync may fill the disk.' },
  minutes: 32,
  fixes: [
    'The sync refuses files of some updates, as their folder does not exist.',
    'Corrupt catalogues: “Missing version string”, or “_productId Update” in Server Admin.',
    'Hundreds of mirrored updates are not enabled.',
  ],
  needs: ['Root on the server.', 'More than 100 GB of free disk if everything is mirrored.'],
  cannotUndo: ['What a sync has downloaded stays.'],
  corrections: [
    'Today: Reposado, content caching of macOS, or update deferral by a management server. macOS Server 5.7 has no Software Update service any more.',
    'The source’s paths disagree: its mkdir has content directly below the root of the service, its mv has html/content. Here the root is read from serveradmin, and the one of both that exists is taken.',
    'The address in the source’s log is lost in its copy. Its form is sure, the host swcdn.apple.com very likely. A name that ends in “.dst” is made as a folder, as the source did; of another name, the folder it lies in.',
    'Only the reason “file download path cannot be reached” means a missing folder. For other reasons, other hosts, other places and “..” nothing is made.',
    'Each level that is made belongs to _softwareupdate; the source’s first version forgot that. The file itself is never downloaded by hand.',
    'The source’s second edit on ARD Client 3.6 is damaged: “does solve”, or “does not”. The same fix is offered, and nothing is promised.',
    'The source’s mv has no sudo, and moves into a catalogs.old that is there already. Here that stops the step.',
    'The source’s grep "enable = no" is anchored: “:enable = no” at the end of a line. An empty list is not sent, as serveradmin would then print all settings.',
    'A few “no longer available” lines are usual. The source takes each for corruption; here only “Missing version string” is, and twenty or more of the others are a hint.',
    'Uncertain: the middle of the names of settings, and the layout below the root on 10.6. Not tried on a Mac: serveradmin and swupd_syncd were simulated from what is known of them.',
  ],
  sources: ['Notes on an update server with Snow Leopard Server (2012)', 'Apple’s help: refresh the Software Update service', 'swupd_syncd(8), serveradmin(8)'],
  search,
  symptoms: [
    { pattern: inOrder(/\bswupd_syncd\b/i, /\b(?:ERROR|failed)\b/i), text: 'swupd_syncd[4410]: Download of http://swscan.apple.com/… failed' },
    { pattern: /Product file URL contains possible security violation/i, text: '*** Product file URL contains possible security violation.' },
    { pattern: /file download path cannot be reached/i, text: '*** Reason: file download path cannot be reached / does not exist.' },
    { pattern: /Product \S+ is no longer available and has no replacement/i, text: 'Product 041-1234 is no longer available and has no replacement' },
    { pattern: /Missing version string for product/i, text: '*** Missing version string for product 041-1234' },
    { pattern: /_productId Update/, text: '_productId Update in Server Admin' },
  ],
  alsoCalled: [
    'Software Update Server SUS swupd_syncd_log errors, Snow Leopard Server with Lion updates',
    'serveradmin settings swupdate enable all updates at once',
    'corrupt sucatalog, delete catalogs folder to rebuild it',
    'Softwareaktualisierungsserver am Mac lädt Updates nicht',
    'serveur de mise à jour de logiciels Apple, erreurs de synchronisation',
    'servidor de actualización de software de Apple no descarga',
  ],
  parameters,
  labDefaults: {},
  misfit: (values) => misfit(values),
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }] },
  lab,
});

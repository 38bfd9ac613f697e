/** Apt refuses a package, as a caching proxy keeps an old file under the same name. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'apt-size-mismatch',
  version: 1,
  title: 'Apt: file has unexpected size',
  summary: 'Finds out whether index, repository or caching proxy is wrong if apt refuses a package, and gets the right file.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Moves one wrong copy out of the cache of the proxy. Apt’s checks are never weakened.' },
  minutes: 5,
  fixes: [
    'apt ends with “File has unexpected size”, “Writing more data than expected” or “Hash Sum mismatch”, behind apt-cacher-ng.',
    'A package was made again under the same version, and the proxy still has the old file.',
  ],
  needs: ['A shell on the client, with curl.', 'A way from the client to the repository without the proxy.', 'Root on the proxy, or its web page.'],
  cannotUndo: ['A copy that was expired on the proxy’s page is deleted. No index names it any more.'],
  corrections: [
    'The source looks at sizes only. A file can have the right size and another content: here digests are compared.',
    'The source takes for granted that the proxy is wrong. If the repository itself differs from its signed index, it may be an attack: then nothing is removed.',
    '“Writing more data than expected” is the text of apt up to about 1.5. Later ones say “File has unexpected size … Mirror sync in progress?”. Since which version exactly is uncertain.',
    'The copy can also be moved away on the proxy without its page, together with its header (.head); the daemon need not be stopped.',
    'The page of apt-cacher-ng 3.7.4 found the wrong file only where the index names MD5 sums as well. In an index with SHA-256 only it did not: then remove the copy.',
    'Proxies other than apt-cacher-ng, and proxies that work without apt’s knowledge, are only found, not cleaned. A proxy whose address stands in sources.list itself is not found.',
  ],
  sources: ['Notes on a package that was replaced in a repository of a third party', 'apt.conf(5), apt-transport-http(1), apt-cacher-ng(8)'],
  search,
  symptoms: [
    { pattern: /Writing more data than expected \(\d+ > \d+\)/i, text: 'Writing more data than expected (275122 > 275100)' },
    {
      pattern: /\/(?<pkg>[a-z0-9][a-z0-9.+-]*)_[^\s/]*\.deb +File has unexpected size/i,
      text: 'E: Failed to fetch http://deb.debian.org/debian/pool/main/c/curl/curl_7.88.1-10_amd64.deb  File has unexpected size (275122 != 275100).',
    },
    { pattern: /File has unexpected size \(\d+ != \d+\)/i, text: 'File has unexpected size (275122 != 275100). Mirror sync in progress?' },
    { pattern: /Hash Sum mismatch/i, text: 'Hash Sum mismatch' },
    { pattern: /Datei hat eine unerwartete Größe/i, text: 'Datei hat eine unerwartete Größe (275122 != 275100).' },
    { pattern: inOrder(/\bapt/i, /\b(?:proxy|cache)/i, /\b(?:old|wrong|stale)\b/i), text: 'apt gets a file from the proxy that is old' },
  ],
  alsoCalled: [
    'apt-cacher-ng serves stale or corrupt packages',
    'mirror sync in progress, failed to fetch, unable to fetch some archives',
    'apt falsche Dateigröße hinter einem Proxy, Hash-Summe stimmt nicht überein',
    'apt taille de fichier inattendue derrière un proxy',
    'apt el archivo tiene un tamaño inesperado detrás de un proxy',
  ],
  parameters,
  labDefaults: { pkg: 'demo' },
  machines: [
    { id: 'client', title: 'Client', purpose: 'installs the package', targets: ['local', 'ssh'], systems: client() },
    { id: 'proxy', title: 'Proxy', purpose: 'keeps copies of packages (apt-cacher-ng)', optional: true },
  ],
  lacks: ({ way }, machines) =>
    way === 'remove' && !machines.includes('proxy')
      ? { field: 'way', message: 'To remove the copy on the proxy, Wrenchbook has to get there.', next: 'Choose the machine “Proxy”, or another way.' }
      : null,
  steps,
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh', 'hand'],
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});

function client() {
  return {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'apt-get', package: 'apt' },
      { name: 'curl', package: 'curl' },
    ],
  };
}

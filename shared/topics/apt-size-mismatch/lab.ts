/** The rehearsal: a client, and a proxy with a copy of a package that was replaced under the same name. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const [replaced, older, forged] = ['the file of version 1.0, made again\n', 'the file of version 1.0\n', 'not what was signed\n'];
const cached = 'archive.example.org/pool/demo_1.0_all.deb';

const files = (failure: string | null): LabFile[] => {
  const copy = failure === 'over' ? replaced : older;
  const head = `HTTP/1.1 200 OK\nContent-Length: ${copy.length}\n`;
  const inCache = (below: string) => [
    { path: `${below}/${cached}`, content: copy },
    { path: `${below}/${cached}.head`, content: head },
  ];
  return [
    { path: 'indexed', content: failure === 'old-index' ? 'the file as it was in between\n' : replaced },
    { path: 'latest', content: replaced },
    { path: 'origin', content: failure === 'forged' ? forged : replaced },
    { path: 'apt.state', content: `proxy=${failure === 'no-proxy' ? '' : 'http://cache.example.org:3142'}\n` },
    { path: 'root/var/cache/apt/archives/.keep', content: '' },
    // For a rehearsal in which nobody gets to the proxy itself.
    ...inCache('far-proxy'),
    { machine: 'proxy', path: 'root/var/lib/.keep', content: '' },
    ...inCache(failure === 'other-cache' ? 'root/srv/cache' : 'root/var/cache/apt-cacher-ng').map((one) => ({ ...one, machine: 'proxy' })),
    { machine: 'proxy', path: 'root/var/cache/apt-cacher-ng/.keep', content: '' },
  ];
};

export const lab: Lab = {
  scenario: 'A client whose proxy keeps the old file of a package that was made again under the same version',
  failures: [
    {
      id: 'over',
      title: 'The proxy has the right file by now',
      story: 'Somebody has cleaned the cache already. Apt gets the file, and nothing is changed.',
      stopsAt: { step: 'try', rule: 'gets-it' },
      wayOut: 'undo',
    },
    {
      id: 'old-index',
      title: 'The index of this client is old',
      story: 'The package was replaced since the last apt-get update. The index is read again first; then the proxy is the one that is wrong.',
      stopsAt: { step: 'compare', rule: 'origin-differs' },
      wayOut: 'remedy',
    },
    {
      id: 'forged',
      title: 'The repository serves a file that was not signed',
      story: 'Neither the proxy nor the index is wrong. It may be an attack: nothing is removed, and nothing is installed.',
      stopsAt: { step: 'compare', rule: 'origin-differs' },
      wayOut: 'undo',
    },
    {
      id: 'no-proxy',
      title: 'Apt uses no proxy',
      story: 'A device on the way keeps copies without being asked. Apt knows of no proxy that could be cleaned.',
      stopsAt: { step: 'compare', rule: 'no-proxy' },
      wayOut: 'undo',
    },
    {
      id: 'other-cache',
      title: 'The cache is in another folder',
      story: 'CacheDir was changed on this proxy. No copy is found, and nothing is moved.',
      stopsAt: { step: 'remove', rule: 'moved' },
      wayOut: 'undo',
      inWay: null,
    },
  ],
  facts: { name: 'demo_1.0_all.deb', host: 'archive.example.org', address: 'http://cache.example.org:3142' },
  ways: { expire: { way: 'expire' }, bypass: { way: 'bypass' } },
  without: { expire: ['proxy'], bypass: ['proxy'] },
  files,
};

/** See the error, find out who is wrong, and get the right file: in one of three ways. */
import { type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { compare, matchers, saves } from './comparing.ts';
import type { Parameters } from './parameters.ts';
import { bypass, expire, remove } from './ways.ts';

/** What apt says of it: since about 1.6, before that, in German, and of a file of the same size. */
export const mismatch =
  /(?:File has unexpected size|Writing more data than expected|Datei hat eine unerwartete Größe) \(\d+ (?:!=|>) \d+\)|Hash Sum mismatch|Hash-Summe stimmt nicht/i;

/** Fetches it as apt does, in a folder that is removed again. */
const download = (pkg: string) => sh`dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit
apt-get download ${pkg} && echo downloaded=$(ls)`;

const unsandboxed = {
  kind: 'harmless' as const,
  id: 'unsandboxed',
  pattern: /^W: Download is performed unsandboxed as root/,
  text: 'W: Download is performed unsandboxed as root …',
  means: 'Root fetches into a folder that only root can read.',
};

export const steps = (values: Parameters): Step[] => {
  const { pkg, way } = values;
  const ways = { remove: [remove(values), proof(pkg)], expire: [expire(), proof(pkg)], bypass: [bypass(pkg)] };
  return [
    {
      kind: 'command',
      id: 'try',
      on: 'client',
      title: 'See the error',
      intro: 'Fetches the package as apt does, into a temporary folder. Nothing is installed.',
      danger: 'reads',
      // That it fails is what is to be seen.
      script: sh`(${download(pkg)}) || true`,
      matchers: [
        {
          kind: 'failure',
          id: 'gets-it',
          pattern: /^downloaded=\S/,
          alone: true,
          means: 'Apt gets the file now.',
          next: 'Nothing is wrong any more: install the package. If apt still complains there, run "apt-get clean" first.',
        },
        {
          kind: 'expected',
          id: 'mismatch',
          pattern: mismatch,
          means: 'Apt received another file than its index names.',
          missing: 'Apt did not complain about the size or the digest.',
          next: 'Read what it says above. This procedure is for another problem.',
        },
        {
          kind: 'harmless',
          id: 'failed',
          pattern: /^E: (?:Failed to fetch|Unable to fetch)/,
          text: 'E: Failed to fetch …',
          means: 'That is what this run is about.',
        },
        unsandboxed,
      ],
    },
    {
      kind: 'command',
      id: 'compare',
      on: 'client',
      title: 'Compare index, repository and proxy',
      intro: 'Fetches the file from the repository and through the proxy, and compares both with the signed index by size and digest.',
      danger: 'reads',
      minutes: 2,
      script: compare(values),
      saves,
      matchers,
    },
    ...ways[way],
  ];
};

const proof = (pkg: string): Step => ({
  kind: 'command',
  id: 'proof',
  on: 'client',
  title: 'Fetch it through the proxy',
  intro: 'Apt gets the file through the proxy again, and compares it with the index itself.',
  danger: 'reads',
  script: download(pkg),
  matchers: [
    {
      kind: 'expected',
      id: 'downloaded',
      pattern: /^downloaded=\S/,
      means: 'Apt gets the right file. The package can be installed.',
      missing: 'Apt still does not get the right file.',
      next: 'Check whether another proxy stands between the proxy and the repository.',
    },
    {
      kind: 'failure',
      id: 'still',
      pattern: mismatch,
      alone: true,
      means: 'The proxy still serves the old file.',
      next: 'Undo this run if it changed something, and choose another way in a new run.',
    },
    unsandboxed,
  ],
});

export const remedies: readonly Remedy[] = [
  {
    id: 'update',
    title: 'Update the index',
    explanation: 'Reads the signed index of all repositories again. Then all three are compared again.',
    danger: 'changes',
    on: 'client',
    needsRoot: true,
    script: () => sh`apt-get update`,
    afterwards: { again: 'try' },
  },
];

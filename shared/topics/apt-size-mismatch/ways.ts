/** The three ways to the right file. */
import { fact, file, type Script, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const ours = '/var/lib/wrenchbook';
const kept = `${ours}/apt-size-mismatch`;

/** For each copy in the cache under the name that the index has: `what` is done with it unless it is the right one. */
const eachWrong = (
  cache: string,
  what: Script,
): Script => sh`cache=${file(cache)} keep=${file(kept)} name=${fact('name')} sum=${fact('sum')} wanted=${fact('hash')}
find "$cache" -type f -name "$name" | while read -r copy; do
  found=$($sum <"$copy") || exit
  [ "\${found%% *}" != "$wanted" ] || continue
  ${what}
done || exit`;

/** On the proxy: moves the copy and its header into a folder of Wrenchbook's. The daemon goes on. */
export const remove = ({ cache }: Parameters): Step => ({
  kind: 'command',
  id: 'remove',
  on: 'proxy',
  title: 'Move the wrong copy out of the cache',
  intro: 'Copies with the right digest stay. The wrong one and its stored header are moved to a folder of Wrenchbook’s; the proxy fetches the file again.',
  act: 'Move the wrong copy',
  danger: 'changes',
  needsRoot: true,
  script: eachWrong(
    cache,
    sh`place=$keep/$name/\${copy#"$cache"/}
  mkdir -p "\${place%/*}" && mv "$copy" "$place" || exit
  [ ! -e "$copy.head" ] || mv "$copy.head" "$place.head" || exit
  echo "moved=\${copy#"$cache"/}"`,
  ),
  matchers: [
    {
      kind: 'expected',
      id: 'moved',
      pattern: /^moved=\S/,
      means: 'The proxy does not keep it any more.',
      missing: 'No wrong copy under this name is in the cache.',
      next: 'Check CacheDir in /etc/apt-cacher-ng/acng.conf, and whether this is the proxy that the client uses.',
    },
  ],
  verify: {
    script: sh`${eachWrong(cache, sh`echo wrong=there`)}
echo looked`,
    matchers: [
      { kind: 'failure', id: 'wrong', pattern: /^wrong=there$/, means: 'A wrong copy is still in the cache.', next: 'Run the step again.' },
      { kind: 'expected', id: 'looked', pattern: /^looked$/, means: 'No wrong copy is in the cache.', missing: 'The cache could not be read.' },
    ],
  },
  undo: sh`cache=${file(cache)} keep=${file(kept)} name=${fact('name')}
[ -d "$keep/$name" ] || exit 0
find "$keep/$name" -type f | while read -r copy; do
  mv "$copy" "$cache/\${copy#"$keep/$name"/}" || exit
done || exit
find "$keep/$name" -depth -type d -exec rmdir {} +
rmdir "$keep" ${file(ours)} 2>/dev/null || true`,
  undone: {
    matchers: [
      { kind: 'expected', id: 'back', pattern: /^wrong=there$/, means: 'The old copy is in the cache again.', missing: 'The old copy is not in the cache.' },
    ],
  },
});

/** The proxy's own page: done in a browser. */
export const expire = (): Step => ({
  kind: 'manual',
  id: 'expire',
  on: 'client',
  title: 'Expire it on the proxy’s page',
  intro: 'apt-cacher-ng compares all its files with the indexes and shows those that are wrong.',
  danger: 'changes',
  minutes: 10,
  instructions: [
    'Open the page acng-report.html of the proxy in a browser. The address of the proxy is among what this run has read.',
    'Tick “Validate by file name AND file directory (use with care)” and “then validate file contents through checksum (SLOW), also detecting corrupt files”.',
    'Leave all other boxes as they are. Never tick “Purge unreferenced files after scan” or “Don’t update index files”: right files would be deleted.',
    'Press “Start Scan and/or Expiration” and wait: it takes minutes, with a large cache hours.',
    'Tick “Tag” beside this package only, press “Delete selected files”, and confirm with “Delete now”.',
  ],
  lab: sh`lab-acng expire`,
  verify: {
    script: sh`uri=${fact('uri')} sum=${fact('sum')} wanted=${fact('hash')}
found=$(curl -s -f -L -x ${fact('address')} "$uri" | $sum)
if [ "\${found%% *}" = "$wanted" ]; then echo served=right; else echo served=wrong; fi`,
    matchers: [
      {
        kind: 'expected',
        id: 'served',
        pattern: /^served=right$/,
        means: 'The proxy serves the right file.',
        missing: 'The proxy still serves another file.',
        next: 'Check that the scan has ended and that the file was deleted. If the page asks for a login, see AdminAuth in security.conf.',
      },
    ],
  },
  irreversible: 'The old copy is deleted. Nobody needs it: no index names it any more.',
});

/** On the client: apt fetches the file past the proxy, into its own archive. The next installation takes it from there. */
export const bypass = (pkg: string): Step => {
  const place = sh`${file('/var/cache/apt/archives')}/${fact('file')}`;
  return {
    kind: 'command',
    id: 'bypass',
    on: 'client',
    title: 'Fetch it past the proxy',
    intro: 'Apt downloads the package without the proxy into its archive, and installs nothing. The next "apt-get install" takes it from there.',
    act: 'Fetch it past the proxy',
    danger: 'changes',
    needsRoot: true,
    before: {
      script: sh`[ -e ${place} ] && echo had=yes || echo had=no`,
      saves: [{ id: 'had', title: 'In the archive before', pattern: /^had=(\S+)$/ }],
    },
    script: sh`apt-get -y -d --reinstall -o Acquire::http::Proxy=DIRECT -o Acquire::http::Proxy::${fact('host')}=DIRECT install ${pkg}`,
    matchers: [],
    verify: {
      script: sh`sum=${fact('sum')} wanted=${fact('hash')}
found=$($sum <${place})
if [ "\${found%% *}" = "$wanted" ]; then echo archive=right; else echo archive=wrong; fi`,
      matchers: [
        {
          kind: 'expected',
          id: 'archive',
          pattern: /^archive=right$/,
          means: 'The right file is in apt’s archive. Install the package now.',
          missing: 'The right file is not in apt’s archive.',
          next: 'Read what apt says above.',
        },
      ],
    },
    undo: sh`[ ${fact('had')} = yes ] || rm -f ${place}`,
    undone: {
      script: sh`[ -e ${place} ] && now=yes || now=no
[ "$now" = ${fact('had')} ] && echo archive=as-before || echo archive=changed`,
      matchers: [
        { kind: 'expected', id: 'as-before', pattern: /^archive=as-before$/, means: 'The archive is as before.', missing: 'The archive is not as before.' },
      ],
    },
  };
};

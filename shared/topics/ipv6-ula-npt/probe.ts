/** Whether the router has a local prefix that is not translated. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { addressText, localPrefix, wordsOf } from './npt-mapping.ts';
import type { Parameters } from './parameters.ts';
import { unitName } from './rules.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the addresses of the local interface', 'the default route', 'the translation, if there is one', 'the tools for it'],
  uses: ['lan', 'ext', 'way'],
  needsRoot: true,
  script: ({ lan }) => sh`[ -e ${file('/sys/class/net')}/${lan} ] && echo lan=there || echo lan=missing
ip -6 -o address show dev ${lan} scope global 2>/dev/null | awk '{ sub("/.*", "", $4); print ($4 ~ /^f[cd]/ ? "local=" : "global=") $4 }'
ip -6 route show default | sed -n 's/.* dev \\([^ ]*\\).*/default=\\1/p' | head -n 1
systemctl is-active ${unitName} | sed 's/^/unit=/'
command -v nft >/dev/null && echo nft=yes || echo nft=no
command -v ip6tables >/dev/null && echo ip6tables=yes || echo ip6tables=no
od -An -N5 -tx1 /dev/urandom | tr -d ' ' | sed 's/^/random=/'`,
  judge: ({ output }, { lan, ext, way }) => {
    const found = readings(output);
    const [local, global, via] = ['local', 'global', 'default'].map((name) => found.get(name) ?? '') as [string, string, string];
    const words = wordsOf(local);
    const random = found.get('random') ?? '';
    const tool = found.get('nft') === 'yes' ? 'nft' : found.get('ip6tables') === 'yes' ? 'iptables' : '';
    const findings: ProbeFinding[] = [
      {
        label: lan,
        value: local || 'no local address',
        means: local ? 'The network has fixed addresses of its own.' : 'The network has no fixed addresses yet.',
        speaks: local ? 'for' : 'neither',
      },
      {
        label: 'Provider’s address there',
        value: global || 'none',
        means: global ? 'Hosts have addresses of the provider, and need no translation.' : 'Hosts have no address of the provider.',
        speaks: global ? 'against' : 'for',
      },
      {
        label: 'Default route',
        value: via || 'none',
        means: via ? 'IPv6 leads to the provider.' : 'IPv6 does not lead to the provider yet.',
        speaks: via ? 'for' : 'neither',
      },
      {
        label: unitName,
        value: found.get('unit') ?? '',
        means: found.get('unit') === 'active' ? 'The prefix is translated.' : 'This procedure’s translation does not run.',
        speaks: found.get('unit') === 'active' ? 'against' : 'for',
      },
    ];
    const ula = words ? `${addressText([...words.slice(0, 3), 0, 0, 0, 0, 0])}/48` : /^[0-9a-f]{10}$/.test(random) ? localPrefix(random) : '';
    const proposes = [
      ...(ula ? [{ field: 'ula', value: ula, because: words ? `${lan} has an address of it.` : 'It is random, and so most likely nobody else’s.' }] : []),
      ...(via && via !== ext ? [{ field: 'ext', value: via, because: 'The default route leads over it.' }] : []),
      ...(tool && ((way === 'nft' && tool !== 'nft') || (way !== 'nft' && found.get('ip6tables') !== 'yes'))
        ? [{ field: 'way', value: tool, because: 'This router has the tool for it.' }]
        : []),
    ];
    const seen = { findings, proposes };
    if (found.get('lan') === undefined || found.get('unit') === undefined)
      return { verdict: 'unknown', because: 'The router could not be read.', next: 'Check as root.', ...seen };
    if (found.get('lan') === 'missing')
      return { verdict: 'unknown', because: `There is no interface ${lan}.`, next: 'Name the interface to the local network, and check again.', ...seen };
    if (found.get('unit') === 'active')
      return {
        verdict: 'already-fixed',
        because: 'The local prefix is translated.',
        next: 'If the provider has changed its prefix, start a run with the new one.',
        ...seen,
      };
    if (global)
      return {
        verdict: 'not-affected',
        because: 'The network has addresses of the provider.',
        next: 'Translation is for networks that have only local addresses. If you want that, remove the provider’s prefix from the announcements first.',
        ...seen,
      };
    if (!via)
      return { verdict: 'unknown', because: 'There is no default route for IPv6.', next: 'Bring up IPv6 to the provider first, and check again.', ...seen };
    return {
      verdict: 'affected',
      because: local ? 'The network has only local addresses, and they are not translated.' : 'The network has no address for IPv6 yet.',
      next: 'Start the run.',
      ...seen,
    };
  },
};

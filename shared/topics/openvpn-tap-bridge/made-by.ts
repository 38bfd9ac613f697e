/** What makes the bridge when the server starts: netplan, systemd-networkd or ifupdown. */
import { file, type ProbeFinding, type ProbeProposal, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** Files in a folder that have such a line, by their paths from there, with colons behind. Only those that are read at all. */
const filesWith = (folder: string, which: Script, line: string): Script =>
  sh`(cd ${file(folder)} 2>/dev/null && find . ${which} -exec grep -l -E ${line} {} + | sort | sed 's/^..//' | tr '\\n' ':')`;

/** Prints a line `made-by.WAY=…` for each way that has it. */
export function showMaker({ bridge }: Parameters): Script {
  const name = bridge.replaceAll('.', '\\.');
  return sh`if [ -e ${file(`/run/systemd/network/10-netplan-${bridge}.netdev`)} ]; then echo made-by.netplan=yes; fi
${filesWith('/etc/systemd/network', sh`-maxdepth 1 -name '*.netdev'`, `^[[:space:]]*Name[[:space:]]*=[[:space:]]*${name}[[:space:]]*$`)} | sed 's/^/made-by.networkd=/'; echo
${filesWith('/etc/network', sh`\\( -path ./interfaces -o -path './interfaces.d/*' \\) -type f`, `^[[:space:]]*iface[[:space:]]+${name}([[:space:]]|$)`)} | sed 's/^/made-by.ifupdown=/'; echo`;
}

interface Maker {
  findings: ProbeFinding[];
  proposes: ProbeProposal[];
}

/** Where several have it, only the admin knows which of them is in use. */
export function makerOf(found: ReadonlyMap<string, string>, values: Parameters): Maker {
  const named = (way: string) => (found.get(`made-by.${way}`) ?? '').split(':').filter(Boolean);
  const places: { place: string; fits: Readonly<Record<string, string>> }[] = [
    ...(found.has('made-by.netplan') ? [{ place: 'netplan', fits: { keep: 'netplan' } }] : []),
    ...named('networkd').map((name) => ({ place: `/etc/systemd/network/${name}`, fits: { keep: 'networkd', netdev: `/etc/systemd/network/${name}` } })),
    ...named('ifupdown').map((name) => ({ place: `/etc/network/${name}`, fits: { keep: 'ifupdown', interfaces: `/etc/network/${name}` } })),
  ];
  const [only, ...others] = places;
  if (!only) return { findings: [], proposes: [] };
  const proposes = Object.entries(only.fits).flatMap(([field, value]) =>
    others.length > 0 || values[field as keyof Parameters] === value ? [] : [{ field, value, because: `${only.place} makes ${values.bridge}.` }],
  );
  const means =
    others.length > 0
      ? 'all have it: find out which of them is in use.'
      : proposes.length > 0
        ? 'creates it, but the form says something else.'
        : 'creates it, as the form says.';
  return { findings: [{ label: 'Made by', value: places.map(({ place }) => place).join(', '), means, speaks: 'neither' }], proposes };
}

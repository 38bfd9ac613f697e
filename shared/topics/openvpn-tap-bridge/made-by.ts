/** What makes the bridge when the server starts: netplan, systemd-networkd or ifupdown. */
import { file, type ProbeFinding, type ProbeProposal, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** The first file below a folder that has such a line, by its path from there. */
const firstWith = (folder: string, names: Script, line: string): Script =>
  sh`(cd ${file(folder)} 2>/dev/null && find . ${names} -exec grep -l -E ${line} {} + | sort | sed -n '1s/^..//p')`;

/** Prints a line `made-by.WAY=…` for each way that has it. */
export function showMaker({ bridge }: Parameters): Script {
  const name = bridge.replaceAll('.', '\\.');
  return sh`if [ -e ${file(`/run/systemd/network/10-netplan-${bridge}.netdev`)} ]; then echo made-by.netplan=yes; fi
${firstWith('/etc/systemd/network', sh`-name '*.netdev'`, `^[[:space:]]*Name[[:space:]]*=[[:space:]]*${name}[[:space:]]*$`)} | sed 's/^/made-by.networkd=/'
${firstWith('/etc/network', sh`-type f`, `^[[:space:]]*iface[[:space:]]+${name}([[:space:]]|$)`)} | sed 's/^/made-by.ifupdown=/'`;
}

interface Maker {
  findings: ProbeFinding[];
  proposes: ProbeProposal[];
}

/** Where several have it, only the admin knows which of them is in use. */
export function makerOf(found: ReadonlyMap<string, string>, values: Parameters): Maker {
  const [networkd, ifupdown] = [found.get('made-by.networkd'), found.get('made-by.ifupdown')];
  const ways: { way: string; fits: Readonly<Record<string, string>> }[] = [
    ...(found.has('made-by.netplan') ? [{ way: 'netplan', fits: { keep: 'netplan' } }] : []),
    ...(networkd ? [{ way: `/etc/systemd/network/${networkd}`, fits: { keep: 'networkd', netdev: `/etc/systemd/network/${networkd}` } }] : []),
    ...(ifupdown ? [{ way: `/etc/network/${ifupdown}`, fits: { keep: 'ifupdown', interfaces: `/etc/network/${ifupdown}` } }] : []),
  ];
  const [only, ...others] = ways;
  if (!only) return { findings: [], proposes: [] };
  const because = `${only.way === 'netplan' ? 'netplan' : only.way} makes ${values.bridge}.`;
  const proposes = Object.entries(only.fits).flatMap(([field, value]) =>
    others.length > 0 || values[field as keyof Parameters] === value ? [] : [{ field, value, because }],
  );
  const means =
    others.length > 0
      ? 'all have it: look which of them is in use.'
      : proposes.length > 0
        ? 'makes it, and the form says another.'
        : 'makes it, as the form says.';
  return { findings: [{ label: 'Made by', value: ways.map(({ way }) => way).join(', '), means, speaks: 'neither' }], proposes };
}

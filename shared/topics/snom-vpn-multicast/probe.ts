/** Whether multicasts of the LAN reach the phones in the VPN. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { interfaces, joined, routedTo } from './looks.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the interfaces', 'what OpenVPN pushes', 'what smcroute routes', 'whether the LAN interface is in the group'],
  uses: ['group', 'lan', 'tunnels'],
  needsRoot: true,
  script: (values) => sh`${interfaces(values)}
tunnels=$(for each in ${file('/sys/class/net')}/*; do each=\${each##*/}; case $each in tun*) printf '%s ' "$each" ;; wg*) echo wireguard=yes >&2 ;; esac; done)
echo "tunnels=$tunnels"
grep -s -h -r -E '^[[:space:]]*push.*redirect-gateway' ${file('/etc/openvpn')} | grep -c . | sed 's/^/redirect=/'
${routedTo(values)}
${joined(values)}`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const wanted = tunnelsOf(values);
    const there = (found.get('tunnels') ?? '').trim().split(' ').filter(Boolean);
    const routed = (found.get('routed') ?? '').split(' ').filter(Boolean);
    const missing = [values.lan, ...wanted].filter((name) => output.includes(`iface ${name} missing`));
    const isIn = found.get('joined');
    const redirects = Number(found.get('redirect') ?? Number.NaN);
    const findings: ProbeFinding[] = [
      {
        label: 'VPN interfaces',
        value: there.join(' ') || 'none',
        means: 'are there now.',
        speaks: 'neither',
      },
      {
        label: 'OpenVPN pushes redirect-gateway',
        value: Number.isNaN(redirects) ? 'not read' : redirects > 0 ? 'yes' : 'no',
        means: redirects > 0 ? 'The phone listens to multicasts in the VPN only.' : 'It may be in a configuration elsewhere.',
        speaks: redirects > 0 ? 'for' : 'neither',
      },
      {
        label: `Routes of ${values.group}`,
        value: routed.join(' ') || 'none',
        means: routed.length > 0 ? 'The group is routed there.' : 'smcroute does not run, or does not route the group.',
        speaks: routed.length > 0 ? 'against' : 'for',
      },
    ];
    const proposes =
      there.length > 0 && wanted.some((name) => !there.includes(name))
        ? [{ field: 'tunnels', value: there.slice(0, 31).join(' '), because: 'These are the VPN interfaces of this server.' }]
        : [];
    const seen = { findings, proposes };
    if (isIn === undefined) return { verdict: 'unknown', because: 'The interfaces could not be read.', next: 'Check that ip (iproute2) is there.', ...seen };
    if (there.length === 0)
      return {
        verdict: 'not-affected',
        because: 'This server has no tun interface.',
        next: 'Check the server that the phones log in to, while OpenVPN runs.',
        ...seen,
      };
    if (missing.length > 0)
      return { verdict: 'unknown', because: `There is no ${missing.join(', no ')}.`, next: 'Choose the right names, and check again.', ...seen };
    if (isIn === '1' && wanted.every((name) => routed.includes(name)))
      return {
        verdict: 'already-fixed',
        because: 'The group is routed from the LAN into the VPN.',
        next: 'If a phone stays silent, send a test tone: the run shows how.',
        ...seen,
      };
    return {
      verdict: 'affected',
      because: `${values.group} is not routed from ${values.lan} to ${wanted.filter((name) => !routed.includes(name)).join(', ') || 'the VPN'}.`,
      next: 'Start the run.',
      ...seen,
    };
  },
};

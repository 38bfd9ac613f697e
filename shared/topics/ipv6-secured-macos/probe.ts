/** Whether the Mac has secured addresses, and what its MAC address would give instead. */
import { type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { defineAddresses, showMac } from './reading.ts';

const words: Readonly<Record<string, string>> = {
  secured: 'Made by a key that is random at first (CGA); its host part says nothing.',
  temporary: 'For outgoing connections, and changed daily. This stays.',
  eui64: 'Made from the MAC address.',
  dynamic: 'Given by a DHCPv6 server.',
  tentative: 'Being checked for duplicates.',
  duplicated: 'Another host has it too.',
  other: 'Set by hand, or made in another way.',
};

export const probe: Probe<Parameters> = {
  looksAt: ['the version of the system', 'the kernel’s switch net.inet6.send.opmode', 'how IPv6 is configured', 'the interface’s addresses'],
  uses: ['iface', 'way'],
  script: ({ iface }) => sh`${showMac(iface)}
${defineAddresses(iface)}
wb_addresses`,
  judge: ({ output }, { iface, way }) => {
    const found = readings(output);
    const addresses = [...output.matchAll(/^address=(\S+) scope=(\w+) kind=(\w+)\s*$/gm)].map(([, address = '', scope = '', kind = '']) => ({
      address,
      scope,
      kind,
    }));
    const of = (kind: string) => addresses.filter((one) => one.kind === kind);
    const version = found.get('version') ?? '';
    const opmode = found.get('opmode') ?? 'unread';
    const mode = found.get('mode') ?? '';
    const [mac = '', hardware = ''] = [found.get('mac'), found.get('hardware')];
    const prefix = of('secured')
      .find(({ scope }) => scope === 'global')
      ?.address.split(':')
      .slice(0, 4)
      .join(':');
    const findings: ProbeFinding[] = [
      { label: 'Version', value: version, means: 'Secured addresses are the default since 10.12.', speaks: 'neither' },
      {
        label: 'net.inet6.send.opmode',
        value: opmode === 'unread' ? '' : opmode,
        means:
          opmode === '1'
            ? 'Stable addresses are secured ones.'
            : opmode === '0'
              ? 'Addresses are made from the MAC address.'
              : 'The kernel does not have it, or it could not be read.',
        speaks: opmode === '1' ? 'for' : opmode === '0' ? 'against' : 'neither',
      },
      {
        label: 'IPv6',
        value: mode,
        means: mode === 'Automatic' ? 'Addresses are made by the Mac.' : 'Addresses are not made by the Mac.',
        speaks: mode === 'Automatic' ? 'for' : 'against',
      },
      ...addresses.map(({ address, kind }) => ({
        label: kind,
        value: address,
        means: words[kind] ?? '',
        speaks: kind === 'secured' ? ('for' as const) : ('neither' as const),
      })),
      {
        label: 'From the MAC address',
        value: found.get('host') ?? '',
        means: prefix === undefined ? 'The host part that it gives.' : `The stable address would be in ${prefix}::/64, with this host part.`,
        speaks: 'neither',
      },
      ...(mac !== '' && hardware !== '' && mac !== hardware
        ? [
            {
              label: 'MAC address',
              value: mac,
              means: `Not the hardware’s ${hardware}: a private Wi-Fi address, which may change. Turn it off for this network first.`,
              speaks: 'neither' as const,
            },
          ]
        : []),
    ];
    const proposes: ProbeProposal[] =
      /^(?:1[1-9]|2\d)(?:\.|$)/.test(version) && way === 'switch' && opmode === '1'
        ? [{ field: 'way', value: 'fixed', because: `Reports say that macOS ${version} may ignore /etc/sysctl.conf. A fixed address works.` }]
        : [];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (opmode === 'none')
      return say('not-affected', 'This kernel does not make secured addresses.', 'It is older than 10.11, or not macOS. Nothing has to be done.');
    if (opmode === 'unread') return say('unknown', 'The kernel’s switch could not be read.', 'Check that sysctl runs on the Mac.');
    if (mac === '') return say('unknown', `Nothing could be read of ${iface}.`, 'Check the name: "networksetup -listallhardwareports".');
    if (mode === 'Manual') return say('already-fixed', 'IPv6 has a fixed address.', 'Nothing has to be done.');
    if (mode === '') return say('unknown', 'How IPv6 is configured could not be read.', 'Check "networksetup -listnetworkserviceorder".');
    if (mode !== 'Automatic') return say('not-affected', `IPv6 of this service is “${mode}”.`, 'There is no address to replace.');
    if (of('secured').length > 0)
      return opmode === '0'
        ? say('affected', 'The switch is off, but secured addresses were made before that.', 'Restart the Mac.')
        : say(
            'affected',
            `${of('secured').length} of the interface’s addresses are secured ones.`,
            'Start the run if this Mac is a server whose address belongs into DNS.',
          );
    if (opmode === '0' && of('eui64').length > 0) return say('already-fixed', 'The stable address is made from the MAC address.', 'Nothing has to be done.');
    return say(
      'unknown',
      'The interface has neither a secured address nor one from its MAC address.',
      'Check that it is up, and that a router announces a prefix.',
    );
  },
};

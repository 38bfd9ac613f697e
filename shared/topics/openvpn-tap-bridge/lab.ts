/** The rehearsal: a VPN server whose bridge has learnt wrongly, with a client that pings, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const bridge = (failure: string | null) => `there=${failure === 'no-bridge' ? 'no' : 'yes'}
ports=${failure === 'port-missing' ? 'eth0' : 'tap0 eth0'}
filter=${failure === 'filtered' ? 'yes' : 'no'}
ping=${failure === 'nobody-pings' ? 'no' : 'yes'}
ageing_time=30000
mcast_snooping=1
mcast_querier=0
`;

const interfaces = (stanza: boolean) => `# The loopback network interface
auto lo
iface lo inet loopback
${
  stanza
    ? `
# LAN and VPN
auto br0
iface br0 inet static
	address 10.50.0.1/24
	bridge_ports eth0
	bridge_stp off
`
    : `
source /etc/network/interfaces.d/*
`
}`;

const files = (failure: string | null): LabFile[] => [
  { path: 'bridge.state', content: bridge(failure) },
  { path: 'root/etc/network/interfaces', content: interfaces(failure !== 'elsewhere') },
  { path: 'root/var/lib/.keep', content: '' },
];

const failures: readonly LabFailure[] = [
  {
    id: 'no-bridge',
    title: 'No such bridge',
    story: 'The bridge has another name. The first check says so, before anything is changed.',
    stopsAt: { step: 'look', rule: 'no-bridge' },
    wayOut: 'undo',
  },
  {
    id: 'port-missing',
    title: 'The VPN’s port is not in the bridge',
    story: 'OpenVPN was restarted, and its script did not put tap0 back into the bridge: then no packet crosses, whatever the bridge is set to.',
    stopsAt: { step: 'look', rule: 'vpn-port' },
    wayOut: 'remedy',
  },
  {
    id: 'nobody-pings',
    title: 'Nobody pings',
    story: 'While packets are counted, no client asks for anything. The count says that it proves nothing.',
    stopsAt: { step: 'count-before', rule: 'no-traffic' },
    wayOut: 'remedy',
  },
  {
    id: 'elsewhere',
    title: 'Configured in another file',
    story: 'The bridge’s stanza is in a file below interfaces.d. The named file is left alone.',
    stopsAt: { step: 'keep', rule: 'no-stanza' },
    wayOut: 'undo',
  },
  {
    id: 'filtered',
    title: 'A packet filter in the way',
    story: 'Everything is set, and replies are still lost: a packet filter on the bridge drops them. The second count shows it.',
    stopsAt: { step: 'count-after', rule: 'arp-still-lost', also: ['multicast-still-lost'] },
    wayOut: 'undo',
  },
];

export const lab: Lab = {
  scenario: 'A VPN server that has been moved to another host: connections are slow to begin, and clients get no IPv6 addresses',
  failures,
  facts: { 'arp-in-before': '3', 'arp-out-before': '0', 'arp-out-after': '3' },
  files,
};

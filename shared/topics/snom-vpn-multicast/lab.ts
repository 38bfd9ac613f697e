/** The rehearsal: an OpenVPN server with two phones behind it that never hear the announcements of the LAN. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';
import { pushedRoutes } from './pushed-routes.ts';

const iface = (name: string, flags: string): LabFile[] => [
  { path: `root/sys/class/net/${name}/flags`, content: `${flags}\n` },
  { path: `root/sys/class/net/${name}/statistics/tx_packets`, content: '4711\n' },
];
const vifs =
  'Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote\n 0 eth0              0       0         0       0 00008 00000002 00000000\n 1 tun0              0       0         0       0 00008 00000003 00000000\n 2 tun1              0       0         0       0 00008 00000004 00000000\n';
const unit =
  'Description=Static multicast routing daemon\nActiveState=inactive\nSubState=dead\nResult=success\nUnitFileState=disabled\nActiveEnterTimestampMonotonic=0\n';

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'mc.state',
    content: `saved=${failure === 'not-saved' ? 'no' : 'yes'}\nother=${failure === 'other-router' ? 'yes' : 'no'}\nttl=${failure === 'ttl-1' ? 1 : 4}\nfirewall=${failure === 'firewall' ? 'closed' : 'open'}\ntone=no\ntried=no\n`,
  },
  { path: 'journal', content: '' },
  { path: 'packages/smcroute', content: 'installed=no\nversion=2.5.6-1\ndepends=\n' },
  { path: 'units/smcroute.service', content: unit },
  ...iface('eth0', '0x1003'),
  ...iface('tun0', failure === 'no-multicast' ? '0x51' : '0x1051'),
  ...iface('tun1', '0x1051'),
  { path: 'root/proc/net/ip_mr_vif', content: vifs },
  {
    path: 'root/etc/openvpn/server.conf',
    content: `dev tun0\nserver 10.8.0.0 255.255.255.0\npush "redirect-gateway def1"\n# ${pushedRoutes.length} routes could be pushed instead\n`,
  },
  { path: 'root/etc/.keep', content: '' },
];

export const lab: Lab = {
  scenario: 'An OpenVPN server whose phones never play the announcements of the LAN',
  failures: [
    {
      id: 'no-multicast',
      title: 'The VPN interface allows no multicasts',
      story: 'Somebody has switched multicasts off on tun0. smcroute would pass it by.',
      stopsAt: { step: 'look', rule: 'no-multicast' },
      wayOut: 'remedy',
    },
    {
      id: 'not-saved',
      title: 'The setting was not saved on the phone',
      story: 'Apply was clicked, and not Save. The phone does not listen to the group.',
      stopsAt: { step: 'ask', rule: 'nobody' },
      wayOut: 'remedy',
    },
    {
      id: 'other-router',
      title: 'Another program routes multicasts',
      story: 'igmpproxy is there already, and the kernel takes one router only.',
      stopsAt: { step: 'start', rule: 'in-use' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'ttl-1',
      title: 'Packets with a TTL of 1',
      story: 'The sender’s packets may not be routed at all. They arrive, and go no further.',
      stopsAt: { step: 'send', rule: 'not-routed' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'firewall',
      title: 'A firewall between',
      story: 'The chain FORWARD drops the group. The packets are routed, and none leaves.',
      stopsAt: { step: 'send', rule: 'dropped' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: { 'joined-before': '0', answers: '2' },
  differsOnRepeat: {
    files: ['root/proc/net/ip_mr_vif', 'root/sys/class/net/tun0/statistics/tx_packets', 'root/sys/class/net/tun1/statistics/tx_packets'],
    because: 'The tone is played again: more packets have passed.',
  },
  files,
};

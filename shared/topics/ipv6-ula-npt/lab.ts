/** The rehearsal: a router with a local prefix behind a provider that delegates 2001:db8:1::/48. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const files = (failure: string | null): LabFile[] => [
  ...['eth0', 'eth1'].map((name) => ({ path: `root/sys/class/net/${name}/operstate`, content: 'up\n' })),
  {
    path: 'router.state',
    content: `local=${failure === 'no-local-address' ? 'no' : 'yes'}\nown=${failure === 'own-address' ? 'yes' : 'no'}\nkernel=${failure === 'kernel' ? 'no' : 'yes'}\nrouted=${failure === 'not-routed' ? 'no' : 'yes'}\nactive=inactive\nenabled=disabled\nbegan=0\n`,
  },
  { path: 'sysctl', content: 'net.ipv6.conf.all.forwarding=0\nnet.ipv6.conf.eth0.accept_ra=1\n' },
  { path: 'root/etc/systemd/system/.keep', content: '' },
];

export const lab: Lab = {
  scenario: 'A router whose network has only local addresses: IPv6 does not reach the provider',
  failures: [
    {
      id: 'no-local-address',
      title: 'The router has no local address',
      story: 'The prefix was chosen, but the interface to the local network does not have it yet.',
      stopsAt: { step: 'look', rule: 'no-local-address' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'own-address',
      title: 'The router’s own address is in the provider’s prefix',
      story: 'The admin is logged in over it. With the translation the session would be cut off.',
      stopsAt: { step: 'look', rule: 'own-address' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'kernel',
      title: 'The kernel lacks the translation',
      story: 'A small kernel without the module. The rules are refused, and the unit fails.',
      stopsAt: { step: 'start', rule: 'runs', also: ['translates'] },
      wayOut: 'remedy',
      inWay: ['by ip6tables', 'stateless'],
    },
    {
      id: 'not-routed',
      title: 'The provider does not route the prefix to this router',
      story: 'Packets leave with the right address, and no answer comes back.',
      stopsAt: { step: 'prove', rule: 'answered' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: {},
  ways: { 'by ip6tables': { way: 'iptables' }, stateless: { way: 'npt' } },
  differsOnRepeat: { files: ['router.state'], because: 'the service is restarted, and the time of its start is another one' },
  files,
};

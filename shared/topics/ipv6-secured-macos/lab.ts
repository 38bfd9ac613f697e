/** The rehearsal: a server with macOS 10.12 whose addresses are secured ones, in a network with a router. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const files = (failure: string | null): LabFile[] => [
  {
    path: 'mac.state',
    content: `version=${failure === 'ignored' ? '12.6.3' : '10.12.6'}\nopmode=1\nmac=a4:83:e7:12:34:56\nmode=${failure === 'by-hand' ? 'Manual' : 'Automatic'}\nfixed=${failure === 'by-hand' ? '2001:db8:2:4a::5' : ''}\n`,
  },
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'root/etc/.keep', content: '' },
];

export const lab: Lab = {
  scenario: 'A server with macOS 10.12 whose IPv6 address nobody can predict',
  failures: [
    {
      id: 'by-hand',
      title: 'The address is set by hand already',
      story: 'Somebody has given the service a fixed address. There is nothing to replace.',
      stopsAt: { step: 'look', rule: 'not-automatic' },
      wayOut: 'undo',
    },
    {
      id: 'ignored',
      title: 'A newer macOS ignores the file',
      story: 'The line is in /etc/sysctl.conf, and the switch is on after the restart anyway.',
      stopsAt: { step: 'after', rule: 'ignored' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'no-router',
      title: 'No router announces a prefix',
      story: 'The Mac restarts before the router does. There is no global address.',
      stopsAt: { step: 'after', rule: 'eui64' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'clone',
      title: 'A clone has the same MAC address',
      story: 'With secured addresses nobody noticed. Now both want the same one.',
      stopsAt: { step: 'after', rule: 'duplicated' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'taken',
      title: 'The fixed address is taken',
      story: 'Another host has it already.',
      stopsAt: { step: 'set-address', rule: 'taken' },
      wayOut: 'undo',
      inWay: 'fixed',
    },
  ],
  facts: { mac: 'a4:83:e7:12:34:56', host: 'a683:e7ff:fe12:3456' },
  ways: { fixed: { way: 'fixed', address: '2001:db8:2:4a::10', router: '2001:db8:2:4a::1' } },
  files,
};

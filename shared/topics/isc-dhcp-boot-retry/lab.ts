/** The rehearsal: a server whose DHCP has been down since the boot. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const unit = `Description=ISC DHCP IPv4 server
FragmentPath=/lib/systemd/system/isc-dhcp-server.service
SourcePath=
ActiveState=failed
SubState=failed
Result=exit-code
UnitFileState=enabled
NRestarts=0
Restart=no
RestartUSec=100ms
`;
const journal = (seen: string) =>
  [
    'Internet Systems Consortium DHCP Server 4.4.3-P1',
    `No subnet declaration for ovsbr0p1 (${seen}).`,
    '** Ignoring requests on ovsbr0p1.  If this is not what',
    'Not configured to listen on any interfaces!',
    'exiting.',
  ]
    .map((text) => `isc-dhcp-server.service\tdhcpd\t${text}\n`)
    .join('');
const config = (setting: string) => `authoritative;\nsubnet 192.0.2.0 netmask 255.255.255.0 {\n  ${setting} 192.0.2.100 192.0.2.150;\n}\n`;

const files = (failure: string | null): LabFile[] => [
  { path: failure === 'no-unit' ? 'units/dhcp-of-another-kind.service' : 'units/isc-dhcp-server.service', content: unit },
  { path: 'journal', content: journal(failure === 'no-subnet' ? '192.0.2.1' : 'no IPv4 addresses') },
  { path: 'dhcp.state', content: `address=${failure === 'still-late' ? 'no' : 'yes'}\n` },
  { path: 'root/etc/dhcp/dhcpd.conf', content: config(failure === 'config-broken' ? 'rnge' : 'range') },
  { path: 'root/etc/systemd/system/.keep', content: '' },
];

export const lab: Lab = {
  scenario: 'A server on which DHCP has been down since the boot: its interface came later',
  failures: [
    {
      id: 'no-unit',
      title: 'The unit has another name',
      story: 'The server was installed in another way, and systemd has no such unit. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'no-unit' },
      wayOut: 'undo',
    },
    {
      id: 'no-subnet',
      title: 'The configuration has no subnet for the interface',
      story: 'The interface had its address. dhcpd fails every time, and retries do not help.',
      stopsAt: { step: 'why', rule: 'no-subnet' },
      wayOut: 'undo',
    },
    {
      id: 'config-broken',
      title: 'An error in dhcpd.conf',
      story: 'Somebody has mistyped a word. systemd would retry forever, so the configuration is fixed first.',
      stopsAt: { step: 'config', rule: 'config-broken' },
      wayOut: 'remedy',
    },
    {
      id: 'still-late',
      title: 'The interface still has no address',
      story: 'The drop-in is read, and the server still cannot start: nothing has given the interface its address.',
      stopsAt: { step: 'start', rule: 'active' },
      wayOut: 'remedy',
    },
  ],
  facts: { 'restart-before': 'no', 'delay-before': '100ms' },
  files,
};

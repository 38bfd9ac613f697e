/** The rehearsal: a server that was upgraded since Ubuntu 8.04, with a rule of that time. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

/** As Ubuntu 8.04 had it, as far as it is remembered. */
const oldRule = `# This file causes network devices to be brought up or down as a result of hotplug.
SUBSYSTEM=="net", DRIVERS=="?*", GOTO="net_start"
GOTO="net_end"
LABEL="net_start"
ACTION=="add", RUN+="/sbin/start-stop-daemon --start --background --pidfile /var/run/network/bogus --startas /sbin/ifup -- --allow auto $env{INTERFACE}"
ACTION=="remove", RUN+="/sbin/start-stop-daemon --start --background --pidfile /var/run/network/bogus --startas /sbin/ifdown -- --allow auto $env{INTERFACE}"
LABEL="net_end"
`;
const unit = 'Description=Raise network interfaces\nActiveState=active\nSubState=exited\nResult=success\nUnitFileState=enabled\n';
const interfaces = (failure: string | null) => `auto lo
iface lo inet loopback

auto eth0${failure === 'two-causes' ? '\nallow-hotplug eth0' : ''}
iface eth0 inet static
    address 192.0.2.10/24
    up ip ${failure === 'up-line-broken' ? 'ruote' : 'route'} add 198.51.100.0/24 dev eth0
`;

const files = (failure: string | null): LabFile[] => [
  { path: 'root/etc/udev/rules.d/85-ifupdown.rules', content: oldRule },
  { path: 'root/lib/udev/rules.d/80-ifupdown.rules', content: 'SUBSYSTEM=="net", ACTION=="add|remove", RUN+="ifupdown-hotplug"\n' },
  { path: 'root/sys/class/net/eth0/operstate', content: 'up\n' },
  { path: 'root/etc/network/interfaces', content: interfaces(failure) },
  { path: 'root/var/lib/wrenchbook/.keep', content: '' },
  {
    path: 'net.state',
    content: `udev=${failure === 'udev-down' ? 'stopped' : 'running'}\nroute=no\nowner=${failure === 'owned' ? 'ifupdown' : 'left-behind'}\n`,
  },
  { path: 'journal', content: 'networking.service\tifup\tifup: interface eth0 already configured\n' },
  { path: 'units/networking.service', content: unit },
];

export const lab: Lab = {
  scenario: 'A server that was upgraded since Ubuntu 8.04: its up lines no longer run',
  failures: [
    {
      id: 'owned',
      title: 'The rule belongs to a package',
      story: 'On this release the file is ifupdown’s own. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'owned' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'udev-down',
      title: 'udev does not run',
      story: 'The rule is moved away, but udev cannot be asked to read its rules again.',
      stopsAt: { step: 'move', rule: 'no-reload' },
      wayOut: 'remedy',
    },
    {
      id: 'two-causes',
      title: 'A second cause',
      story: 'The interface is both auto and allow-hotplug. ifup runs twice after the reboot, too.',
      stopsAt: { step: 'after', rule: 'still-twice' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'up-line-broken',
      title: 'The up line itself is wrong',
      story: 'It runs again, and fails: nobody noticed as long as it did not run.',
      stopsAt: { step: 'after', rule: 'route' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: {},
  ways: { 'reboot later': { reboot: 'later' } },
  files,
};

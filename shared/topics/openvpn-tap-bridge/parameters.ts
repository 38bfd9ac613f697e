/** The form: which bridge, which ports, and how the setting is kept. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

const interfaceName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/, 'Give the name of a network interface, such as br0');

export const parameters = z.object({
  bridge: field(interfaceName.default('br0'), { label: 'Bridge', help: 'The bridge that joins the VPN and the LAN.', control: 'text' }),
  tap: field(interfaceName.default('tap0'), { label: 'VPN port', help: 'The tap interface of OpenVPN, a port of the bridge.', control: 'text' }),
  uplink: field(interfaceName.default('eth0'), { label: 'LAN port', help: 'The network card, a port of the bridge.', control: 'text' }),
  multicast: field(z.enum(['snooping-off', 'querier-on']).default('snooping-off'), {
    label: 'Multicast',
    help: 'What makes IPv6’s multicasts cross the bridge.',
    control: 'choice',
    choices: [
      { value: 'snooping-off', label: 'Snooping off: every multicast goes to every port (right for kernels since 2016)' },
      { value: 'querier-on', label: 'Querier on: the bridge asks who listens (for older kernels, or many multicasts on the LAN)' },
    ],
  }),
  keep: field(z.enum(['ifupdown', 'networkd', 'netplan']).default('ifupdown'), {
    label: 'Make it persistent with',
    help: 'Where the bridge is configured on this server.',
    control: 'choice',
    choices: [
      { value: 'ifupdown', label: 'ifupdown: /etc/network/interfaces' },
      { value: 'networkd', label: 'systemd-networkd: a .netdev file' },
      { value: 'netplan', label: 'netplan with systemd-networkd' },
    ],
  }),
  interfaces: field(absolutePath.default('/etc/network/interfaces'), {
    label: 'File of ifupdown',
    help: 'The one with the bridge’s iface stanza.',
    control: 'text',
    when: { keep: 'ifupdown' },
  }),
  netdev: field(absolutePath.default('/etc/systemd/network/br0.netdev'), {
    label: 'The bridge’s .netdev file',
    help: 'The one with Name= of the bridge.',
    control: 'text',
    when: { keep: 'networkd' },
  }),
  seconds: field(z.coerce.number().int().min(5, 'At least 5').max(300, 'At most 300').default(20), {
    label: 'Seconds to count',
    help: 'Packets are counted this long, before and after. Somebody at a VPN client pings a machine of the LAN meanwhile.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

/** What keeps the setting: the file that is edited. */
export function keptIn({ keep, bridge, interfaces, netdev }: Parameters): string {
  if (keep === 'ifupdown') return interfaces;
  return keep === 'networkd' ? netdev : `/etc/systemd/network/10-netplan-${bridge}.netdev.d/50-wrenchbook.conf`;
}

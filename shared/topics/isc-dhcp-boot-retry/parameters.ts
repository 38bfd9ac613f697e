/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const units = ['isc-dhcp-server.service', 'dhcpd.service'] as const;
export const parameters = z.object({
  unit: field(z.enum(units).default('isc-dhcp-server.service'), {
    label: 'Unit',
    help: 'What systemd starts on this server. The check fills it in.',
    control: 'choice',
    choices: [
      { value: 'isc-dhcp-server.service', label: 'isc-dhcp-server: Debian, Ubuntu' },
      { value: 'dhcpd.service', label: 'dhcpd: Red Hat, Fedora' },
    ],
  }),
  seconds: field(z.coerce.number().int().min(5, 'At least 5: below 2, systemd would give up').max(59, 'At most 59').default(15), {
    label: 'Seconds between two starts',
    help: 'How long systemd waits after a failed start.',
    control: 'text',
  }),
  config: field(absolutePath.default('/etc/dhcp/dhcpd.conf'), { label: 'Configuration', help: 'The file that dhcpd reads.', control: 'text' }),
});
export type Parameters = z.output<typeof parameters>;

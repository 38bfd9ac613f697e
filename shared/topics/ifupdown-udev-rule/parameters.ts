/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  iface: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, 'Give the name of one interface, such as eth0')
      .default('eth0'),
    { label: 'Interface', help: 'Whose up lines did not run. The check fills it in if the journal names one.', control: 'text' },
  ),
  route: field(
    z
      .string()
      .trim()
      .regex(/^(?:|default|[0-9a-fA-F.:]{2,39}(?:\/\d{1,3})?)$/, 'Give a destination as “ip route” prints it, such as 192.0.2.0/24, or leave it empty')
      .default(''),
    {
      label: 'Route from an up line',
      help: 'The destination of a route that an up line of this interface adds. With it, the run checks after the reboot that the line ran. Leave it empty if there is none.',
      control: 'text',
      example: '192.0.2.0/24',
    },
  ),
  reboot: field(z.enum(['now', 'later']).default('now'), {
    label: 'Reboot',
    help: 'Only the next boot shows that it helped.',
    control: 'choice',
    choices: [
      { value: 'now', label: 'In this run, after you confirm the step' },
      { value: 'later', label: 'Later: I reboot and check again then' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

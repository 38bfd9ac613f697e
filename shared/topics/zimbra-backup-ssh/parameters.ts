/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  host: field(
    z
      .string()
      .trim()
      .max(200)
      .regex(/^(?:[A-Za-z0-9][A-Za-z0-9.-]*)?$/, 'Give a host name such as mail.example.com')
      .default(''),
    {
      label: 'Zimbra’s name of this server',
      help: 'As "zmhostname" says it. Mailboxd logs in there by SSH. The check fills it in. Leave it empty to ask zmhostname.',
      control: 'text',
      example: 'mail.example.com',
    },
  ),
  port: field(z.coerce.number().int().min(1, 'At least 1').max(65535, 'At most 65535').default(22), {
    label: 'SSH port',
    help: 'zimbraRemoteManagementPort. The check fills it in.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

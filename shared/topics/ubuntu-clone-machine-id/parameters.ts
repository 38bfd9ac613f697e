/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  original: field(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^(?:|[0-9a-f]{12})$/, 'Give 12 hexadecimal digits, as the check on the original shows them, or leave it empty')
      .default(''),
    {
      label: 'Fingerprint of the original’s id',
      help: 'Check the original with this procedure: its “Fingerprint” goes here. The id itself is confidential, and is not shown. Leave it empty if the original cannot be reached.',
      control: 'text',
      example: '3f0c5a9e17b2',
    },
  ),
  dbus: field(z.enum(['link', 'copy', 'none']).default('link'), {
    label: 'D-Bus’s id',
    help: '/var/lib/dbus/machine-id. If it is a copy, the old id would come back from it. The check fills it in.',
    control: 'choice',
    choices: [
      { value: 'link', label: 'A link to /etc/machine-id' },
      { value: 'copy', label: 'A copy: it is replaced too' },
      { value: 'none', label: 'There is none' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

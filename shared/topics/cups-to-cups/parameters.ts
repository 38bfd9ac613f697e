/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  queue: field(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}$/, 'Give the name of a queue, as "lpstat -v" shows it'), {
    label: 'Queue on the client',
    help: 'The one that prints on the server’s queue. The check proposes it if there is only one.',
    control: 'text',
  }),
  way: field(z.enum(['lines', 'everywhere']).default('lines'), {
    label: 'What to do',
    help: 'The lines keep the options of the printer’s own driver. IPP Everywhere needs no driver on the client, and has the standard options only.',
    control: 'choice',
    choices: [
      { value: 'lines', label: 'Add pass-through lines to the client’s PPD' },
      { value: 'everywhere', label: 'Make the client’s queue an IPP Everywhere queue (CUPS 2.2 and newer)' },
    ],
  }),
  pages: field(z.coerce.number().int().min(2, 'At least 2: one page proves nothing').max(20, 'At most 20').default(2), {
    label: 'Pages of the test job',
    help: 'They are printed on paper.',
    control: 'text',
  }),
  conf: field(absolutePath.default('/etc/cups/cupsd.conf'), { label: 'Server: configuration', help: 'cupsd.conf of the print server.', control: 'text' }),
  log: field(absolutePath.default('/var/log/cups/page_log'), { label: 'Server: page log', help: 'PageLog in its cups-files.conf.', control: 'text' }),
  unit: field(
    z
      .string()
      .regex(/^[A-Za-z0-9@_.-]+\.service$/, 'Give a unit such as cups.service')
      .default('cups.service'),
    {
      label: 'Server: unit',
      help: 'What systemd starts there. Red Hat and Debian call it cups.service.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

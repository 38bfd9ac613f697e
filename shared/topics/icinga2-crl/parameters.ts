/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

const nodeLine = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}(?:=[A-Za-z0-9][A-Za-z0-9.:-]{0,200})?$/;
const lines = (text: string) => text.split(/\s+/).filter(Boolean);
const hostName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/;

export const parameters = z.object({
  task: field(z.enum(['revoke', 'restore']).default('revoke'), {
    label: 'Task',
    help: 'Run the procedure with the same nodes again to renew the CRL before it ends.',
    control: 'choice',
    choices: [
      { value: 'revoke', label: 'Revoke the certificates of nodes' },
      { value: 'restore', label: 'Accept revoked nodes again' },
    ],
  }),
  nodes: field(
    z
      .string()
      .max(8000)
      .refine((text) => lines(text).length > 0, 'Name at least one node')
      .refine((text) => lines(text).every((line) => nodeLine.test(line)), 'Give one node a line: its name, or NAME=ADDRESS')
      .refine((text) => new Set(lines(text).map((line) => line.split('=')[0])).size === lines(text).length, 'Name each node once'),
    {
      label: 'Nodes',
      help: 'Names as in their certificates, one a line. If a node is reached at another address, NAME=ADDRESS.',
      control: 'lines',
      example: 'sat1.example.com',
    },
  ),
  days: field(z.coerce.number().int().min(30, 'At least 30').max(5000, 'At most 5000').default(365), {
    label: 'Days the CRL is good for',
    help: 'When they are over, every node is refused. The reminder comes before that.',
    control: 'text',
    when: { task: 'revoke' },
  }),
  remind: field(z.coerce.number().int().min(7, 'At least 7').max(365, 'At most 365').default(60), {
    label: 'Days before that to remind',
    help: 'From then on a service fails every day, and its log says why. The CRL is good for longer than that.',
    control: 'text',
    when: { task: 'revoke' },
  }),
  api: field(absolutePath.default('/etc/icinga2/features-enabled/api.conf'), {
    label: 'Configuration of the API',
    help: 'It has the object ApiListener.',
    control: 'text',
    when: { task: 'revoke' },
  }),
  satellites: field(
    z
      .string()
      .max(4000)
      .refine((text) => lines(text).every((name) => hostName.test(name)), 'Give one host a line')
      .default(''),
    {
      label: 'Other masters and satellites',
      help: 'Each that is to refuse the nodes needs its own copy of the CRL: the last step has the lines for it. One host a line.',
      control: 'lines',
      example: 'satellite1.example.com',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;
export const nodesOf = ({ nodes }: Parameters): { name: string; host: string }[] =>
  lines(nodes).map((line) => {
    const [name = '', host = name] = line.split('=');
    return { name, host };
  });
export const satellitesOf = ({ satellites }: Parameters): string[] => lines(satellites);

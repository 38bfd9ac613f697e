/** Which nodes will be in the loop, in the order of the cables. */
import { z } from 'zod';
import { field, multimodeFibres } from '../../topic-kit/index.ts';
import { parseNodes } from './ring.ts';

const reasonOf = (text: string): string | null => {
  try {
    parseNodes(text);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

export const parameters = z.object({
  nodes: field(
    z
      .string()
      .max(10_000)
      .superRefine((text, context) => {
        const reason = reasonOf(text);
        if (reason !== null) context.addIssue({ code: 'custom', message: reason });
      }),
    {
      label: 'Nodes, in the order of the cables',
      help: '2 to 126, one a line: a name; if it is not 4 Gbit/s also its speed, and the length of the cable to the next node if it is not 3 m. “server1 8G 5m”.',
      control: 'lines',
      example: 'array-B1 8G 5m',
    },
  ),
  fibre: field(z.enum(multimodeFibres).default('om3'), {
    label: 'Fibre',
    help: 'All cables of a loop are of one kind. It is printed on the jacket.',
    control: 'choice',
    choices: [
      { value: 'om1', label: 'OM1, 62.5 µm' },
      { value: 'om2', label: 'OM2, 50 µm' },
      { value: 'om3', label: 'OM3, 50 µm' },
      { value: 'om4', label: 'OM4, 50 µm' },
    ],
  }),
  port: field(
    z
      .union([
        z.literal(''),
        z
          .string()
          .trim()
          .regex(/^host\d{1,4}$/, 'Give a port such as host4'),
      ])
      .default(''),
    {
      label: 'This server’s loop port',
      help: 'Its name in /sys/class/fc_host. Empty: each port that does not go to the switch. The check proposes it.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

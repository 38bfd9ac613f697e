/** What is asked of the admin: the list of lines that are wanted, and how the box restarts its targets. */
import { z } from 'zod';
import { absolutePath, field, type ParameterIssue } from '../../topic-kit/index.ts';
import { parseWanted } from './wanted.ts';

const reasonOf = (text: string): string | null => {
  try {
    const count = parseWanted(text).length;
    return count > 100 ? 'Give 100 lines at most' : null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

export const parameters = z.object({
  wanted: field(
    z
      .string()
      .max(20_000)
      .regex(/^[\x20-\x7e\u00a0-\ud7ff\uf900-\ufffd\t\r\n]*$/, 'Use printable characters')
      .superRefine((text, context) => {
        const reason = reasonOf(text);
        if (reason !== null) context.addIssue({ code: 'custom', message: reason });
      })
      .default(''),
    {
      label: 'Lines that are wanted',
      help: 'For each target its line "Target NAME", then the lines of its initiators exactly as in the file. Keep this list: the run’s record has it, too. No passwords.',
      control: 'lines',
    },
  ),
  file: field(absolutePath.default('/etc/ietd.conf'), { label: 'Configuration', help: 'On ReadyNAS with RAIDiator 4.2 it is this one.', control: 'text' }),
  restart: field(z.enum(['later', 'now']).default('later'), {
    label: 'Restart of the targets',
    help: 'The target reads its file only when it starts. A restart cuts off every initiator.',
    control: 'choice',
    choices: [
      { value: 'later', label: 'Later: I unmount the volumes, and restart it' },
      { value: 'now', label: 'In this run, if no initiator is logged in' },
    ],
  }),
  service: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,40}$/, 'Give the name of a script in /etc/init.d')
      .default('iscsitarget'),
    { label: 'Init script', help: 'Its name in /etc/init.d. The check fills it in.', control: 'text', when: { restart: 'now' } },
  ),
});
/** Only the check can do without a list. */
export function misfit({ wanted }: z.output<typeof parameters>): ParameterIssue | null {
  return parseWanted(wanted).length > 0
    ? null
    : {
        field: 'wanted',
        message: 'There is no list of wanted lines.',
        next: 'Give one target with one line at least. The check fills in what the box has now.',
      };
}

export type Parameters = z.output<typeof parameters>;

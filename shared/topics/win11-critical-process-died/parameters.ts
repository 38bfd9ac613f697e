/** The form: the way to the Windows that does not start. */
import { z } from 'zod';
import { field, type ParameterIssue } from '../../topic-kit/index.ts';

export const parameters = z.object({
  way: field(z.enum(['recovery', 'linux']).default('recovery'), {
    label: 'How it is reached',
    help: 'In Windows’ recovery environment you type the lines and bring back the output. A Linux rescue system only needs the Windows volume mounted.',
    control: 'choice',
    choices: [
      { value: 'recovery', label: 'Windows’ recovery environment, by hand' },
      { value: 'linux', label: 'A Linux rescue system' },
    ],
  }),
  drive: field(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^([A-WYZ]:?)?$/, 'Give one letter such as D, or nothing. X is the recovery environment itself')
      .transform((text) => text.replace(':', ''))
      .default(''),
    {
      label: 'Drive letter',
      help: 'Leave it empty: Every letter is searched for Windows, as letters differ in the recovery environment. Name one where two are found.',
      control: 'text',
      when: { way: 'recovery' },
    },
  ),
  volume: field(
    z
      .string()
      .trim()
      .regex(/^(\/[A-Za-z0-9_.@+-]+)+$/, 'Give an absolute path of letters, digits, "_", "-", "+", "@" and ".", without "/" at its end')
      .default('/mnt/windows'),
    {
      label: 'Windows volume',
      help: 'The folder where the rescue system has it mounted for writing, as "findmnt" names it.',
      control: 'text',
      when: { way: 'linux' },
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

/** What is typed in Windows needs hands; what is done from Linux needs a shell there. */
export function misfit({ way }: Parameters, { kind }: { kind: string }): ParameterIssue | null {
  if (way === 'recovery' && kind !== 'hand')
    return {
      field: 'way',
      message: 'Wrenchbook does not reach Windows’ recovery environment.',
      next: 'Choose "By hand" as the target, or the path over a Linux rescue system.',
    };
  if (way === 'linux' && kind === 'hand')
    return {
      field: 'way',
      message: 'From a Linux rescue system the steps are run by Wrenchbook.',
      next: 'Choose the rescue system as the target (this machine, or over SSH), or the path by hand.',
    };
  return null;
}

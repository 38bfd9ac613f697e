/** Which drives are asked, and which rows of the table are shown. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';
import { filtered } from './drive-table.ts';

const month = (label: string, help: string) =>
  field(
    z
      .union([
        z.literal(''),
        z
          .string()
          .trim()
          .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, 'Give year and month, such as 2014-06'),
      ])
      .default(''),
    { label, help, control: 'text' },
  );

export const parameters = z.object({
  drives: field(
    z
      .string()
      .trim()
      .max(200)
      .refine(
        (text) => text.split(' ').every((name) => name === '' || /^(?:\/dev\/)?[a-z][a-z0-9]+$/.test(name)),
        'Give names such as "sda nvme0n1", or leave it empty',
      )
      .transform((text) => text.replaceAll('/dev/', ''))
      .default(''),
    { label: 'Drives to ask', help: 'Names such as "sda nvme0n1". Empty: every SATA, SAS and NVMe drive of the machine.', control: 'text' },
  ),
  text: field(z.string().trim().max(40).default(''), {
    label: 'Table: name contains',
    help: 'Part of a drive’s name or note, such as Crucial.',
    control: 'text',
  }),
  support: field(z.enum(['all', 'opal', 'edrive', 'none']).default('all'), {
    label: 'Table: which drives',
    help: 'What the source says of them.',
    control: 'choice',
    choices: [
      { value: 'all', label: 'All' },
      { value: 'opal', label: 'With TCG Opal' },
      { value: 'edrive', label: 'With Opal and IEEE-1667, as BitLocker eDrive needs' },
      { value: 'none', label: 'Without' },
    ],
  }),
  from: month('Table: entries from', 'Year and month, such as 2014-06. Empty: from the first.'),
  to: month('Table: entries up to', 'Year and month. Empty: to the last.'),
  promised: field(z.boolean().default(true), { label: 'Table: also what was only announced or promised', help: 'Not all of it came.', control: 'switch' }),
});
export type Parameters = z.output<typeof parameters>;
export const rowsOf = (values: Parameters) => filtered(values);

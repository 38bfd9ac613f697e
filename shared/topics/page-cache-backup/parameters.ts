/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const properties = ['MemoryHigh', 'MemoryLimit'] as const;
export const parameters = z.object({
  unit: field(
    z
      .string()
      .trim()
      .max(120)
      .regex(/^[A-Za-z0-9][A-Za-z0-9:_.@-]*\.service$/, 'Give the name of a service, such as backup.service')
      .default('backup.service'),
    { label: 'Unit', help: 'The systemd service that runs the backup.', control: 'text' },
  ),
  sample: field(absolutePath.default('/srv/backup/disk.img'), {
    label: 'Large file',
    help: 'A file of 64 MiB to 8 GiB that the backup reads and that nobody else needs now. The run reads it several times and drops it from the cache.',
    control: 'text',
  }),
  mib: field(z.coerce.number().int().min(64, 'At least 64 MiB: the backup itself needs memory too').max(65_536, 'At most 65536 MiB').default(256), {
    label: 'Memory for the backup, in MiB',
    help: 'Its processes and its part of the page cache. Choose what its processes need, and 100 MiB more.',
    control: 'text',
  }),
  property: field(z.enum(properties).default('MemoryHigh'), {
    label: 'Setting',
    help: 'What this system can limit with. The check fills it in.',
    control: 'choice',
    choices: [
      { value: 'MemoryHigh', label: 'MemoryHigh: control groups of version 2' },
      { value: 'MemoryLimit', label: 'MemoryLimit: control groups of version 1' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;
export const bytesOf = ({ mib }: Pick<Parameters, 'mib'>) => mib * 1_048_576;

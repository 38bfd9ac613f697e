/** The form: the disk, and what differs from one iBook to the next. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';
import { leastGb } from './plan.ts';

const volume = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,26}$/;

export const parameters = z.object({
  diskGb: field(
    z.coerce
      .number('Give the size as a number, such as 40')
      .min(leastGb, `At least ${leastGb}: three systems and an installer do not fit on less`)
      .max(2000, 'At most 2000')
      .default(40),
    {
      label: 'Disk, in GB',
      help: 'As on its label: GB of 1,000,000,000 bytes. Of a disk over 137 GB, only the first 137 GB are used: the iBook and Mac OS 9 see no more.',
      control: 'text',
    },
  ),
  diskModel: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{2,39}$/, 'Give the model as Disk Utility shows it, such as TOSHIBA MK4025GAS')
      .default('TOSHIBA MK4025GAS'),
    { label: 'Disk’s model', help: 'As Disk Utility shows it beside the icon of the internal disk. You type it before the disk is erased.', control: 'text' },
  ),
  linuxPercent: field(z.coerce.number().int('Give a whole number').min(0, 'At least 0').max(100, 'At most 100').default(38), {
    label: 'Debian’s share, in %',
    help: 'Of what is left once each partition has the least it needs. The rest goes to Macintosh HD.',
    control: 'text',
  }),
  usb: field(
    z
      .string()
      .trim()
      .regex(volume, 'Give the name as the Finder shows it, in letters, digits, spaces, dots and dashes')
      .refine(
        (name) => !['linux-boot', 'linux-swap', 'linux', 'macintosh hd', 'install'].includes(name.toLowerCase()),
        'A partition of the iBook has that name',
      )
      .default('USB'),
    { label: 'USB disk’s volume', help: 'It carries the image of the 10.4 DVD, and is only read on the iBook.', control: 'text' },
  ),
  os9From: field(z.enum(['cd', 'netboot']).default('cd'), {
    label: 'Mac OS 9.2.2 comes from',
    help: 'Apple’s NetBoot image asks for a name and a password, which is turned off afterwards. A CD is needed for Drive Setup anyway.',
    control: 'choice',
    choices: [
      { value: 'cd', label: 'a CD, or an image of one' },
      { value: 'netboot', label: 'Apple’s NetBoot image' },
    ],
  }),
  linuxDisk: field(z.enum(['/dev/hda', '/dev/sda']).default('/dev/hda'), {
    label: 'Disk’s name in Debian',
    help: 'Type lsblk there. Newer kernels call an IDE disk sda.',
    control: 'choice',
    choices: [
      { value: '/dev/hda', label: '/dev/hda' },
      { value: '/dev/sda', label: '/dev/sda' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

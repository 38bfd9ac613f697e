/** What is asked of the admin: addresses, disks, volumes, and two new passwords that are written nowhere. */
import { z } from 'zod';
import { field, type ParameterIssue, secretField } from '../../topic-kit/index.ts';
import { levels, usableBytes, whyNotDisks } from './capacity.ts';
import { parseVolumes } from './volumes.ts';

const address = (label: string, help: string, example: string) =>
  field(
    z
      .string()
      .trim()
      .refine(
        (text) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255),
        'Give an IPv4 address such as 10.1.1.11',
      ),
    { label, help, control: 'text', example },
  );
const password = z
  .string()
  .min(8, 'Give 8 characters at least')
  .max(32, 'Give 32 characters at most')
  .regex(/^[A-Za-z0-9!#$%&()*+./:=?@^_~-]*$/, 'Use letters, digits and simple signs; the array refuses quotes, commas and blanks')
  .refine((text) => !/^!?(?:manage|admin|monitor|ftp)$/i.test(text), 'This is a default password');

const reasonOf = (text: string): string | null => {
  try {
    parseVolumes(text);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

export const parameters = z.object({
  ipA: address('New address of controller A', 'Fixed: a change by DHCP in the middle makes the firmware update fail.', '10.1.1.11'),
  ipB: address('New address of controller B', 'Another one.', '10.1.1.12'),
  netmask: address('Netmask', 'Of both.', '255.255.255.0'),
  gateway: address('Gateway', 'Of both.', '10.1.1.1'),
  managePassword: secretField({ label: 'New password of manage', help: 'The administrator that everybody knows of; its default is !manage.' }, password),
  adminPassword: secretField(
    { label: 'New password of admin', help: 'The hidden account, not listed by "show users"; its default is !admin (CVE-2010-4115).' },
    password,
  ),
  level: field(z.enum(levels).default('raid5'), {
    label: 'RAID level',
    help: 'With large disks a second one may fail while the array rebuilds: then RAID 6.',
    control: 'choice',
    choices: [
      { value: 'raid1', label: 'RAID 1: two disks' },
      { value: 'raid5', label: 'RAID 5: one disk may fail' },
      { value: 'raid6', label: 'RAID 6: two disks may fail' },
      { value: 'raid10', label: 'RAID 10: one of each pair may fail' },
    ],
  }),
  disks: field(z.coerce.number().int().min(2).max(11).default(4), { label: 'Disks', help: 'From slot 1.1 on.', control: 'text' }),
  terabytes: field(z.coerce.number().min(0.1).max(8).default(2), {
    label: 'Size of one disk in TB',
    help: 'As it is sold: base 10. Of different ones the smallest.',
    control: 'text',
  }),
  spare: field(z.boolean().default(true), { label: 'A global spare in the next slot', help: 'It takes the place of a disk that fails.', control: 'switch' }),
  volumes: field(
    z
      .string()
      .max(4000)
      .superRefine((text, context) => {
        const reason = reasonOf(text);
        if (reason !== null) context.addIssue({ code: 'custom', message: reason });
      })
      .default(''),
    {
      label: 'Volumes',
      help: 'One a line: name, size in GB, host, WWPN of the host’s HBA, LUN. "vol1 500 mini1 21000024ff000001 1". They can be made larger later, not smaller.',
      control: 'lines',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

export const sizesOf = ({ disks, terabytes }: Pick<Parameters, 'disks' | 'terabytes'>): number[] => Array.from({ length: disks }, () => terabytes * 1e12);

/** What one field alone can't tell. */
export function misfit(values: Parameters): ParameterIssue | null {
  const { ipA, ipB, level, disks, volumes } = values;
  if (ipA === ipB) return { field: 'ipB', message: 'Both controllers have the same address.', next: 'Give each its own.' };
  const why = whyNotDisks(level, disks);
  if (why) return { field: 'disks', message: `This number does not go with the level: ${why}.`, next: 'Change the number or the level.' };
  const wanted = parseVolumes(volumes).reduce((sum, { gigabytes }) => sum + gigabytes * 1e9, 0);
  return wanted > usableBytes(level, sizesOf(values))
    ? { field: 'volumes', message: 'The volumes are larger than the disks hold.', next: 'Make them smaller, or use more disks.' }
    : null;
}

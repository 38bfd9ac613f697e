/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  updater: field(absolutePath, {
    label: 'Updater',
    help: 'The file from HP, such as CP020030.scexe. It is only read, never run. A tar.gz or the TS….bin itself is accepted, too.',
    control: 'text',
    example: '/home/you/CP020030.scexe',
  }),
  folder: field(absolutePath, {
    label: 'New folder',
    help: 'The run makes it, and writes nowhere else. It must not exist yet.',
    control: 'text',
    example: '/home/you/p2000-firmware',
  }),
  depth: field(z.enum(['firmware', 'components', 'system']).default('components'), {
    label: 'How far to unpack',
    help: 'For an upload or a comparison the firmware file is enough.',
    control: 'choice',
    choices: [
      { value: 'firmware', label: 'The firmware file (TS….bin) only' },
      { value: 'components', label: 'Its components, too' },
      { value: 'system', label: 'Also the files of the Management Controller (app.squashfs)' },
    ],
  }),
  second: field(z.union([z.literal(''), absolutePath]).default(''), {
    label: 'Second file to compare with',
    help: 'A TS….bin from another vendor, such as Dot Hill. Leave it empty if you have none.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

/** MD5 of firmware files that are known to be whole. Of the source: the same from HP and from Dot Hill. */
export const known: readonly { name: string; md5: string }[] = [{ name: 'TS250R023.bin', md5: '7b267cc4178aef53f7d3487e356f8435' }];
/** More than this is not unpacked from one file, in bytes. */
export const mostBytes = 4 * 2 ** 30;

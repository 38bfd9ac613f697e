/** What is asked of the admin. The disks are not: they are read from the array. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  firmware: field(z.enum(['bios', 'uefi']).default('bios'), {
    label: 'How the machine boots',
    help: 'The check sees which it is.',
    control: 'choice',
    choices: [
      { value: 'bios', label: 'BIOS: boot code in the first sectors of each disk' },
      { value: 'uefi', label: 'UEFI: an EFI system partition on each disk' },
    ],
  }),
  grub: field(z.enum(['grub', 'grub2']).default('grub'), {
    label: 'GRUB’s programs',
    help: 'The check fills it in.',
    control: 'choice',
    choices: [
      { value: 'grub', label: 'grub-install, /boot/grub: Debian, Ubuntu, Arch, Gentoo' },
      { value: 'grub2', label: 'grub2-install, /boot/grub2: Red Hat, Fedora, SUSE' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

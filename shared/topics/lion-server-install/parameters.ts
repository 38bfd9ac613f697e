/** The form: what the volumes are called. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

const volume = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,26}$/, 'Give the name of a volume as the Finder shows it, in letters, digits, spaces, dots and dashes');

export const parameters = z
  .object({
    volumeA: field(volume.default('Macintosh HD'), {
      label: 'Volume A',
      help: 'Snow Leopard client is started from it now. It is erased in the middle, and holds the server in the end.',
      control: 'text',
    }),
    volumeB: field(volume.default('Helper'), {
      label: 'Volume B',
      help: 'A second volume of 20 GB or more that may be erased. It is needed in between only.',
      control: 'text',
    }),
    oldServer: field(volume.default('Old Server'), {
      label: 'The old server’s volume',
      help: 'The volume of the Snow Leopard server whose users and data move over. It is read only.',
      control: 'text',
    }),
  })
  .superRefine(({ volumeA, volumeB, oldServer }, context) => {
    const names = [volumeA, volumeB, oldServer].map((name) => name.toLowerCase());
    if (new Set(names).size < 3)
      context.addIssue({
        code: 'custom',
        path: ['volumeB'],
        message: 'Two volumes have the same name. Rename one in the Finder: the name is all that tells them apart here',
      });
  });
export type Parameters = z.output<typeof parameters>;

/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  pkg: field(z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/, 'Give the name of a package, such as python3-tornado'), {
    label: 'Package',
    help: 'The one that apt cannot get. Apt names it in the line before the error.',
    control: 'text',
  }),
  way: field(z.enum(['remove', 'expire', 'bypass']).default('remove'), {
    label: 'What to do',
    help: 'Removing or expiring helps all clients of the proxy. Bypassing helps this one only.',
    control: 'choice',
    choices: [
      { value: 'remove', label: 'Remove the wrong copy on the proxy' },
      { value: 'expire', label: 'Expire it on the proxy’s web page' },
      { value: 'bypass', label: 'Bypass the proxy once' },
    ],
  }),
  cache: field(absolutePath.default('/var/cache/apt-cacher-ng'), {
    label: 'Cache folder',
    help: 'On the proxy: CacheDir in /etc/apt-cacher-ng/acng.conf.',
    control: 'text',
    when: { way: 'remove' },
  }),
  proxy: field(
    z
      .string()
      .regex(/^(?:http:\/\/[A-Za-z0-9.[\]:-]+\/?)?$/, 'Give an address such as http://proxy:3142')
      .default(''),
    {
      label: 'Address of the proxy',
      help: 'Leave it empty: apt knows it. Needed if an auto-detect program gives it to apt.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

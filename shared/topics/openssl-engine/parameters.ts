/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  kind: field(z.enum(['engine', 'provider']).default('engine'), {
    label: 'What is to be made',
    help: 'Engines are deprecated since OpenSSL 3.0 and gone in 4.0. The check proposes what this system can build.',
    control: 'choice',
    choices: [
      { value: 'engine', label: 'An engine: OpenSSL 1.0 to 3.x' },
      { value: 'provider', label: 'A provider: OpenSSL 3.0 and newer' },
    ],
  }),
  name: field(
    z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9]{1,30}$/, 'Give small letters and digits, such as simple')
      .refine((name) => !['default', 'dynamic', 'legacy', 'base', 'fips', 'null'].includes(name), 'OpenSSL has something of this name already')
      .default('simple'),
    { label: 'Id', help: 'How OpenSSL calls it. Its files have this name too.', control: 'text' },
  ),
  folder: field(absolutePath, {
    label: 'Folder',
    help: 'A folder of yours. The files of this procedure go there, and nowhere else.',
    control: 'text',
    example: '/home/you/engine',
  }),
});
export type Parameters = z.output<typeof parameters>;
export const titleOf = ({ name, kind }: Parameters) => `${name.charAt(0).toUpperCase()}${name.slice(1)} ${kind}`;
export const pathsOf = ({ folder, name }: Parameters) => ({ source: `${folder}/${name}.c`, config: `${folder}/openssl.cnf`, library: `${folder}/${name}.so` });

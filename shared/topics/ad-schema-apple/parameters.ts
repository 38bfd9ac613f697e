/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

const className = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
const names = (text: string) => text.split(/[\s,]+/).filter(Boolean);
const classes = z
  .string()
  .max(4000)
  .refine((text) => names(text).every((name) => className.test(name)), 'Give names of classes, one a line');

export const parameters = z.object({
  dc: field(z.enum(['samba', 'windows']).default('samba'), {
    label: 'Domain controller',
    help: 'The one with the role of schema master.',
    control: 'choice',
    choices: [
      { value: 'samba', label: 'Samba: it is the target, and the file is imported there' },
      { value: 'windows', label: 'Windows: the file is repaired on the target, and ldifde is typed on Windows' },
    ],
  }),
  task: field(z.enum(['import', 'broken']).default('import'), {
    label: 'The class',
    help: 'On Samba the check finds out which it is.',
    control: 'choice',
    choices: [
      { value: 'import', label: 'Is not in the schema yet' },
      { value: 'broken', label: 'Is in the schema, with category 0' },
    ],
  }),
  base: field(
    z
      .string()
      .trim()
      .max(250)
      .regex(/^DC=[A-Za-z0-9-]+(?:,DC=[A-Za-z0-9-]+)*$/i, 'Give the root of the forest such as DC=example,DC=com')
      .refine((base) => base.toLowerCase() !== 'dc=x', 'DC=X is the placeholder of the file. Give the root of the forest'),
    {
      label: 'Root of the forest',
      help: 'The schema belongs to the whole forest. It takes the place of dc=X in the file.',
      control: 'text',
      example: 'DC=example,DC=com',
    },
  ),
  ldif: field(absolutePath.default('/root/apple.ldf'), {
    label: 'LDIF file',
    help: 'What ADSchemaAnalyzer has written, in UTF-8, on the target. It is repaired in place, with a backup.',
    control: 'text',
  }),
  structural: field(classes.default('apple-computer-list'), {
    label: 'Classes of objects',
    help: 'Classes with category 0 that become 1, structural: objects of them can be created. One a line.',
    control: 'lines',
  }),
  auxiliary: field(classes.default(''), {
    label: 'Classes that extend others',
    help: 'Classes with category 0 that become 3, auxiliary: they add attributes to users, groups or computers. One a line.',
    control: 'lines',
    example: 'apple-user',
  }),
  database: field(absolutePath.default('/var/lib/samba/private/sam.ldb'), {
    label: 'Samba’s database',
    help: 'A Samba that was built by hand has it in /usr/local/samba/private.',
    control: 'text',
    when: { dc: 'samba' },
  }),
  backups: field(absolutePath.default('/var/backups'), {
    label: 'Folder for the backup',
    help: 'Samba’s own backup of the whole domain goes there. It holds the password hashes of all accounts.',
    control: 'text',
    when: { dc: 'samba' },
  }),
  server: field(
    z
      .string()
      .trim()
      .max(200)
      .regex(/^(?:ldaps?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?)?$/, 'Give an address such as ldap://dc1.example.com')
      .default(''),
    {
      label: 'Windows domain controller',
      help: 'The schema is read back from there. Leave it empty to look at it there yourself.',
      control: 'text',
      example: 'ldap://dc1.example.com',
      when: { dc: 'windows' },
    },
  ),
  account: field(
    z
      .string()
      .trim()
      .max(200)
      .regex(/^(?:[A-Za-z0-9._@-]+(?:\\[A-Za-z0-9._-]+)?)?$/, 'Give an account such as administrator@example.com')
      .default(''),
    {
      label: 'Account for reading',
      help: 'Any account of the domain may read the schema. Its password is asked for. Leave it empty to use the Kerberos ticket that kinit has got.',
      control: 'text',
      example: 'administrator@example.com',
      when: { dc: 'windows' },
    },
  ),
});
export type Parameters = z.output<typeof parameters>;
export const structuralOf = ({ structural }: Parameters): string[] => names(structural);
export const auxiliaryOf = ({ auxiliary }: Parameters): string[] => names(auxiliary);
/** The class that the trouble is about: the first of the structural ones. */
export const mainClass = (values: Parameters): string => structuralOf(values)[0] ?? 'apple-computer-list';
/** With its domain: a machine outside of it would take its own name for that. */
export const accountOf = ({ account, base }: Parameters): string =>
  /[@\\]/.test(account) ? account : `${account}@${base.replace(/^DC=/i, '').replace(/,DC=/gi, '.')}`;

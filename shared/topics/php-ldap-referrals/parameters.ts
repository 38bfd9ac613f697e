/** What is asked of the admin: what is to be changed, and a search that shows the trouble. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

const printable = /^[\x20-\x7e\u00a0-\ud7ff\uf900-\ufffd]*$/;

export const parameters = z.object({
  way: field(z.enum(['code', 'roundcube', 'system', 'follow']).default('code'), {
    label: 'Where to change it',
    help: 'The code is the safest place: only these programs change. ldap.conf changes every program on this server that uses OpenLDAP.',
    control: 'choice',
    choices: [
      { value: 'code', label: 'In the PHP code: LDAP_OPT_REFERRALS off after each ldap_connect' },
      { value: 'roundcube', label: 'In Roundcube’s configuration: referrals => false for each address book' },
      { value: 'system', label: 'In ldap.conf: REFERRALS off, for code that must not be changed' },
      { value: 'follow', label: 'Follow referrals properly: a card with the code for a rebind callback' },
    ],
  }),
  folder: field(absolutePath.default('/var/www'), {
    label: 'Folder of the PHP code',
    help: 'All PHP files in it and below are searched for ldap_connect. Folders named vendor are left out.',
    control: 'text',
    when: { way: 'code' },
  }),
  roundcube: field(absolutePath.default('/etc/roundcube/config.inc.php'), {
    label: 'Roundcube’s configuration',
    help: 'Before Roundcube 1.0 it was called main.inc.php.',
    control: 'text',
    when: { way: 'roundcube' },
  }),
  ldapConf: field(z.enum(['/etc/ldap/ldap.conf', '/etc/openldap/ldap.conf']).default('/etc/ldap/ldap.conf'), {
    label: 'ldap.conf',
    help: 'Where this system has it.',
    control: 'choice',
    choices: [
      { value: '/etc/ldap/ldap.conf', label: '/etc/ldap/ldap.conf: Debian, Ubuntu' },
      { value: '/etc/openldap/ldap.conf', label: '/etc/openldap/ldap.conf: Red Hat, Fedora, SUSE, macOS' },
    ],
    when: { way: 'system' },
  }),
  service: field(
    z
      .string()
      .trim()
      .max(80)
      .regex(/^(?:[A-Za-z0-9@_.-]+\.service)?$/, 'Give a unit such as php8.2-fpm.service')
      .default(''),
    {
      label: 'Service that runs PHP',
      help: 'It is reloaded after the change, so that it reads the files again. The check fills it in. Leave it empty to reload it yourself.',
      control: 'text',
    },
  ),
  uri: field(
    z
      .string()
      .trim()
      .max(200)
      .regex(/^ldaps?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/, 'Give an address such as ldaps://dc1.example.org'),
    { label: 'LDAP server', help: 'As the program has it. The search is tried there.', control: 'text', example: 'ldaps://dc1.example.org' },
  ),
  base: field(z.string().trim().min(1, 'Give the base of the search').max(400).regex(printable, 'Use printable characters'), {
    label: 'Search base',
    help: 'As the program has it. The trouble shows at the root of the domain only.',
    control: 'text',
    example: 'DC=example,DC=org',
  }),
  filter: field(
    z
      .string()
      .trim()
      .max(400)
      .regex(/^\(.*\)$/, 'Put it in brackets')
      .regex(printable, 'Use printable characters')
      .default('(sAMAccountName=krbtgt)'),
    { label: 'Filter', help: 'It must find at least one entry. In any Active Directory there is an account krbtgt.', control: 'text' },
  ),
  user: field(z.string().trim().max(400).regex(printable, 'Use printable characters').default(''), {
    label: 'Log in as',
    help: 'A DN or user@domain. The password is asked for when the search runs, and is written nowhere. Active Directory finds nothing without an account.',
    control: 'text',
  }),
  seconds: field(z.coerce.number().int().min(3, 'At least 3').max(120, 'At most 120').default(10), {
    label: 'Seconds to wait',
    help: 'A search that takes longer counts as hanging. The page is given twice as long.',
    control: 'text',
  }),
  page: field(
    z
      .string()
      .trim()
      .max(400)
      .regex(/^(?:https?:\/\/[A-Za-z0-9.[\]:_-]+(?:\/[A-Za-z0-9._~%/+=@?&-]*)?)?$/, 'Give an address such as https://intern.example.org/login.php')
      .default(''),
    { label: 'Page that hangs', help: 'Requested before and after, if it hangs without a login. Leave it empty to try the program yourself.', control: 'text' },
  ),
});
export type Parameters = z.output<typeof parameters>;

/** The form: which Apache, and how it is measured. */
import { z } from 'zod';
import { field, file, type Script, sh } from '../../topic-kit/index.ts';

const absolute = z
  .string()
  .trim()
  .max(200)
  .regex(/^\/[A-Za-z0-9_./@+ -]*[A-Za-z0-9_@+-]$/, 'Give an absolute path');

export const parameters = z.object({
  system: field(z.enum(['debian', 'os-x-server']).default('debian'), {
    label: 'Apache of',
    help: 'Where its configuration is and how it is restarted.',
    control: 'choice',
    choices: [
      { value: 'debian', label: 'Debian or Ubuntu: /etc/apache2, apachectl' },
      { value: 'os-x-server', label: 'OS X Server 5: /Library/Server/Web/Config/apache2, serveradmin' },
    ],
  }),
  folder: field(z.union([z.literal(''), absolute]).default(''), {
    label: 'Folder of the configuration',
    help: 'Only where it is another one. All *.conf in it and below it are looked at.',
    control: 'text',
  }),
  userFile: field(z.union([z.literal(''), absolute]).default(''), {
    label: 'Passwords for Basic',
    help: 'A file made with htpasswd. Needed where a section takes Digest’s passwords from a file (AuthUserFile): Basic can’t read those. All sections that are changed get the same users.',
    control: 'text',
  }),
  status: field(
    z
      .string()
      .trim()
      .regex(
        /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?\/server-status$/,
        'Give its address on the server itself, such as http://localhost/server-status',
      )
      .default('http://localhost/server-status'),
    {
      label: 'Status page',
      help: 'Its address on the server itself. It refuses what comes from other machines, and what a proxy says it passed on.',
      control: 'text',
    },
  ),
  every: field(z.coerce.number().int().min(1, 'At least 1').max(60, 'At most 60').default(3), {
    label: 'Seconds between two looks',
    help: 'The scoreboard is read five times, before and after, while traffic hits the sites.',
    control: 'text',
  }),
  backtrace: field(z.enum(['no', 'yes']).default('no'), {
    label: 'Backtrace of a stuck child',
    help: 'A debugger shows where one child hangs. It needs gdb or lldb there.',
    control: 'choice',
    choices: [
      { value: 'no', label: 'No' },
      { value: 'yes', label: 'Yes, of one of them' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

export interface Variant {
  folder: string;
  /** Added, and read by Apache without any other change. */
  include: string;
  statusModule: string;
  errorLog: string;
  configTest: Script;
  /** Children that are at work end first. */
  graceful: Script;
  /** Ends all children, stuck ones too. */
  restart: Script;
  /** Digest’s own module, where it is not loaded by a *.conf: listed only where it is switched on. */
  findsToo: Script;
  debug(pid: Script): Script;
}

export function variantOf({ system, folder: named }: Pick<Parameters, 'system' | 'folder'>): Variant {
  if (system === 'debian') {
    const folder = named || '/etc/apache2';
    return {
      folder,
      include: `${folder}/conf-enabled/wrenchbook-status.conf`,
      statusModule: '/usr/lib/apache2/modules/mod_status.so',
      errorLog: '/var/log/apache2/error.log',
      configTest: sh`apachectl configtest`,
      graceful: sh`apachectl graceful`,
      restart: sh`apachectl restart`,
      findsToo: sh`if [ -e ${file(`${folder}/mods-enabled/auth_digest.load`)} ]; then grep -l '^[[:space:]]*LoadModule' ${file(`${folder}/mods-available/auth_digest.load`)}; fi`,
      debug: (pid) => sh`gdb -p "${pid}" -batch -ex bt < /dev/null`,
    };
  }
  const folder = named || '/Library/Server/Web/Config/apache2';
  const main = file(`${folder}/httpd_server_app.conf`);
  return {
    folder,
    include: `${folder}/other/wrenchbook-status.conf`,
    statusModule: 'libexec/apache2/mod_status.so',
    errorLog: '/var/log/apache2/error_log',
    configTest: sh`httpd -t -D WEBSERVICE_ON -f ${main}`,
    graceful: sh`serveradmin stop web && serveradmin start web`,
    restart: sh`serveradmin stop web && serveradmin start web`,
    findsToo: sh`:`,
    debug: (pid) => sh`lldb -p "${pid}" --batch -o bt < /dev/null`,
  };
}

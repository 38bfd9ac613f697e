/** The form: which Apache, and how it is measured. */
import { z } from 'zod';
import { field, file, type Script, sh } from '../../topic-kit/index.ts';

const absolute = z
  .string()
  .trim()
  .max(200)
  .regex(/^\/[A-Za-z0-9_./@+ -]*[A-Za-z0-9_@+-]$/, 'Give an absolute path');

export const parameters = z.object({
  system: field(z.enum(['debian', 'rhel', 'os-x-server']).default('debian'), {
    label: 'Apache of',
    help: 'Where its configuration is and how it is restarted.',
    control: 'choice',
    choices: [
      { value: 'debian', label: 'Debian or Ubuntu: /etc/apache2, apachectl' },
      { value: 'rhel', label: 'Red Hat, Fedora or their like: /etc/httpd, apachectl' },
      { value: 'os-x-server', label: 'OS X Server 5: /Library/Server/Web/Config/apache2, serveradmin' },
    ],
  }),
  folder: field(z.union([z.literal(''), absolute]).default(''), {
    label: 'Folder of the configuration',
    help: 'Only where it is another one. Apache itself is asked which files it reads; all *.conf files in it and below it are checked as well.',
    control: 'text',
  }),
  userFile: field(z.union([z.literal(''), absolute]).default(''), {
    label: 'Passwords for Basic',
    help: 'A file made with htpasswd. Needed where a section takes Digest’s passwords from a file (AuthUserFile): Basic can’t read those. All sections that are changed get the same users.',
    control: 'text',
  }),
  door: field(
    z
      .string()
      .trim()
      .max(400)
      .regex(/^(https?:\/\/[A-Za-z0-9.[\]:_-]+\/[A-Za-z0-9._~%/+=@-]*)?$/, 'Give an address such as http://intern.example.org/intern/')
      .default(''),
    {
      label: 'A protected address',
      help: 'Tried before and after with a user that does not exist. Those found in Apache’s configuration are tried without being named here.',
      control: 'text',
    },
  ),
  doorUser: field(
    z
      .string()
      .trim()
      .max(100)
      .regex(/^([A-Za-z0-9][A-Za-z0-9._@-]*)?$/, 'Use letters, digits and . _ @ -')
      .default(''),
    {
      label: 'A user who gets in there',
      help: 'Tried at the protected address before and after. The password is asked for then, and written nowhere.',
      control: 'text',
    },
  ),
  status: field(
    z
      .string()
      .trim()
      .regex(
        /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?\/server-status)?$/,
        'Give its address on the server itself, such as http://localhost/server-status',
      )
      .default(''),
    {
      label: 'Status page',
      help: 'Its address on the server itself, where it is not http://localhost/server-status (OS X Server: http://127.0.0.1:34580/server-status, behind the service proxy). It refuses what comes from other machines, and what a proxy says it passed on.',
      control: 'text',
    },
  ),
  every: field(z.coerce.number().int().min(1, 'At least 1').max(60, 'At most 60').default(3), {
    label: 'Seconds between readings',
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

/** On OS X Server 5 port 80 is the service proxy's; the sites are behind it. */
export const statusOf = ({ status, system }: Pick<Parameters, 'status' | 'system'>): string =>
  status || (system === 'os-x-server' ? 'http://127.0.0.1:34580/server-status' : 'http://localhost/server-status');

export interface Variant {
  folder: string;
  /** Apache with its usual arguments, and more of them, such as `-t -D DUMP_INCLUDES`. */
  asks(more: Script): Script;
  /** Where mod_info is, whether it is loaded or not. */
  infoModule: string;
  /** Reads all others. */
  mainFile: string;
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

/** Where Apple's start script finds what belongs to Server.app; httpd_server_app.conf names its modules by it. */
const serverRoot = '/Applications/Server.app/Contents/ServerRoot';

const redHat = (named: string): Variant => {
  const folder = named || '/etc/httpd';
  return {
    folder,
    asks: (more) => sh`httpd ${more}`,
    infoModule: 'modules/mod_info.so',
    mainFile: `${folder}/conf/httpd.conf`,
    include: `${folder}/conf.d/wrenchbook-status.conf`,
    statusModule: 'modules/mod_status.so',
    errorLog: '/var/log/httpd/error_log',
    configTest: sh`httpd -t`,
    graceful: sh`apachectl graceful`,
    restart: sh`apachectl restart`,
    findsToo: sh`:`,
    debug: (pid) => sh`gdb -p "${pid}" -batch -ex bt < /dev/null`,
  };
};

export function variantOf({ system, folder: named }: Pick<Parameters, 'system' | 'folder'>): Variant {
  // Named by its folder, it is that one's layout anyway.
  if (system === 'rhel' || (system === 'debian' && /\/httpd$/.test(named))) return redHat(named);
  if (system === 'debian') {
    const folder = named || '/etc/apache2';
    return {
      folder,
      asks: (more) => sh`apachectl ${more}`,
      infoModule: '/usr/lib/apache2/modules/mod_info.so',
      mainFile: `${folder}/apache2.conf`,
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
  const mainFile = `${folder}/httpd_server_app.conf`;
  const main = file(mainFile);
  // As its launchd job starts it: with this variable, and with Server.app's own httpd where that has one.
  const asks = (more: Script) =>
    sh`env SERVER_INSTALL_PATH_PREFIX=${serverRoot} PATH=${`${serverRoot}/usr/sbin`}:"$PATH" httpd ${more} -D WEBSERVICE_ON -f ${main}`;
  return {
    folder,
    asks,
    infoModule: 'libexec/apache2/mod_info.so',
    mainFile,
    include: `${folder}/other/wrenchbook-status.conf`,
    statusModule: 'libexec/apache2/mod_status.so',
    errorLog: '/var/log/apache2/error_log',
    configTest: asks(sh`-t`),
    graceful: sh`serveradmin stop web && serveradmin start web`,
    restart: sh`serveradmin stop web && serveradmin start web`,
    findsToo: sh`:`,
    debug: (pid) => sh`lldb -p "${pid}" --batch -o bt < /dev/null`,
  };
}

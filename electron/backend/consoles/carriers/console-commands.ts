/**
 * Programs that lead to a console. Their escape key is Ctrl-], where it can be chosen: no line that is typed holds a control
 * character, while ipmitool's own `~` would be acted on at the start of one.
 */
import { consoleNames } from '../../../../shared/api/console.ts';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { ConsoleCommand } from './command-carrier.ts';

/** A control character, which no line of a script may hold as it is. */
export const escapeKey = '\x1d';

/**
 * Serial over LAN of a machine's management controller. ipmitool asks for the password itself (`-a`), in the live terminal: an
 * argument or a variable could be read by others of this workstation, and a file would have to be written.
 */
export function ipmiConsole({ host, user, port }: { host: string; user: string; port?: number }): ConsoleCommand {
  checkName('host', host, consoleNames.bmcHost);
  checkName('user', user, consoleNames.bmcUser);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) refuse('port', String(port));
  const args = ['-I', 'lanplus', '-H', host, ...(port === undefined ? [] : ['-p', String(port)]), '-U', user, '-a', '-e', escapeKey, 'sol', 'activate'];
  return { program: 'ipmitool', args, package: 'ipmitool', detach: { keys: `${escapeKey}.`, atLineStart: true } };
}

/** A virtual machine of libvirt; `connection` is a libvirt URI such as `qemu+ssh://host/system`. */
export function virshConsole({ domain, connection }: { domain: string; connection?: string }): ConsoleCommand {
  checkDomain(domain);
  if (connection !== undefined) checkName('connection', connection, consoleNames.libvirtUri);
  const args = [...(connection === undefined ? [] : ['-c', connection]), '-e', '^]', 'console', domain];
  return { program: 'virsh', args, package: 'libvirt-clients', detach: { keys: escapeKey, atLineStart: false } };
}

/** A Xen guest, on its own host. */
export function xlConsole({ domain }: { domain: string }): ConsoleCommand {
  checkDomain(domain);
  return { program: 'xl', args: ['console', domain], package: 'xen-utils-common', detach: { keys: escapeKey, atLineStart: false } };
}

const checkDomain = (domain: string) => checkName('name of the virtual machine', domain, consoleNames.domain);

function checkName(what: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) refuse(what, value);
}
function refuse(what: string, value: string): never {
  throw new WrenchbookError(
    'bad-parameters',
    `"${value}" can't be the ${what} of a console.`,
    'Check it; a leading dash, spaces and control characters are not allowed.',
  );
}

/**
 * Whether a question on the way is one that the program which is due asks itself, for a password. A password that was brought is typed
 * for those alone: a banner, a start file or a ForceCommand can print any line, and would get it, echoed.
 */
import type { Way } from '../../consoles/console-hop.ts';

/** As whom and where ssh asks: what it prints is of its own settings, aliases resolved. */
export interface SshAsks {
  user: string;
  hosts: readonly string[];
}

const pam = /^(?:Password|Passwort|Kennwort|Mot de passe ?|Contraseña)(?: for [^\s:]+)?: ?$/;
const sudo = /^\[sudo on [^\s\]]+\] password for [^\s:]+: $/;
/** sudo-rs puts what it was told to ask into its own words. */
const sudoRs = /^\[sudo: [^\n]{1,200}\] (?:Password|Passwort|Kennwort|Mot de passe ?|Contraseña): ?$/;
const doas = /^doas \([^\s()@]+@[^\s()]+\) password: $/;

/** What `ssh -G` says. Null where that is not all of it. */
export function sshAsksIn(settings: string, host: string): SshAsks | null {
  const said = new Map(settings.split(/\r?\n/).map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const));
  const user = said.get('user');
  const name = said.get('hostname');
  if (!user || !name) return null;
  const alias = said.get('hostkeyalias');
  return { user, hosts: alias === undefined || alias === 'none' ? [name, host.toLowerCase()] : [alias] };
}

/** `line`: the last one, as it can be read. */
export function isOwnQuestion(way: Way, line: string, ssh: SshAsks | null): boolean {
  switch (way.kind) {
    case 'ssh':
      return ssh?.hosts.some((host) => asksFor(ssh.user, host, line)) ?? false;
    case 'sudo':
      return sudo.test(line) || sudoRs.test(line) || pam.test(line);
    case 'doas':
      return doas.test(line) || pam.test(line);
    case 'su':
    case 'pkexec':
      return pam.test(line);
    default:
      return false;
  }
}

/** OpenSSH cuts both names in its own question, and puts both before one that the server asks. */
function asksFor(user: string, host: string, line: string): boolean {
  if (line === `${user.slice(0, 30)}@${host.slice(0, 128)}'s password: `) return true;
  const before = `(${user}@${host}) `;
  return line.startsWith(before) && pam.test(line.slice(before.length));
}

/**
 * What ssh and the ways to root say when they fail, as the stage that failed, the cause, and what to do. Texts are those of
 * OpenSSH, sudo, sudo-rs, doas, su and pkexec in the C locale, and of sudo and su in German, as PAM and servers speak theirs.
 */
import { inOrder, matchedLines, oneOf, quote } from '../../../../shared/topic-kit/index.ts';

type Stage = 'network' | 'host-key' | 'authentication' | 'shell' | 'root';
export interface HopTrouble {
  stage: Stage;
  cause: string;
  next: string;
}
/** A key that is not the one that is known: where that one stands. */
export interface ChangedKey {
  type: string;
  offered: string;
  file: string;
  line: number;
  host: string;
}
type Row = readonly [pattern: RegExp, stage: Stage, cause: string | ((found: RegExpExecArray) => string), next: string];

const sshRows: readonly Row[] = [
  [/Could not resolve hostname (\S+?):/, 'network', ([, host]) => `The name ${host} is not known.`, 'Check its spelling and your DNS, or give the address.'],
  [/onnection refused/, 'network', 'Nothing listens on that port.', 'Check the port, and that sshd runs there and no firewall refuses it.'],
  [
    /No route to host|Network is unreachable/,
    'network',
    'That network is unreachable, or a firewall says so.',
    'Check cable, VPN and routes, and the address.',
  ],
  [
    /(?:Operation|Connection) timed out(?! during banner)/,
    'network',
    'Nothing answered in time.',
    'Check the address, the VPN, and firewalls on the way that drop packets.',
  ],
  [
    /banner exchange|kex_exchange_identification|ssh_exchange_identification|ssh_dispatch_run_fatal/,
    'network',
    'Something answered and hung up before logging in: no sshd, an overloaded one, or one that refuses this address.',
    'Check that the port is sshd’s; look for MaxStartups, fail2ban and hosts.deny there.',
  ],
  [
    inOrder(/Unable to negotiate /, /: (no matching [^.:]+)\./),
    'network',
    ([, what]) => `Client and server have no method in common: ${what}.`,
    'Allow the older method for this Host in your ssh configuration, or update the server.',
  ],
  [
    /Bad configuration option|Bad owner or permissions on|terminating, \d+ bad configuration/,
    'network',
    'Your ssh configuration is refused by ssh itself.',
    'Fix the file and line that the terminal names.',
  ],
  [
    oneOf(/REVOKED HOST KEY DETECTED/, /host key for \S+ (?:was|is marked as) revoked/),
    'host-key',
    'The key of the machine is marked as revoked (@revoked in known_hosts): somebody marked it as no longer trusted.',
    'Do not log in. Ask whoever runs it which key it should have, and whether this one was stolen. Answering yes is not an option.',
  ],
  [
    /Host key verification failed/,
    'host-key',
    'The key of the machine was not accepted.',
    'Compare the fingerprint with the one on its console (ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub), then test again and answer yes.',
  ],
  [
    /Too many authentication failures/,
    'authentication',
    'The server gave up: the client offered more keys than it allows tries.',
    'Set IdentitiesOnly yes and IdentityFile for this Host in your ssh configuration.',
  ],
  [/account (?:has )?expired|Konto ist abgelaufen/i, 'authentication', 'The account has expired there.', 'Have it renewed (chage -E), or use another user.'],
  [
    /Permission denied \(((?:(?!keyboard-interactive)[^()])*keyboard-interactive[^()]*)\)/,
    'authentication',
    ([, methods]) => `The login was refused: a password or a code was wrong. The server takes: ${methods}.`,
    'Check user and password. A one-time code is good once and for half a minute or so; if it is still refused, compare the server’s clock with that of what makes the codes.',
  ],
  [
    /Permission denied \(([^()]+)\)/,
    'authentication',
    ([, methods]) => `The login was refused. The server takes: ${methods}.`,
    'Check user and password, and that your public key is in that user’s authorized_keys; ssh-add -l lists the keys of your agent.',
  ],
  [/Permission denied/, 'authentication', 'The login was refused.', 'Check the user and the password.'],
  [
    /This account is (?:currently )?not available|Dieses Konto ist (?:derzeit )?nicht verfügbar/i,
    'shell',
    'The account has no login shell.',
    'Use another user, or give this one a shell (chsh -s /bin/sh).',
  ],
  [
    oneOf(inOrder(/(?:r(?:ba|k|z)?sh|restricted)\b/, /restricted/), /: restricted: cannot|: eingeschränkt/),
    'shell',
    'The login shell is a restricted one and starts no sh.',
    'Use another user, or give this one an unrestricted shell.',
  ],
  [
    oneOf(inOrder(/stty: /, /not a|Inappropriate|Unpassender IOCTL/), /PTY allocation request failed/),
    'shell',
    'The server gave no terminal.',
    'Allow it: PermitTTY yes, and no "no-pty" at the key in authorized_keys.',
  ],
  [
    /administratively prohibited|This service allows sftp connections only/,
    'shell',
    'The server allows no shell to this user.',
    'Use another user, or take ForceCommand and Match off it in sshd_config.',
  ],
];

const rootRows: readonly Row[] = [
  [
    oneOf(
      /I'm sorry \S+\. I'm afraid I can't do that|not in the sudoers file|is not allowed to (?:run sudo|execute)|may not run sudo|nicht in der sudoers|steht nicht in|darf sudo/i,
      inOrder(/darf der Benutzer /i, / nicht (?:ausführen|verwenden)/i),
    ),
    'root',
    'sudo does not allow this user to do it.',
    'Have the user added to sudoers (visudo), or use a user who is.',
  ],
  [/must have a tty|ein TTY/i, 'root', 'sudo needs a terminal and was given none.', 'This session has one: look for a wrapper in front of sudo there.'],
  [
    /incorrect (?:password|authentication) attempt|falsche[rns]? (?:Passwort|Kennwort)|Fehlversuche/i,
    'root',
    'The password was wrong each time.',
    'sudo expects the password of the user who is logged in, not root’s. Test again.',
  ],
  [
    /a (?:terminal|password) is required|interactive authentication is required|Passwort ist notwendig/i,
    'root',
    'sudo needs a password and got none.',
    'Test again and type it in the terminal.',
  ],
  [/doas: Operation not permitted/, 'root', 'doas does not allow this user to do it.', 'Add a line to /etc/doas.conf there: permit persist USER.'],
  [/doas: Auth/, 'root', 'doas rejected the password.', 'Test again; doas wants the password of the user who is logged in.'],
  [inOrder(/doas: /, /not enabled|doas\.conf/), 'root', 'doas is not set up there.', 'Write an /etc/doas.conf there.'],
  [
    /su: (?:Authentication (?:failure|token)|incorrect password|Sorry|Fehler bei Authentifizierung|Authentifizierungsfehler|Permission denied|Keine Berechtigung|Berechtigung verweigert|must be suid)/i,
    'root',
    'su rejected the password.',
    'su wants root’s password, and often membership in the group wheel. Where root has none, use sudo.',
  ],
  [
    /Not authorized|Error executing command as another user|polkit/i,
    'root',
    'polkit does not allow it, or there was nobody to ask.',
    'Use sudo over ssh; pkexec is for a desktop session.',
  ],
  [
    oneOf(/\b(sudo|doas|su|pkexec): (?:(?:command|kommando|befehl|datei) )?(?:not found|nicht gefunden)/i, inOrder(/not found/i, /(sudo|doas|pkexec)/i)),
    'root',
    ([, first, second]) => `There is no ${first ?? second} on the target.`,
    'Choose another way to become root on this target.',
  ],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with this one
const text = (bytes: string) => bytes.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');

/** How the way to a machine failed; `status` is ssh's own: 255 for its own troubles, else that of what it ran. */
export function sshTrouble(output: string, status: number): HopTrouble {
  const found = jumpTrouble(text(output)) ?? match(sshRows, text(output));
  if (found) return found;
  if (status === 127) {
    return /ssh: (?:(?:command|kommando|befehl) )?(?:not found|nicht gefunden)/i.test(output)
      ? { stage: 'network', cause: 'There is no ssh client on this machine.', next: 'Install OpenSSH’s client.' }
      : { stage: 'shell', cause: 'The login worked, and the login shell found no sh.', next: 'Use a user with a POSIX shell there.' };
  }
  if (status === 130)
    return { stage: 'authentication', cause: 'It was stopped with Ctrl-C before anybody was logged in.', next: 'Try again, and answer what is asked.' };
  if (status === 255)
    return {
      stage: 'network',
      cause: 'The connection was lost during login.',
      next: 'Read the last lines in the terminal, and the server’s log.',
    };
  const said = lastSaid(output);
  return {
    stage: 'shell',
    cause: `The login worked, and its shell ended with status ${status} at once.${said === null ? '' : ` It last said: "${said}"`}`,
    next: 'Log in by hand: the account may have no usable shell, its start-up files may end it, or the server may have asked something more (ForceCommand) that was not answered correctly.',
  };
}

/** What ssh says of a line that another program carries, a jump or a ProxyCommand, when that ends. */
const carrierEnded = /kex_exchange_identification: |banner exchange: |Connection (?:closed|reset) by UNKNOWN port 65535/;

/** The trouble of the machine in between, where that is why it failed: what it said comes first and says more. */
function jumpTrouble(plain: string): HopTrouble | null {
  const at = plain.search(carrierEnded);
  const before = at < 0 ? plain : plain.slice(0, at);
  const [, refused, why = ''] = /open failed: (connect failed|administratively prohibited): (.+)/.exec(before) ?? [];
  if (refused === 'connect failed')
    return {
      stage: 'network',
      cause: `The jump host was reached, but it does not reach the machine behind it: ${why.trim()}.`,
      next: 'Check the name and port as the jump host sees them (its DNS, its firewall), and that the machine is on.',
    };
  if (refused !== undefined && /stdio forwarding failed/.test(plain))
    return {
      stage: 'network',
      cause: 'The jump host does not allow connections to other machines.',
      next: 'Have AllowTcpForwarding and PermitOpen allow it there, or use another jump host.',
    };
  const found = at < 0 ? null : match(sshRows, before);
  if (!found) return null;
  const [, host] = /(?:^|\s)([^\s@]+@\S+): Permission denied/.exec(before) ?? /(?:to host|hostname|[Hh]ost key for) ([^\s:]+)/.exec(before) ?? [];
  return {
    ...found,
    cause: `At the jump host${host === undefined ? '' : ` (${host})`}: ${found.cause}`,
    next: `${found.next} This is about the jump host, not the machine behind it.`,
  };
}

const longestSaying = 200;
/** The last line that is neither a question nor ssh's farewell; null where there is none. */
function lastSaid(output: string): string | null {
  const lines = text(output)
    .split('\n')
    .map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !/[:?]$|^(?:Shared c|C)onnection to .+ closed\.$/.test(line))?.slice(0, longestSaying) ?? null;
}

const asksForCode = /verification code|one-time|passcode|second factor|\bduo\b/i;

export function rootTrouble(output: string, status: number): HopTrouble {
  const found = match(rootRows, text(output));
  if (found?.cause.startsWith('The password was wrong') && asksForCode.test(output))
    return {
      ...found,
      cause: 'A password or a code was wrong each time.',
      next: 'sudo asks for more than a password there: read each question. A one-time code is good once and for half a minute or so.',
    };
  return (
    found ?? {
      stage: 'root',
      cause: status === 127 ? 'That program is not on the target.' : `Becoming root failed with status ${status}.`,
      next: status === 127 ? 'Choose another way to become root on this target.' : 'Read the last lines in the terminal.',
    }
  );
}

/** The login went through, and what is there does not start sh: a menu, a switch, a shell of another kind. */
export const silentShell = (seconds: number): HopTrouble => ({
  stage: 'shell',
  cause: `Nothing that could run sh answered within ${seconds} seconds.`,
  next: 'If the terminal shows a menu or a device’s own prompt, this is not a POSIX system. If it shows nothing, the start-up files of the account may wait for something.',
});

/** What ssh says of a key that has changed; null where it does not. */
export function changedKey(output: string): ChangedKey | null {
  const plain = text(output);
  if (!plain.includes('REMOTE HOST IDENTIFICATION HAS CHANGED')) return null;
  const [, type = '', offered = ''] = /fingerprint for the (\S+) key sent by the remote host is\s+(\S+?)\.?\s/.exec(plain) ?? [];
  const [, file = '', line = ''] = /^(?:(?!Offending ).)*Offending \S+ key in (.+):(\d+)/m.exec(plain) ?? [];
  const [, host = ''] = /[Hh]ost key for (\S+) has changed/.exec(plain) ?? [];
  return { type, offered, file, line: Number(line), host };
}

/** A full stop: both fingerprints, and how to mend the file once it is sure that the change was meant. */
export function changedKeyTrouble({ type, offered, file, line, host }: ChangedKey, known: string | null): HopTrouble {
  return {
    stage: 'host-key',
    cause: `The key of ${host} has changed. It showed ${type} ${offered}; known is ${known ?? 'another one'} (${file}, line ${line}). Somebody may be in between.`,
    next: `Do not log in. Ask whoever runs it, or compare on its console. Only if the change was meant: ssh-keygen -f ${quote(file)} -R ${quote(host)}, then test again.`,
  };
}

function match(rows: readonly Row[], output: string): HopTrouble | null {
  const seen = matchedLines(output).join('\n');
  for (const [pattern, stage, cause, next] of rows) {
    const found = pattern.exec(seen);
    if (found) return { stage, cause: typeof cause === 'string' ? cause : cause(found), next };
  }
  return null;
}

/** The way over ssh, with the admin's own client and its configuration, and what of that is overridden. */
import { type Script, sh } from '../../../../shared/topic-kit/index.ts';

export interface SshHop {
  kind: 'ssh';
  /** Host name, address, or a name from the client's own configuration. */
  host: string;
  user?: string;
  port?: number;
  /** Another configuration than the client's own. */
  configFile?: string;
}

/**
 * Overrides of the admin's ssh configuration, and why each is needed: a dead line is noticed within ten seconds, a key that is
 * not known is asked about and never taken silently, nothing acts on what is typed, and a command of theirs is not run.
 */
const sshOptions = [
  'ServerAliveInterval=3',
  'ServerAliveCountMax=2',
  'ConnectTimeout=15',
  'StrictHostKeyChecking=ask',
  'EscapeChar=none',
  'RemoteCommand=none',
  'LogLevel=INFO',
].flatMap((option) => ['-o', option]);

/**
 * The script that leads there and starts `command` (POSIX shell text). A connection that is shared (ControlMaster) asks whether the other
 * end is there as often as the ssh that opened it was told to. Where the admin's configuration does not ask for that within ten
 * seconds, Wrenchbook's hops share connections of their own, beside it (docs/decisions/030).
 */
export function sshScript(hop: SshHop, command: string): Script {
  const words = sshWords(hop);
  return sh`shared=none every=0 times=3
while read -r name value; do
  case $name in
  controlpath) shared=$value ;;
  serveraliveinterval) every=$value ;;
  serveralivecountmax) times=$value ;;
  esac
done <<END
$(ssh -G ${words} 2>/dev/null)
END
set --
if [ "$every" -eq 0 ] || [ "$((every * (times + 1)))" -gt 10 ]; then
  if [ -S "$shared" ]; then
    echo 'The ssh connection that is open already is not used: should it fall silent, that would be noticed too late (ServerAliveInterval).'
  fi
  case $shared in
  *[!A-Za-z0-9/._@:-]*) shared=none ;;
  [!/]*) shared=none ;;
  esac
  # 107 bytes at most, of which ssh takes 17 while it makes one.
  if [ "\${#shared}" -gt 85 ]; then shared=none; fi
  if [ "$shared" != none ]; then shared=$shared.wb; fi
  set -- -o "ControlPath=$shared"
fi
ssh -tt "$@" ${[...sshOptions, ...words]} ${command}`;
}

/** Says as whom and where it would ask: `ssh -G`. */
export const sshSettingsScript = (hop: SshHop): Script => sh`ssh -G ${sshWords(hop)} 2>/dev/null`;

const sshWords = ({ host, user, port, configFile }: SshHop): string[] => [
  ...(configFile === undefined ? [] : ['-F', configFile]),
  ...(user === undefined ? [] : ['-l', user]),
  ...(port === undefined ? [] : ['-p', String(port)]),
  '--',
  host,
];

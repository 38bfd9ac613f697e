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

const options = (...all: string[]) => all.flatMap((option) => ['-o', option]);

/**
 * Overrides of the admin's ssh configuration, and why each is needed: a key that is not known is asked about and never taken silently,
 * questions are asked at all, nothing acts on what is typed, and what their configuration does beside a login (forwards, a tunnel, a command of
 * theirs here or there) is not done, as it would be in the way or a second time.
 */
const sshOptions = options(
  'StrictHostKeyChecking=ask',
  'BatchMode=no',
  'EscapeChar=none',
  'RemoteCommand=none',
  'PermitLocalCommand=no',
  'ClearAllForwardings=yes',
  'Tunnel=no',
  'LogLevel=INFO',
);
/**
 * For ssh this is the limit of each answer while logging in too, and somebody may have to look for his phone: so ten minutes. That a line has fallen
 * silent is noticed otherwise (`line-watch.ts`).
 */
const patient = options('ServerAliveInterval=15', 'ServerAliveCountMax=40');

/**
 * The script that leads there and starts `command` (POSIX shell text). A connection that is shared (ControlMaster) asks whether the other
 * end is there as often as the ssh that opened it was told to. Where the admin's configuration does not ask for that within ten
 * seconds, Wrenchbook's hops share connections of their own, beside it (docs/decisions/030). A client is only told what it knows: `ssh -G` names it.
 */
export function sshScript(hop: SshHop, command: string): Script {
  const words = sshWords(hop);
  return sh`shared=none every=0 times=3 limit=none proxy=none
set --
while read -r name value; do
  case $name in
  controlpath) shared=$value ;;
  serveraliveinterval) every=$value ;;
  serveralivecountmax) times=$value ;;
  connecttimeout) limit=$value ;;
  proxycommand | proxyjump) proxy=$value ;;
  sessiontype) set -- "$@" -o SessionType=default ;;
  stdinnull) set -- "$@" -o StdinNull=no ;;
  forkafterauthentication) set -- "$@" -o ForkAfterAuthentication=no ;;
  updatehostkeys) [ "$value" != ask ] || set -- "$@" -o UpdateHostKeys=no ;;
  esac
done <<END
$(ssh -G ${words} 2>/dev/null)
END
# It counts until the far end says something: over another machine that is after the login there.
if [ "$limit" = none ] && [ "$proxy" = none ]; then set -- "$@" -o ConnectTimeout=15; fi
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
  set -- "$@" ${patient} -o "ControlPath=$shared"
else
  shared=none
fi
ssh -tt "$@" ${[...sshOptions, ...words]} ${command}
status=$?
# Nobody is to try his luck on a line that was lost.
if [ "$status" -eq 255 ] && [ -S "$shared" ]; then ssh -O stop "$@" ${words} >/dev/null 2>&1; fi
exit "$status"`;
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

/** The ways from one shell to another: which command leads there. What runs behind is the session helper, started by it. */
import { type Script, sh } from '../../../../shared/topic-kit/index.ts';

export type Hop =
  | SshHop
  /** To another user of the same machine; root where none is named. */
  | { kind: 'sudo' | 'doas' | 'su' | 'pkexec'; user?: string }
  /** Into a container, as it runs; as its own user where none is named. */
  | { kind: 'docker' | 'podman'; container: string; user?: string }
  /** Into the Windows subsystem for Linux; its default distribution where none is named. */
  | { kind: 'wsl'; distribution?: string };

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

/** The script that leads through a hop and starts `command` (POSIX shell text) behind it. */
export function hopScript(hop: Hop, command: string): Script {
  switch (hop.kind) {
    case 'ssh':
      return sh`ssh -tt ${[...sshOptions, ...sshWords(hop)]} ${command}`;
    case 'sudo':
      return sh`sudo -p ${sudoPrompt} ${hop.user === undefined ? [] : ['-u', hop.user]} -- sh -c ${command}`;
    case 'doas':
      return sh`doas ${hop.user === undefined ? [] : ['-u', hop.user]} sh -c ${command}`;
    case 'su':
      // util-linux's su puts -c into a session without a terminal, where Ctrl-C would not reach it; others have no such option.
      return sh`case $(su --help 2>&1) in
*--session-command*) su ${hop.user ?? 'root'} --session-command ${command} ;;
*) su ${hop.user ?? 'root'} -c ${command} ;;
esac`;
    case 'pkexec':
      return sh`pkexec ${hop.user === undefined ? [] : ['--user', hop.user]} sh -c ${command}`;
    case 'docker':
    case 'podman':
      return sh`${hop.kind} exec -it ${hop.user === undefined ? [] : ['-u', hop.user]} ${hop.container} sh -c ${command}`;
    case 'wsl':
      // After `--` the distribution's own shell would read the command first.
      return sh`wsl.exe ${hop.distribution === undefined ? [] : ['-d', hop.distribution]} --exec sh -c ${command}`;
  }
}

/** sudo's question in any locale, as `hop-prompts.ts` looks for it: who is asked for a password, and where. */
const sudoPrompt = '[sudo on %h] password for %p: ';

const sshWords = ({ host, user, port, configFile }: SshHop): string[] => [
  ...(configFile === undefined ? [] : ['-F', configFile]),
  ...(user === undefined ? [] : ['-l', user]),
  ...(port === undefined ? [] : ['-p', String(port)]),
  '--',
  host,
];

/** How a hop is spoken of. */
export function hopName(hop: Hop): string {
  switch (hop.kind) {
    case 'ssh':
      return `ssh to ${hop.host}`;
    case 'docker':
    case 'podman':
      return `${hop.kind} container ${hop.container}`;
    case 'wsl':
      return `WSL${hop.distribution === undefined ? '' : ` (${hop.distribution})`}`;
    default:
      return `${hop.kind} to ${hop.user ?? 'root'}`;
  }
}

/** The ways from one shell to another: which command leads there. What runs behind is the session helper, started by it. */
import { type Script, sh } from '../../../../shared/topic-kit/index.ts';
import { type SshHop, sshScript } from './ssh-hop.ts';

export type Hop =
  | SshHop
  /** To another user of the same machine; root where none is named. */
  | { kind: 'sudo' | 'doas' | 'su' | 'pkexec'; user?: string }
  /** Into a container, as it runs; as its own user where none is named. */
  | { kind: 'docker' | 'podman'; container: string; user?: string }
  /** In a rehearsal, to one of its machines: a folder in the lab. */
  | { kind: 'lab'; machine: string }
  /** Into the Windows subsystem for Linux; its default distribution where none is named. */
  | { kind: 'wsl'; distribution?: string };

/** The script that leads through a hop and starts `command` (POSIX shell text) behind it. */
export function hopScript(hop: Hop, command: string): Script {
  switch (hop.kind) {
    case 'ssh':
      return sshScript(hop, command);
    case 'sudo':
      // Not -p: that would stand over PAM's own questions too, for a code as for a password.
      return sh`SUDO_PROMPT=${sudoPrompt} sudo ${hop.user === undefined ? [] : ['-u', hop.user]} -- sh -c ${command}`;
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
    case 'lab':
      return sh`WRENCHBOOK_MACHINE=${hop.machine}
WRENCHBOOK_LAB=$WRENCHBOOK_LAB/$WRENCHBOOK_MACHINE
TMPDIR=$WRENCHBOOK_LAB/tmp
export WRENCHBOOK_MACHINE WRENCHBOOK_LAB TMPDIR
cd "$WRENCHBOOK_LAB" || exit
sh -c ${command}`;
    case 'wsl':
      // After `--` the distribution's own shell would read the command first.
      return sh`wsl.exe ${hop.distribution === undefined ? [] : ['-d', hop.distribution]} --exec sh -c ${command}`;
  }
}

/** sudo's question in any locale, as `hop-prompts.ts` looks for it: who is asked for a password, and where. */
const sudoPrompt = '[sudo on %h] password for %p: ';

/** How a hop is spoken of. */
export function hopName(hop: Hop): string {
  switch (hop.kind) {
    case 'ssh':
      return `ssh to ${hop.host}`;
    case 'docker':
    case 'podman':
      return `${hop.kind} container ${hop.container}`;
    case 'lab':
      return `lab machine ${hop.machine}`;
    case 'wsl':
      return `WSL${hop.distribution === undefined ? '' : ` (${hop.distribution})`}`;
    default:
      return `${hop.kind} to ${hop.user ?? 'root'}`;
  }
}

/** How a session on this machine is started that leads to others. The environment holds what a shell and ssh need. */
import type { SessionOptions } from '../../sessions/session.ts';
import { workstationShell } from '../../sessions/workstation-shell.ts';

// Without DISPLAY, ssh asks in the terminal and not in a window of its own.
const kept = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'TZ', 'TMPDIR', 'SSH_AUTH_SOCK', 'KRB5CCNAME', 'XDG_RUNTIME_DIR'];

/** Throws WrenchbookError `session` on Windows without WSL. */
export function localSession(assetsFolder: string, size: { cols: number; rows: number }): Promise<SessionOptions> {
  // Troubles are told by what programs say; servers that accept the client's locale say it in this one too.
  return workstationShell.session({ assetsFolder, kept, set: { LC_ALL: 'C' }, ...size });
}

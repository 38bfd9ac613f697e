/** How a session on this machine is started that leads to others. The environment holds what a shell and ssh need. */
import { homedir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { SessionOptions } from '../../sessions/session.ts';

// Without DISPLAY, ssh asks in the terminal and not in a window of its own.
const kept = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'TZ', 'TMPDIR', 'SSH_AUTH_SOCK', 'KRB5CCNAME', 'XDG_RUNTIME_DIR'];

/** Throws WrenchbookError `session` on Windows. */
export function localSession(assetsFolder: string, size: { cols: number; rows: number }): SessionOptions {
  if (process.platform === 'win32')
    throw new WrenchbookError('session', 'Targets are reached from a POSIX shell, and this is Windows.', 'Run Wrenchbook inside WSL.');
  const environment = Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])));
  return {
    helper: path.join(assetsFolder, 'helper', 'session.sh'),
    shell: ['/bin/sh'],
    folder: homedir(),
    // Troubles are told by what programs say; servers that accept the client's locale say it in this one too.
    environment: { ...environment, LC_ALL: 'C' },
    ...size,
  };
}

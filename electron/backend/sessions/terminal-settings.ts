/** How a terminal of this machine is set now: whether what is typed would be shown, and whether a program reads lines from it. */
import { execFileSync } from 'node:child_process';

export interface TerminalSettings {
  echo: boolean;
  lines: boolean;
}

/** `name`: its device. Null where that can't be asked: on Windows, and where stty can't. */
export function terminalSettings(name: string | null): TerminalSettings | null {
  if (name === null || process.platform === 'win32') return null;
  try {
    const said = execFileSync('stty', [process.platform === 'linux' ? '-F' : '-f', name, '-a'], {
      encoding: 'utf8',
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
    });
    const words = said.split(/[\s;]+/);
    return { echo: words.includes('echo'), lines: words.includes('icanon') };
  } catch {
    return null;
  }
}

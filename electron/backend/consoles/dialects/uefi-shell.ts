import { type ConsoleDialect, escapeKey, returnKey } from './console-dialect.ts';

/**
 * The UEFI shell, v1 and v2, as seen on OVMF's serial console. Every typed character comes back between two cursor positions
 * (`ESC[10;08Hm ESC[10;09H`). ESC empties the line, and skips startup.nsh during the countdown; any other key starts it.
 */
export const uefiShell: ConsoleDialect = {
  name: 'UEFI shell',
  prompt: /^(?:Shell|[A-Za-z][A-Za-z0-9_]*:\\[^<>"|?*]*)> $/,
  lineEnd: returnKey,
  echoes: true,
  clearLine: escapeKey,
  pagers: [{ pattern: /^Press ENTER to continue or 'Q' break: ?$/, answer: returnKey }],
  countdowns: [{ pattern: /^Press ESC in \d+ seconds? to skip startup\.nsh/, answer: escapeKey }],
  // Not the banner of the shell: `ver` prints it too.
  restarted: /^(?:BdsDxe: (?:loading|starting|failed)|Press ESC in \d+ seconds? to skip )/m,
  status: { ask: 'echo %lasterror%', value: /^(0x[0-9A-Fa-f]+)\s*$/m, good: '0x0' },
};

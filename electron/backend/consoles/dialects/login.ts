import { type ConsoleDialect, commonPagers, killLine, returnKey } from './console-dialect.ts';

/** getty and login in front of a shell of any kind, as on the serial console of Linux and the BSDs. */
export const login: ConsoleDialect = {
  name: 'login console',
  prompt: /^(?!.*(?:login|[Pp]assword): ?$)\S.{0,200}[$#%>] $|^[$#%] $/,
  lineEnd: returnKey,
  echoes: true,
  clearLine: killLine,
  pagers: commonPagers,
  countdowns: [],
  restarted: /^(?:\[ +0\.000000\] Linux version |Welcome to GRUB!|Copyright \(c\) 1992-\d{4} The FreeBSD Project)/m,
  login: { user: /(?:^|\s)login: $/, password: /^Password(?: for \S+)?: ?$/i },
  status: { ask: 'echo $?', value: /^(\d+)\s*$/m, good: '0' },
};

import { type ConsoleDialect, killLine, returnKey } from './console-dialect.ts';

/** Command line of a disk array of the HP P2000 family: `# `, pages of 24 lines, and errors told in words only. */
export const arrayCli: ConsoleDialect = {
  name: 'array command line',
  prompt: /^# $/,
  lineEnd: returnKey,
  echoes: true,
  clearLine: killLine,
  pagers: [{ pattern: /^Press any key to continue \(Q to quit\)\s*$/, answer: ' ' }],
  countdowns: [],
  login: { user: /(?:^|\s)login: $/, password: /^Password: ?$/ },
  status: { failed: /^Error: .*$/m },
};

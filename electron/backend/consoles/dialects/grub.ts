import { type ConsoleDialect, killLine, returnKey } from './console-dialect.ts';

/** GRUB 2's command line and rescue line. In the menu `c` leads to the command line; nothing is booted. */
export const grub: ConsoleDialect = {
  name: 'GRUB',
  prompt: /^grub(?: rescue)?> $/,
  lineEnd: returnKey,
  echoes: true,
  clearLine: killLine,
  pagers: [{ pattern: /^--MORE--$/, answer: ' ' }],
  countdowns: [{ pattern: /The highlighted entry will be executed automatically in \d+s\.\s*$/, answer: 'c' }],
  restarted: /^(?:Welcome to GRUB!|GRUB loading)/m,
  status: { ask: 'echo $?', value: /^(\d+)\s*$/m, good: '0' },
};

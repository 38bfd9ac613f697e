/** What a start of zsh says, judged. */
import type { Matcher } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import type { ZshFiles } from './zsh-files.ts';

export const readable: Matcher = {
  kind: 'failure',
  id: 'parse',
  pattern: /parse error near|bad substitution|unmatched quote/,
  means: 'zsh cannot read a start-up file.',
  next: 'The line number is in the message. Undo this step, and correct that line in the form or leave it out, in a new run.',
};

export const starts = (values: Parameters, { names }: ZshFiles): Matcher[] => [
  {
    kind: 'failure',
    id: 'insecure',
    pattern: /compinit: insecure directories|Insecure completion-dependent directories/,
    alone: true,
    means: 'zsh asks a question at each start: others may write into folders of its completion. Homebrew often leaves them so.',
    next: 'Take that right away: compaudit names the folders.',
    remedies: ['secure'],
  },
  {
    kind: 'failure',
    id: 'plugin',
    pattern: /\[oh-my-zsh\] (?:plugin|theme) '[^']*' not found/,
    means: 'Oh My Zsh does not have a plugin or theme of this name.',
    next: 'Start a new run without it. copydir is called copypath now.',
  },
  {
    kind: 'failure',
    id: 'unknown-command',
    pattern: /command not found: \S+/,
    means: 'A line in a start-up file calls a program that is not there.',
    next: 'Install it, or leave the line out in a new run.',
  },
  readable,
  {
    kind: 'warning',
    id: 'missing',
    pattern: /^missing=(?:alias|function|variable):/,
    means: 'zsh does not know this name. It may be set under a condition only.',
    next: 'Check the line that sets it.',
  },
  {
    kind: 'expected',
    id: 'block',
    pattern: /^block=read$/,
    means: 'zsh has read the lines to their end.',
    missing: 'zsh did not read the lines to their end.',
    next: 'A line before may end it: look for "return", "exit" or "exec".',
  },
  ...(values.listing
    ? [
        {
          kind: 'expected' as const,
          id: 'listing',
          pattern: /^automenu=off$/,
          means: 'The second Tab lists the completions.',
          missing: 'Something behind this block switches automenu on again.',
          next: 'Move the block to the end of .zshrc.',
        },
      ]
    : []),
  ...(names.length > 0
    ? [
        {
          kind: 'expected' as const,
          id: 'names',
          pattern: /^names=[1-9]\d* of/,
          means: 'zsh knows the names that bash’s lines set.',
          missing: 'zsh knows none of the names that bash’s lines set.',
          next: 'Read what zsh says above.',
        },
      ]
    : []),
  {
    kind: 'expected',
    id: 'prompt',
    pattern: /^prompt=reached$/,
    means: 'An interactive zsh reaches its prompt.',
    missing: 'An interactive zsh does not reach its prompt within 20 seconds.',
    next: 'The lines "waits:" above are the last that it printed.',
  },
];

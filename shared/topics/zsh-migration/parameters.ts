/** What is asked of the admin: bash's lines, which the check fills in, and what zsh is to look like. */
import { z } from 'zod';
import { absolutePath, field, type ParameterIssue } from '../../topic-kit/index.ts';
import { secretLines } from './move-to-zsh.ts';

const lines = z
  .string()
  .max(20_000)
  .regex(/^[\x20-\x7e\u00a0-\ud7ff\uf900-\ufffd\t\r\n]*$/, 'Use printable characters')
  .superRefine((text, context) => {
    const [first] = secretLines(text);
    if (first !== undefined)
      context.addIssue({ code: 'custom', message: `Line ${first} looks like a secret. Write <not shown> in the place of its value: you copy it yourself` });
  })
  .default('');
/** Of the source, with today's name of copydir. */
const sourcePlugins = 'bgnotify command-not-found copypath dirhistory git per-directory-history safe-paste z';

export const parameters = z.object({
  home: field(absolutePath.or(z.literal('')).default(''), {
    label: 'Home folder',
    help: 'Of the account whose shell changes: you work as this account, not as root. The check fills it in.',
    control: 'text',
    example: '/Users/alice',
  }),
  profile: field(lines, {
    label: 'Lines of .bash_profile',
    help: 'Of the first of .bash_profile, .bash_login and .profile. The check fills them in, without secrets.',
    control: 'lines',
  }),
  bashrc: field(lines, { label: 'Lines of .bashrc', help: 'The check fills them in, without secrets. Bash’s own files are never changed.', control: 'lines' }),
  framework: field(z.enum(['none', 'omz', 'p10k']).default('none'), {
    label: 'Framework',
    help: 'Powerlevel10k is what the source has; its author now gives it very little support (2024). Nothing is downloaded by Wrenchbook.',
    control: 'choice',
    choices: [
      { value: 'none', label: 'None: zsh as it is, with bash’s prompt' },
      { value: 'omz', label: 'Oh My Zsh, with its plain theme' },
      { value: 'p10k', label: 'Oh My Zsh with the theme Powerlevel10k' },
    ],
  }),
  plugins: field(
    z
      .string()
      .trim()
      .regex(/^(?:[a-z0-9][a-z0-9_-]*(?:[ \t]+|$))*$/i, 'Give names of plugins with blanks between them')
      .refine((text) => !/(?:^|\s)copydir(?:\s|$)/.test(text), 'copydir is called copypath since 2022')
      .default(sourcePlugins),
    {
      label: 'Plugins of Oh My Zsh',
      help: 'Used only with Oh My Zsh. safe-paste is built into zsh since 5.1; bgnotify on a Mac needs terminal-notifier.',
      control: 'text',
    },
  ),
  svn: field(z.boolean().default(true), {
    label: 'Subversion in the prompt',
    help: 'Only with Powerlevel10k. Its own comment warns that the prompt can become slow everywhere.',
    control: 'switch',
    when: { framework: 'p10k' },
  }),
  listing: field(z.boolean().default(true), {
    label: 'List completions',
    help: 'The second Tab lists them as in bash, instead of going through them (noautomenu).',
    control: 'switch',
  }),
  unmatched: field(z.boolean().default(true), {
    label: 'Keep patterns that match nothing',
    help: 'As in bash: "scp host:*" reaches scp. Without it zsh stops: no matches found.',
    control: 'switch',
  }),
  turnOn: field(z.enum(['terminal', 'login']).default('terminal'), {
    label: 'How zsh is started',
    help: 'In the terminal program only, so that any other terminal still gives bash; or as the account’s login shell.',
    control: 'choice',
    choices: [
      { value: 'terminal', label: 'By the terminal program, such as iTerm2' },
      { value: 'login', label: 'As the login shell (chsh)' },
    ],
  }),
  shell: field(absolutePath.default('/bin/zsh'), { label: 'Path of zsh', help: 'It has to be in /etc/shells.', control: 'text', when: { turnOn: 'login' } }),
});
export type Parameters = z.output<typeof parameters>;

export const misfit = ({ home }: Parameters): ParameterIssue | null =>
  home === '' ? { field: 'home', message: 'The home folder is not named.', next: 'Check first: it is filled in then.' } : null;

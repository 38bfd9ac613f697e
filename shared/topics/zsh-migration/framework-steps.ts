/** Oh My Zsh and Powerlevel10k: the copies, the wizard, and Subversion in the prompt. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { starts } from './start-matchers.ts';
import { startOfZsh } from './start-up.ts';
import { withSubversion, type ZshFiles } from './zsh-files.ts';

const runsOn = 'the account whose shell changes';

const omz = '.oh-my-zsh';
export const copies = ({ home, framework }: Parameters): Step => ({
  kind: 'manual',
  id: 'copies',
  title: framework === 'p10k' ? 'Get Oh My Zsh and Powerlevel10k' : 'Get Oh My Zsh',
  intro: 'Copies of their repositories, without their installer: that one renames your .zshrc and may change your login shell.',
  danger: 'changes',
  runsOn,
  instructions: [
    'If they are there already, continue.',
    'Else read what you are about to run, and type the lines of the card.',
    ...(framework === 'p10k'
      ? ['Install a Nerd Font, such as "Hack", in its four styles, and choose it in the terminal program (iTerm2: Profiles, Text).']
      : []),
  ],
  cards: [
    {
      title: 'Copies',
      lines: [
        'git clone --depth=1 https://github.com/ohmyzsh/ohmyzsh.git ~/.oh-my-zsh',
        ...(framework === 'p10k' ? ['git clone --depth=1 https://github.com/romkatv/powerlevel10k.git ~/.oh-my-zsh/custom/themes/powerlevel10k'] : []),
      ],
    },
  ],
  lab: sh`lab-shell-hand copies`,
  verify: {
    script: sh`[ ! -r ${file(home)}/${omz}/oh-my-zsh.sh ] || echo omz=there
[ ! -r ${file(home)}/${omz}/custom/themes/powerlevel10k/powerlevel10k.zsh-theme ] || echo p10k=there`,
    matchers: [
      { kind: 'expected', id: 'omz', pattern: /^omz=there$/, means: 'Oh My Zsh is there.', missing: 'Oh My Zsh is not there.', next: 'Check what git says.' },
      ...(framework === 'p10k'
        ? [
            {
              kind: 'expected' as const,
              id: 'p10k',
              pattern: /^p10k=there$/,
              means: 'Powerlevel10k is there.',
              missing: 'Powerlevel10k is not there.',
              next: 'Check what git says.',
            },
          ]
        : []),
    ],
  },
  irreversible: 'The copies stay. Without the lines in .zshrc nothing uses them; remove the folder ~/.oh-my-zsh yourself.',
});

/** What the source chose, and what the wizard asks. */
const answers = [
  'Prompt Style: Classic',
  'Character Set: Unicode',
  'Prompt Color: by taste',
  'Show current time?: No',
  'Prompt Separators: Angled',
  'Prompt Heads: Sharp',
  'Prompt Tails: Flat',
  'Prompt Height: Two lines',
  'Prompt Connection: Disconnected',
  'Prompt Frame: Full',
  'Prompt Spacing: Compact',
  'Icons: Many icons',
  'Prompt Flow: Fluent',
  'Enable Transient Prompt?: Yes',
  'Instant Prompt Mode: Verbose',
];
export const configure = ({ home }: Parameters): Step => ({
  kind: 'manual',
  id: 'configure',
  title: 'Choose the prompt',
  intro: 'Powerlevel10k asks about 15 questions and writes ~/.p10k.zsh. The card has the answers of the source.',
  danger: 'changes',
  runsOn,
  minutes: 5,
  instructions: ['In a terminal with the Nerd Font, type: zsh', 'Type: p10k configure', 'Leave .zshrc as it is if the wizard asks: the lines are there.'],
  cards: [{ title: 'Answers', lines: answers, note: 'With two lines and the transient prompt the history has one line a command.' }],
  lab: sh`lab-shell-hand configure`,
  verify: {
    script: sh`[ ! -r ${file(home)}/.p10k.zsh ] || echo p10k=configured`,
    matchers: [
      {
        kind: 'expected',
        id: 'configured',
        pattern: /^p10k=configured$/,
        means: 'The prompt is chosen.',
        missing: 'There is no ~/.p10k.zsh.',
        next: 'Run the wizard to its end.',
      },
    ],
  },
  irreversible: '~/.p10k.zsh stays. Without the line in .zshrc nothing reads it.',
});

const backends = (home: string) => sh`zsh -f -c ${'source $1; print -r -- backends=$POWERLEVEL9K_VCS_BACKENDS'} zsh-check ${file(home)}/.p10k.zsh`;
export const subversion = ({ home }: Parameters): Step => ({
  kind: 'edit',
  id: 'svn',
  title: 'Show Subversion in the prompt',
  intro: 'Adds svn to POWERLEVEL9K_VCS_BACKENDS. "p10k configure" writes the whole file: repeat this step after it.',
  danger: 'changes',
  runsOn,
  file: `${home}/.p10k.zsh`,
  followLinks: true,
  create: { mode: '0644' },
  edit: (old) => withSubversion(old),
  verify: {
    script: backends(home),
    matchers: [
      {
        kind: 'expected',
        id: 'svn',
        pattern: /^backends=(?:.* )?svn(?: |$)/,
        means: 'The prompt looks at Subversion too.',
        missing: 'zsh does not see svn in the list.',
        next: 'A later line may set the list again.',
      },
    ],
  },
  undone: {
    matchers: [
      {
        kind: 'absent',
        id: 'no-svn',
        pattern: /^backends=(?:.* )?svn(?: |$)/,
        looked: /^backends=/,
        means: 'The prompt no longer looks at Subversion.',
        found: 'svn is still in the list.',
        missing: 'The list could not be read.',
      },
    ],
  },
});

export const again = (values: Parameters, made: ZshFiles): Step => ({
  kind: 'command',
  id: 'start',
  title: 'Start zsh with its prompt',
  intro: 'Starts an interactive zsh on a terminal of its own, and ends it when its prompt is there.',
  danger: 'reads',
  runsOn,
  script: startOfZsh(values.home, made.names),
  saves: [{ id: 'start', title: 'Start-up time', pattern: /^start=(\S+ s)$/ }],
  matchers: starts(values, made),
});

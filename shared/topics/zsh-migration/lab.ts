/** The rehearsal: an account with bash, whose start-up files have what people have there. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

export const labProfile = `export EDITOR=vim
export PATH="$HOME/bin:$PATH"
export GITHUB_TOKEN=<not shown>
eval "$(/opt/homebrew/bin/brew shellenv)"
[ -f ~/.bashrc ] && . ~/.bashrc`;
const firstOne = `\${list[0]}`;
export const labBashrc = String.raw`# What I use every day
shopt -s histappend checkwinsize
HISTCONTROL=ignoreboth
HISTFILESIZE=5000
PS1='\[\e[32m\]\u@\h\[\e[0m\] \w\$ '
PROMPT_COMMAND='history -a'
alias ll='ls -l'
bind '"\e[A": history-search-backward'
servers() {
  local list=(web1 web2)
  for one in $EXTRA; do list+=("$one"); done
  echo "first: ${firstOne}"
}
if [ "$TERM_PROGRAM" == iTerm.app ]; then alias open='open -a Finder'; fi
complete -W 'start stop' service-tool
trap 'echo bye' DEBUG`;

const files = (failure: string | null, { framework, turnOn }: Readonly<Record<string, unknown>> = {}): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'shell.state', content: `login=/bin/bash\nlisted=${failure === 'not-listed' ? 'no' : 'yes'}\nprogram=bash\nway=${String(turnOn ?? '')}\n` },
  { path: 'root/etc/shells', content: `/bin/sh\n/bin/bash\n${failure === 'not-listed' ? '' : '/bin/zsh\n'}` },
  { path: 'root/home/alice/.bash_profile', content: `${labProfile.replace('<not shown>', 'ghp_Canary4711')}\n` },
  { path: 'root/home/alice/.bashrc', content: `${labBashrc}\n` },
  ...(failure === 'broken'
    ? [{ path: 'root/home/alice/.zshrc', content: 'if true\n  echo hello\n' }]
    : [{ path: 'root/home/alice/.zshrc', content: '# mine\nbindkey -e\n' }]),
  ...(framework === 'p10k' ? [{ path: 'root/home/alice/.zshrc.pre-oh-my-zsh', content: '' }] : []),
];

export const lab: Lab = {
  scenario: 'An account with bash, and a .bashrc that has grown over years',
  failures: [
    {
      id: 'broken',
      title: 'An old .zshrc that zsh cannot read',
      story: 'Somebody has tried zsh years ago. zsh would stop at the error and read nothing behind it.',
      stopsAt: { step: 'look', rule: 'broken' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'insecure',
      title: 'zsh asks about insecure directories',
      story: 'Others may write into Homebrew’s folders. zsh asks at each start, and no prompt comes.',
      stopsAt: { step: 'zshrc', rule: 'insecure' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'returns',
      title: 'A line of yours ends the start early',
      story: 'The old .zshrc has a "return" for terminals of an editor. Nothing behind it is read.',
      stopsAt: { step: 'zshrc', rule: 'block', also: ['listing', 'names'] },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'not-listed',
      title: 'zsh is not in /etc/shells',
      story: 'It was built by Homebrew. chsh refuses it as a non-standard shell.',
      stopsAt: { step: 'turn-on', rule: 'not-listed' },
      wayOut: 'remedy',
      inWay: 'login',
    },
    {
      id: 'half-wizard',
      title: 'The wizard was ended early',
      story: 'Its file has no list of version control systems yet.',
      stopsAt: { step: 'svn', rule: 'no-backends' },
      wayOut: 'remedy',
      inWay: 'p10k',
    },
  ],
  facts: {},
  ways: { login: { turnOn: 'login' }, p10k: { framework: 'p10k' } },
  files,
};

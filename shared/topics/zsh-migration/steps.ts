/** Look at zsh, read what moves, write .zprofile and .zshrc, see zsh reach a prompt with all of it, and start using it. */
import { anywhere, file, type Remedy, type Step, type StepCard, sh } from '../../topic-kit/index.ts';
import { again, configure, copies, subversion } from './framework-steps.ts';
import type { Moved } from './move-to-zsh.ts';
import type { Parameters } from './parameters.ts';
import { readable, starts } from './start-matchers.ts';
import { loginShell, startOfZsh, syntaxOf } from './start-up.ts';
import { login, terminal } from './turn-on.ts';
import { withBlock, type ZshFiles, zshFiles } from './zsh-files.ts';

const runsOn = 'the account whose shell changes';

export function steps(values: Parameters): Step[] {
  const made = zshFiles(values);
  const { framework, svn, turnOn } = values;
  return [
    look(values),
    ...(framework === 'none' ? [] : [copies(values)]),
    compare(made.moved),
    ...(made.zprofile.length > 0 ? [profile(values, made)] : []),
    zshrc(values, made),
    ...(framework === 'p10k' ? [configure(values), ...(svn ? [subversion(values)] : []), again(values, made)] : []),
    turnOn === 'login' ? login(values) : terminal,
  ];
}

const look = ({ home, turnOn, shell }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Look at zsh',
  intro: 'Shows the version, the login shell, and whether zsh can read the start-up files that it has already.',
  danger: 'reads',
  runsOn,
  script: sh`zsh --version | sed 's/^/version: /'
${loginShell}
if [ -d ${file(home)} ] && [ -w ${file(home)} ]; then echo home=writable; else echo home=no; fi
[ "$(ls -ldn ${file(home)} | awk '{ print $3 }')" = "$(id -u)" ] || echo owner=other
if grep -q ZDOTDIR ${file(home)}/.zshenv ${file('/etc/zshenv')} ${file('/etc/zsh/zshenv')} 2>/dev/null; then echo zdotdir=set; fi
[ ! -e ${file(home)}/.zshrc.pre-oh-my-zsh ] || echo pre-oh-my-zsh=there
${turnOn === 'login' ? sh`if grep -q -x ${anywhere(shell)} ${file('/etc/shells')}; then echo shells=listed; else echo shells=missing; fi\n` : sh``}${syntaxOf(home)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'broken',
      pattern: /^syntax \S+: bad$/,
      alone: true,
      means: 'zsh cannot read a start-up file that is there already. The line above the verdict names the place.',
      next: 'Correct that line in an editor. Nothing was changed yet.',
      remedies: ['correct'],
    },
    {
      kind: 'failure',
      id: 'old',
      pattern: /^version: zsh (?:[0-4]\.|5\.0)/,
      means: 'This zsh is older than 5.1. How its prompt is reached can’t be seen.',
      next: 'Install a newer zsh, such as "brew install zsh".',
    },
    {
      kind: 'failure',
      id: 'home',
      pattern: /^home=no$/,
      means: 'The home folder is not there, or not yours.',
      next: 'Work as the account whose shell changes, and let the check fill the form in.',
    },
    {
      kind: 'failure',
      id: 'zdotdir',
      pattern: /^zdotdir=set$/,
      means: 'ZDOTDIR is set: zsh reads its files from another folder.',
      next: 'Name that folder as the home folder only if you keep all dot files there; else do it by hand.',
    },
    {
      kind: 'failure',
      id: 'owner',
      pattern: /^owner=other$/,
      means: 'The home folder belongs to another account than the one you work as.',
      next: 'Work as the account whose shell changes, not as root.',
    },
    {
      kind: 'warning',
      id: 'renamed',
      pattern: /^pre-oh-my-zsh=there$/,
      means: 'The installer of Oh My Zsh has once renamed your .zshrc to .zshrc.pre-oh-my-zsh.',
      next: 'Check whether something in it is still wanted.',
    },
    {
      kind: 'warning',
      id: 'unlisted',
      pattern: /^shells=missing$/,
      means: `${shell} is not in /etc/shells, so chsh will refuse it.`,
      next: 'Add it as root before the last step, or name the path that is listed.',
    },
    { kind: 'expected', id: 'zsh', pattern: /^version: zsh \d/, means: 'zsh is there.', missing: 'There is no zsh.', next: 'Install the package zsh.' },
    {
      kind: 'expected',
      id: 'looked',
      pattern: /^syntax-looked=yes$/,
      means: 'Its files were looked at.',
      missing: 'Its files could not be looked at.',
      next: 'Read the lines above.',
    },
  ],
});

const titles: readonly (readonly [Moved['kind'], string, string])[] = [
  ['by-hand', 'For you to do', 'They come into the file as comments, at their place.'],
  ['changed', 'Changed', 'What becomes of each, and why.'],
  ['left-out', 'Left out', 'zsh does not need them.'],
  ['same', 'As they are', 'zsh reads them as bash does.'],
];
export function cardsOf(moved: readonly Moved[]): StepCard[] {
  return titles.flatMap(([kind, title, note]) => {
    const of = moved.filter((one) => one.kind === kind && one.lines.some((line) => line.trim() !== ''));
    const lines = of.flatMap(({ lines: old, zsh, why }) => [
      ...(why === '' ? [] : [`# ${why}`]),
      ...(kind === 'changed' ? [...old.map((line) => `bash: ${line}`), ...zsh.map((line) => `zsh:  ${line}`)] : old),
    ]);
    return lines.length === 0 ? [] : [{ title: `${title} (${of.length})`, lines: lines.slice(0, 400), note }];
  });
}

const compare = (moved: readonly Moved[]): Step => ({
  kind: 'manual',
  id: 'compare',
  title: 'Read what becomes of each line',
  intro: 'Bash’s own files stay as they are. Only these lines are copied, and the differences are shown again before a file is written.',
  danger: 'reads',
  runsOn,
  instructions: [
    'Read the lines for you to do first.',
    'Functions that use arrays or split variables keep bash’s rules. At zsh’s own prompt arrays begin at 1.',
  ],
  cards: cardsOf(moved),
  lab: sh`:`,
});

const profile = ({ home }: Parameters, { zprofile }: ZshFiles): Step => ({
  kind: 'edit',
  id: 'zprofile',
  title: 'Write the environment into .zprofile',
  intro: 'zsh reads it in login shells, as bash reads .bash_profile. Not .zshenv: macOS changes the order of PATH after that.',
  danger: 'changes',
  runsOn,
  file: `${home}/.zprofile`,
  followLinks: true,
  create: { mode: '0644' },
  edit: (old) => withBlock(old, zprofile, 'none'),
  verify: {
    looksOnlyAt: 'whether zsh can read the file',
    orPutBack: true,
    script: syntaxOf(home),
    matchers: [readable, { kind: 'expected', id: 'good', pattern: /^syntax \.zprofile: good$/, means: 'zsh can read it.', missing: 'zsh could not read it.' }],
  },
});

const zshrc = (values: Parameters, made: ZshFiles): Step => ({
  kind: 'edit',
  id: 'zshrc',
  title: 'Write .zshrc',
  intro: 'Adds the lines at the end of .zshrc, between two marks. What you have there stays.',
  danger: 'changes',
  runsOn,
  file: `${values.home}/.zshrc`,
  followLinks: true,
  create: { mode: '0644' },
  edit: (old) => withBlock(old, made.zshrc, values.framework),
  verify: { script: sh`${syntaxOf(values.home)}\n${startOfZsh(values.home, made.names)}`, matchers: starts(values, made) },
  undone: {
    matchers: [
      {
        kind: 'expected',
        id: 'gone',
        pattern: /^block=none$/,
        means: 'zsh starts without these lines.',
        missing: 'zsh still reads these lines, or does not start.',
        next: 'Compare .zshrc with its backup.',
      },
    ],
  },
});

export const remedies: readonly Remedy[] = [
  {
    id: 'correct',
    title: 'Correct the start-up file',
    explanation: 'Open the file in an editor, and correct the line that zsh names. Then it is looked at again.',
    danger: 'changes',
    lab: sh`lab-shell-hand correct`,
    afterwards: 'retry',
  },
  {
    id: 'secure',
    title: 'Take the right to write away from others',
    explanation: 'In zsh: "compaudit | xargs chmod g-w,o-w". Folders of another account need root. Then zsh is started again.',
    danger: 'changes',
    lab: sh`lab-shell-hand secure`,
    afterwards: 'retry',
  },
  {
    id: 'configure',
    title: 'Run the wizard to its end',
    explanation: 'Type "p10k configure" in zsh. Then the file is read again.',
    danger: 'changes',
    lab: sh`lab-shell-hand configure`,
    afterwards: 'retry',
  },
  {
    id: 'list',
    title: 'Add zsh to /etc/shells',
    explanation: 'As root, add the path of zsh as a line of /etc/shells. Then chsh is run again.',
    danger: 'changes',
    lab: sh`lab-shell-hand list`,
    afterwards: 'retry',
  },
];

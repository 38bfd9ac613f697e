/** Bash's start-up files moved to zsh, line by line, and zsh taken into use. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab, labBashrc, labProfile } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'zsh-migration',
  version: 1,
  title: 'Move from bash to zsh',
  summary: 'Reads bash’s start-up files, says line by line what zsh needs instead, and writes it into .zprofile and .zshrc. Bash’s own files stay.',
  category: 'Services & apps',
  platforms: ['macOS', 'Linux'],
  risk: { level: 'changes', text: 'Adds lines to .zprofile and .zshrc of one account. The login shell changes only if you choose that.' },
  minutes: 5,
  fixes: ['Aliases, functions and settings of bash that are gone in zsh.', 'The default shell of macOS has been zsh since 10.15; its bash stays at 3.2.'],
  needs: ['The account whose shell changes, not root.', 'zsh 5.1 or newer. macOS and every distribution have one.'],
  cannotUndo: [
    'Copies of Oh My Zsh and Powerlevel10k stay; without the lines in .zshrc nothing uses them.',
    'The setting of the terminal program.',
    'zsh keeps .zcompdump and .zsh_history in the home folder once it was started.',
  ],
  corrections: [
    'The source copies .bash_profile to .zshrc. Here the environment comes into .zprofile and the rest into .zshrc, and lines that zsh reads otherwise are changed or left to you.',
    'The plugin copydir of the source is called copypath since 2022.',
    'safe-paste is built into zsh since 5.1, and the bug of per-directory-history that the source names is repaired.',
    '"setopt noautomenu" comes behind the line that loads Oh My Zsh, which switches automenu on.',
    'Oh My Zsh is copied with git, without its installer: that one renames an existing .zshrc and may change the login shell.',
    'Powerlevel10k is what the source uses. Its author gives it very little support since 2024; Starship and Oh My Posh are kept up. bash’s own prompt, translated, is the first choice here.',
    'Uncertain: Terminal.app of macOS before 26 has no RGB colours, which is why the source uses iTerm2. Uncertain: the exact words of Oh My Zsh and of the wizard, which change.',
    'Not tried: macOS, iTerm2, Oh My Zsh and Powerlevel10k themselves. Tried: zsh 5.9 and bash 5.2 with each construct that is moved, on a terminal.',
  ],
  sources: [
    'Notes on a migration from bash to zsh on macOS',
    'zshoptions(1), zshmisc(1), zshexpn(1), zshmodules(1)',
    'Oh My Zsh: lib/completion.zsh and its plugins',
    'The template of ~/.p10k.zsh',
  ],
  search,
  symptoms: [
    { pattern: /The default interactive shell is now zsh/i, text: 'The default interactive shell is now zsh.' },
    { pattern: inOrder(/zsh/, /command not found: (?:shopt|bind|complete|compgen|compopt)\b/), text: '/Users/alice/.zshrc:12: command not found: shopt' },
    { pattern: /zsh: no matches found: /, text: 'zsh: no matches found: host:*' },
    { pattern: /zsh:\d+: = not found|zsh: = not found/, text: 'zsh:1: = not found' },
    { pattern: /zsh compinit: insecure directories/, text: 'zsh compinit: insecure directories, run compaudit for list.' },
    { pattern: /\[oh-my-zsh\] plugin 'copydir' not found/, text: "[oh-my-zsh] plugin 'copydir' not found" },
    { pattern: /chsh: \S+: non-standard shell/, text: 'chsh: /opt/homebrew/bin/zsh: non-standard shell' },
  ],
  alsoCalled: [
    'switch the shell from bash to zsh on a Mac, chsh -s /bin/zsh',
    'bash_profile is not read by zsh, aliases are gone after the macOS update',
    'Oh My Zsh and Powerlevel10k, p10k configure, noautomenu, Subversion in the prompt',
    'von Bash zu zsh wechseln, Aliase fehlen nach dem Update',
    'passer de bash à zsh sur macOS',
    'cambiar de bash a zsh en macOS',
  ],
  parameters,
  labDefaults: { home: '/home/alice', profile: labProfile, bashrc: labBashrc },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  misfit,
  systems: { tools: [{ name: 'zsh', package: 'zsh' }] },
  lab,
});

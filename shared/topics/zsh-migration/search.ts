/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'zsh zshrc oh-my-zsh | bash bashrc bash_profile migrat* switch* move* moving from change* default-shell prompt completion array* word-splitting globbing shopt ps1 alias* export* script* wechsel* umstieg umstell* passer cambiar catalina no-matches convert*',
    'default-shell-is-now-zsh interactive-shell-is-now-zsh default-interactive-shell | *',
    'chsh | zsh bash',
    'bash bash_profile bashrc | zsh',
  ],
  asked: [
    'The default interactive shell is now zsh',
    'move my bash_profile to zsh',
    'switch from bash to zsh on a Mac',
    'zsh: no matches found',
    'arrays start at 1 in zsh, my script breaks',
    'PS1 prompt looks wrong in zsh',
    'shopt: command not found in zshrc',
    'von Bash auf Zsh umsteigen',
    'word splitting differs in zsh',
    'convert bashrc to zshrc',
    'switch bash to zsh macos',
    'Catalina nags me to change the shell, how do I take my aliases, PS1 and functions out of .bash_profile with me',
    "which file in zsh corresponds to .bash_login .bashrc and .inputrc, prompt escapes like \\u@\\h don't work",
    'shopt and PROMPT_COMMAND and complete -F in my old startup file give command not found in the new shell',
    'what about HISTCONTROL and bind lines if I chsh to /bin/zsh on debian',
    'The default interactive shell is now zsh. To update your account to use zsh, please run `chsh -s /bin/zsh`.',
    'passer de bash à zsh en gardant ses alias et son prompt',
    'convert .bashrc to .zshrc',
    'default shell now zsh bash_profile',
    'Terminal tells me to change to zsh on Catalina, how do I take my aliases, PS1 and PATH over',
    "what's the equivalent of shopt, PROMPT_COMMAND and bash completion lines in zsh",
    'I have a long .bash_profile and .inputrc, which lines can stay and which must be rewritten for z shell',
    "HISTCONTROL=ignoredups and bind '\"\\e[A\":history-search-backward' don't work in .zshrc, how to write them",
    '/Users/anna/.zshrc:14: command not found: shopt',
    'Von bash auf zsh umsteigen: meine Einstellungen aus .bashrc übernehmen',
  ],
  nearMisses: ['bash history is empty', 'bash script loops over file names with spaces', 'zsh theme is slow in git repositories'],
};

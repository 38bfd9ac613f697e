/** What becomes of single lines of bash: settings of its own that zsh has under another name, and what zsh does by itself. Pure. */

import { zshPromptValue } from './bash-prompt.ts';
import { bounded } from './bounded-pattern.ts';

/** `zsh`: null where nothing takes its place. */
export interface LineMove {
  zsh: string | null;
  why: string;
  /** A person has to look at it; the line stays as a comment. */
  byHand?: true;
  needs?: 'completion' | 'history-file';
}
const byHand = (why: string): LineMove => ({ zsh: null, why, byHand: true });
const leftOut = (why: string): LineMove => ({ zsh: null, why });

/** What the rest of the text says. */
export interface Around {
  /** A theme sets the prompt. */
  theme: boolean;
  /** Variables that PS1 uses. */
  promptNames: ReadonlySet<string>;
}

const shopts: Readonly<Record<string, string | null>> = {
  histappend: 'append_history',
  autocd: 'auto_cd',
  cdable_vars: 'cdable_vars',
  extglob: 'ksh_glob',
  nullglob: 'null_glob',
  dotglob: 'glob_dots',
  nocaseglob: 'no_case_glob',
  nocasematch: 'no_case_match',
  cdspell: null,
  dirspell: null,
  checkwinsize: null,
  cmdhist: null,
  lithist: null,
  globstar: null,
  expand_aliases: null,
  direxpand: null,
  progcomp: null,
  promptvars: null,
  histverify: 'hist_verify',
};
const histControl: Readonly<Record<string, string>> = {
  ignoredups: 'hist_ignore_dups',
  ignorespace: 'hist_ignore_space',
  ignoreboth: 'hist_ignore_dups hist_ignore_space',
  erasedups: 'hist_ignore_all_dups',
};
const unquoted = (value: string) => value.replace(bounded`^(['"])(.*)\1$`, '$2');

/** One line without its indent, and what is known around it; null where no rule is for it. */
export function moveLine(line: string, { theme, promptNames }: Around): LineMove | null {
  const shopt = bounded`^shopt\s+-([su])\s+([\w\s]+?)(?:\s+2>\s*\S+)?;?$`.exec(line);
  if (shopt) return moveShopt((shopt[2] ?? '').trim().split(bounded`\s+`), shopt[1] === 's');
  const [, name = '', value = ''] = bounded`^(?:export\s+)?([A-Za-z_]\w*)=(.*?);?$`.exec(line.replace(bounded`\s+#[^'"]*$`, '')) ?? [];
  if (name === 'HISTCONTROL') {
    const options = unquoted(value)
      .split(':')
      .map((one) => histControl[one]);
    return options.includes(undefined)
      ? byHand('HISTCONTROL has a word that is not known here.')
      : { zsh: `setopt ${options.join(' ')}`, why: 'HISTCONTROL is options in zsh.' };
  }
  if (name === 'HISTFILESIZE') return { zsh: `SAVEHIST=${value === '' ? '1000000000' : value}`, why: 'zsh calls it SAVEHIST.', needs: 'history-file' };
  if (name === 'HISTSIZE' && !bounded`^['"]?[1-9]\d*['"]?$`.test(value))
    return { zsh: 'HISTSIZE=1000000000', why: 'zsh has no unlimited history; this is very long.' };
  if (name === 'HISTTIMEFORMAT') return { zsh: 'setopt extended_history', why: 'zsh keeps the time with this option; "history -i" shows it.' };
  if (name === 'HISTFILE') return leftOut('The history of bash stays with bash. zsh keeps its own in ~/.zsh_history.');
  if (name === 'HISTIGNORE') return byHand('zsh has HISTORY_IGNORE, one pattern such as "(ls|cd *)".');
  if (name === 'PROMPT_COMMAND') return movePromptCommand(value);
  if (name === 'PS1' || name === 'PROMPT') {
    if (theme) return leftOut('The theme sets the prompt.');
    const made = zshPromptValue(value);
    if (!made) return byHand('The prompt is put together in a form that is not known here.');
    return { zsh: `${made.substitutes ? 'setopt prompt_subst; ' : ''}PROMPT=${made.value}`, why: 'Prompts of zsh have % in the place of \\.' };
  }
  if (name === 'PS2' || name === 'PS4' || name === 'PROMPT_DIRTRIM') return byHand(`${name} is written differently in zsh.`);
  if (promptNames.has(name) && value.includes('\\')) {
    const made = zshPromptValue(value);
    return made ? { zsh: `${name}=${made.value}`, why: 'The prompt uses it.' } : byHand('The prompt uses it, in a form that is not known here.');
  }
  return moveCommand(line);
}

function moveShopt(names: readonly string[], on: boolean): LineMove {
  const strange = names.find((name) => !(name in shopts));
  if (strange !== undefined) return byHand(`"shopt ${strange}" has no option of zsh that is known here.`);
  const options = names.flatMap((name) => shopts[name] ?? []);
  if (options.length === 0) return leftOut('zsh does it by itself, or has no such option.');
  return { zsh: `${on ? 'setopt' : 'unsetopt'} ${options.join(' ')}`, why: 'shopt is setopt in zsh.' };
}

function movePromptCommand(value: string): LineMove {
  const text = unquoted(value);
  if (bounded`^\s*$`.test(text)) return leftOut('It is empty.');
  if (bounded`^(?:history -[acnrw];?\s*)+(?:\$\{?PROMPT_COMMAND.*)?$`.test(text))
    return { zsh: 'setopt share_history', why: 'With share_history all terminals have one history.', needs: 'history-file' };
  if (bounded`[$\x60\\"']`.test(text)) return byHand('Make a function of it, and hook it in: add-zsh-hook precmd NAME.');
  return {
    zsh: `autoload -Uz add-zsh-hook; from_bash_prompt_command() { ${text.replace(bounded`[;\s]+$`, '')}; }; add-zsh-hook precmd from_bash_prompt_command`,
    why: 'zsh does not know PROMPT_COMMAND; it calls precmd functions.',
  };
}

const keys: Readonly<Record<string, string>> = {
  'history-search-backward': 'history-beginning-search-backward',
  'history-search-forward': 'history-beginning-search-forward',
  'backward-word': 'backward-word',
  'forward-word': 'forward-word',
  'kill-word': 'kill-word',
  'beginning-of-line': 'beginning-of-line',
  'end-of-line': 'end-of-line',
};
function moveCommand(line: string): LineMove | null {
  const bind = bounded`^bind\s+(.*)$`.exec(line)?.[1];
  if (bind !== undefined) {
    const [, key, action = ''] = bounded`^['"]\s*"((?:\\[eC]|[^"\\])+)":\s*([\w-]+)\s*['"]$`.exec(bind) ?? [];
    const widget = keys[action];
    if (key !== undefined && widget)
      return { zsh: `bindkey '${key.replaceAll('\\e', '^[').replaceAll('\\C-', '^')}' ${widget}`, why: 'bind is bindkey in zsh.' };
    if (bounded`(?i)set completion-ignore-case on`.test(bind))
      return { zsh: "zstyle ':completion:*' matcher-list 'm:{a-zA-Z}={A-Za-z}'", why: 'Completion that ignores capitals.', needs: 'completion' };
    if (bounded`(?i)set (?:show-all-if-ambiguous|bell-style|mark-symlinked-directories|colored-stats|visible-stats)`.test(bind))
      return leftOut('zsh’s completion has no need of it.');
    return byHand('zsh has bindkey; look for the widget in zshzle(1).');
  }
  if (bounded`^set\s+-o\s+(?:vi|emacs)$`.test(line)) return { zsh: `bindkey -${line.endsWith('vi') ? 'v' : 'e'}`, why: 'In zsh bindkey chooses the keys.' };
  if (bounded`^complete\s`.test(line)) return { zsh: line, why: 'bashcompinit reads completions of bash.', needs: 'completion' };
  if (bounded`^export\s+-f\b`.test(line)) return leftOut('zsh can’t export functions.');
  if (bounded`^(?:\[\[?\s.*\]\]?\s*&&\s*|test\s.*&&\s*)?(?:\.|source)\s+\S*(?:bash_completion|bash-completion)\S*$`.test(line))
    return { zsh: null, why: 'zsh has its own completion.', needs: 'completion' };
  if (
    bounded`^(?:\[\[?\s.*\]\]?\s*&&\s*|test\s.*&&\s*)?(?:\.|source)\s+["']?(?:~|\$HOME|\$\{HOME\})/\.(?:bashrc|bash_profile|bash_login|profile)["']?$`.test(
      line,
    )
  )
    return leftOut('zsh reads its own start-up files.');
  if (bounded`(?:^|&&\s*|\s)(?:\.|source)\s+\S*bash\S*$`.test(line))
    return byHand('That file is written for bash. Look through it; if it has only aliases, zsh can read it.');
  if (
    bounded`^\[\[?\s+-[zn]\s+"?\$(?:PS1|\{PS1\})"?\s+\]\]?\s*(?:&&|\|\|)\s*return\b`.test(line) ||
    bounded`^\[\[\s+\$-\s*!=\s*\*i\*\s*\]\]\s*&&\s*return\b`.test(line)
  )
    return leftOut('zsh reads .zshrc only in interactive shells.');
  if (bounded`^(?:export\s+)?BASH_SILENCE_DEPRECATION_WARNING=`.test(line)) return leftOut('It is for bash only.');
  if (bounded`^(?:return|exit|exec)\b`.test(line)) return byHand('It would end the start of zsh.');
  return null;
}

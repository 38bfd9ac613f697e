/** What comes into .zprofile and .zshrc, and by which names it can be seen there. Pure. */
import { type EditRefusal, setMarkedLines } from '../../topic-kit/index.ts';
import { type Moved, moveToZsh } from './move-to-zsh.ts';
import type { Parameters } from './parameters.ts';

export const blockName = 'wrenchbook: from bash';

export interface ZshFiles {
  moved: readonly Moved[];
  zprofile: readonly string[];
  zshrc: readonly string[];
  /** `alias:ll`, `function:mkcd`, `variable:EDITOR`: what zsh has to know then. */
  names: readonly string[];
}

const cached = `"\${XDG_CACHE_HOME:-$HOME/.cache}/p10k-instant-prompt-\${(%):-%n}.zsh"`;
const instantPrompt = `[[ -r ${cached} ]] && source ${cached}`;

export function zshFiles(values: Pick<Parameters, 'profile' | 'bashrc' | 'framework' | 'plugins' | 'listing' | 'unmatched'>): ZshFiles {
  const { framework, plugins, listing, unmatched } = values;
  const moved = moveToZsh(values, framework !== 'none');
  const of = (into: Moved['into']) => moved.filter((one) => one.into === into).flatMap(({ zsh }) => zsh);
  const needs = new Set(moved.map((one) => one.needs));
  const completion = [
    ...(framework === 'none' ? ['autoload -Uz compinit && compinit'] : []),
    ...(moved.some(({ zsh }) => zsh.some((line) => /^\s*complete\s/.test(line))) ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
  ];
  const zprofile = trimmed(of('zprofile'));
  return {
    moved,
    zprofile: zprofile.every((line) => line.trim() === '') ? [] : zprofile,
    zshrc: [
      ...(framework === 'p10k' ? [instantPrompt] : []),
      ...(framework === 'none'
        ? []
        : [
            'export ZSH="$HOME/.oh-my-zsh"',
            `ZSH_THEME="${framework === 'p10k' ? 'powerlevel10k/powerlevel10k' : 'robbyrussell'}"`,
            `plugins=(${plugins.split(/\s+/).filter(Boolean).join(' ')})`,
            'source "$ZSH/oh-my-zsh.sh"',
          ]),
      ...(needs.has('history-file') ? [`HISTFILE="\${HISTFILE:-$HOME/.zsh_history}"`] : []),
      ...(unmatched ? ['setopt no_nomatch'] : []),
      ...(needs.has('completion') ? completion : []),
      ...trimmed(of('zshrc')),
      // Behind Oh My Zsh, which switches it on.
      ...(listing ? ['setopt noautomenu'] : []),
      ...(framework === 'p10k' ? ['[[ -f ~/.p10k.zsh ]] && source ~/.p10k.zsh'] : []),
      // Shows that zsh came as far as this.
      'from_bash_block=read',
    ],
    names: [...new Set(moved.filter(({ kind }) => kind === 'same' || kind === 'changed').flatMap(({ zsh }) => nameOf(zsh)))].slice(0, 100),
  };
}

/** Without empty lines at both ends. */
function trimmed(lines: readonly string[]): string[] {
  const used = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at]));
  return lines.slice(used[0] ?? 0, (used.at(-1) ?? -1) + 1);
}

function nameOf([first = '', ...rest]: readonly string[]): string[] {
  const [, alias] = /^alias\s+([\w.:+-]+)=/.exec(first) ?? [];
  if (alias !== undefined) return [`alias:${alias}`];
  const [, name] = /^(?:function\s+)?([A-Za-z_][\w.:+-]*)\s*\(\s*\)/.exec(first) ?? /^function\s+([A-Za-z_][\w.:+-]*)/.exec(first) ?? [];
  if (name !== undefined) return [`function:${name}`];
  const [, variable] = rest.length > 0 ? [] : (/^export\s+([A-Za-z_]\w*)=/.exec(first) ?? []);
  return variable === undefined ? [] : [`variable:${variable}`];
}

/** The file with our block at its end; everything else stays. */
export function withBlock(old: string, lines: readonly string[], framework: Parameters['framework']): string | EditRefusal {
  if (old.includes('\r'))
    return {
      rule: 'windows-ends',
      means: 'The file has the line ends of Windows. zsh takes them for a part of each command.',
      next: 'Convert it, such as with "tr -d \'\\r\'", and run the step again.',
    };
  const others = setMarkedLines(old, blockName, [])
    .split('\n')
    .map((line) => line.trim());
  if (framework !== 'none' && others.some((line) => !line.startsWith('#') && line.includes('oh-my-zsh.sh')))
    return {
      rule: 'already-omz',
      means: 'The file loads Oh My Zsh already. Loaded twice it is slow, and its settings get mixed up.',
      next: 'Start a new run with "None" as the framework: it adds only bash’s lines, behind yours.',
    };
  if (others.includes(`# BEGIN ${blockName}`) || others.includes(`# END ${blockName}`))
    return {
      rule: 'half-block',
      means: 'A mark of an earlier run has no other half.',
      next: 'Remove the line "# BEGIN …" or "# END …" of Wrenchbook, and run the step again.',
    };
  return setMarkedLines(old, blockName, lines);
}

/** svn behind git in the list of what the prompt looks at. */
export function withSubversion(old: string): string | EditRefusal {
  const head = 'POWERLEVEL9K_VCS_BACKENDS=(';
  let found = false;
  const lines = old.split('\n').map((line) => {
    const from = line.indexOf(head) + head.length;
    const to = line.indexOf(')', from);
    if (from < head.length || to < 0 || line.trimStart().startsWith('#')) return line;
    found = true;
    const names = line.slice(from, to).trim().split(' ').filter(Boolean);
    return names.includes('svn') ? line : `${line.slice(0, from)}${[...names, 'svn'].join(' ')}${line.slice(to)}`;
  });
  if (!found)
    return {
      rule: 'no-backends',
      means: 'The file has no line POWERLEVEL9K_VCS_BACKENDS=(…).',
      next: 'Run "p10k configure" to its end, and run the step again.',
      remedies: ['configure'],
    };
  return lines.join('\n');
}

import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { zshPromptValue } from './bash-prompt.ts';
import { bashUnits } from './bash-units.ts';
import { moveToZsh, notShown } from './move-to-zsh.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { cardsOf, steps } from './steps.ts';
import { withBlock, withSubversion, zshFiles } from './zsh-files.ts';

const moved = (bashrc: string, { profile = '', theme = false } = {}) => moveToZsh({ profile, bashrc }, theme);
const parse = (values: object) => parameters.parse({ home: '/home/a', ...values });

describe('a start-up file in units', () => {
  it.each([
    ['a=1\nb=2\n', [1, 1]],
    ['if x; then\n  y\nfi\nz', [3, 1]],
    ['f() {\n  case $1 in\n    a) b ;;\n  esac\n}\ng', [5, 1]],
    ['a="1\n2"\nb', [2, 1]],
    ['cat <<-END\n\tif {\n\tEND\nb', [3, 1]],
    ['a \\\n  b\nc', [2, 1]],
    ['a=(x\n y)\necho done if', [2, 1]],
    [`alias x='echo }'\necho \${x} # if {\ny`, [1, 1, 1]],
    ['for i in 1; do if a; then b; fi; done\nc', [1, 1]],
  ])('%j', (text, wanted) => expect(bashUnits(text).map(({ lines }) => lines.length)).toEqual(wanted));
  it.each(['if true', 'f() {', 'a="b', 'cat <<X\n'])('is not whole: %j', (text) => {
    expect(bashUnits(text).at(-1)?.whole).toBe(false);
    expect(moved(text).map(({ kind }) => kind)).toContain('by-hand');
  });
  it('costs what it is long', () => expect(bashUnits('{ ('.repeat(5000)).length + bashUnits('a=1\n'.repeat(5000)).length).toBe(5001));
});

describe('a line of bash', () => {
  it.each([
    ["alias ll='ls -l'", 'same', "alias ll='ls -l'"],
    ['shopt -s histappend autocd', 'changed', 'setopt append_history auto_cd'],
    ['shopt -s checkwinsize', 'left-out', ''],
    ['shopt -s compat31', 'by-hand', '# bash: shopt -s compat31'],
    ['export HISTCONTROL="ignoreboth:erasedups"', 'changed', 'setopt hist_ignore_dups hist_ignore_space hist_ignore_all_dups'],
    ['HISTFILE=~/.bash_history', 'left-out', ''],
    ['HISTFILESIZE=', 'changed', 'SAVEHIST=1000000000'],
    ['PROMPT_COMMAND="history -a; $PROMPT_COMMAND"', 'changed', 'setopt share_history'],
    ['PROMPT_COMMAND=\'echo -ne "\\033]0;$PWD\\007"\'', 'by-hand', '# bash: PROMPT_COMMAND=\'echo -ne "\\033]0;$PWD\\007"\''],
    ['bind \'"\\e[B": history-search-forward\'', 'changed', "bindkey '^[[B' history-beginning-search-forward"],
    ['bind -x \'"\\C-l": clear\'', 'by-hand', '# bash: bind -x \'"\\C-l": clear\''],
    ['complete -F _x x', 'changed', 'complete -F _x x'],
    ['set -o vi', 'changed', 'bindkey -v'],
    ['[ -f ~/.bashrc ] && . ~/.bashrc', 'left-out', ''],
    ['[ -z "$PS1" ] && return', 'left-out', ''],
    ['return', 'by-hand', '# bash: return'],
    ['. ~/.bash_aliases', 'by-hand', '# bash: . ~/.bash_aliases'],
    ['. ~/.aliases', 'same', '. ~/.aliases'],
    ['eval "$(direnv hook bash)"', 'changed', 'eval "$(direnv hook zsh)"'],
    ['source <(kubectl completion bash)', 'changed', 'source <(kubectl completion zsh)'],
    ['export -f f', 'left-out', ''],
    ['declare -n x=y', 'by-hand', '# bash: declare -n x=y'],
    ['f() { mapfile -t x; }', 'by-hand', '# bash: f() { mapfile -t x; }'],
    ['[ "$a" == b ] && c', 'changed', '[ "$a" = b ] && c'],
    ['[[ $a == b ]] && c', 'same', '[[ $a == b ]] && c'],
    ['ask() { read -p "Sure? " -r x; }', 'changed', 'ask() { read -r "x?Sure? "; }'],
    ['f() { rm $1; }', 'changed', 'f() { setopt local_options sh_word_split; rm $1; }'],
    ['f() { rm "$1"; }', 'same', 'f() { rm "$1"; }'],
    [`export TOKEN=${notShown}`, 'by-hand', `# bash: export TOKEN=${notShown}`],
    ['cd "$(dirname "$BASH_SOURCE")"', 'changed', `cd "$(dirname "\${(%):-%x}")"`],
  ])('%s', (line, kind, zsh) => expect(moved(line).map((one) => [one.kind, one.zsh.join('\n')])).toEqual([[kind, zsh]]));
  it('stays a line within "if", where nothing takes its place', () =>
    expect(moved('if true; then\n  shopt -s checkwinsize\nfi')[0]?.zsh).toEqual(['if true; then', '  : # bash: shopt -s checkwinsize', 'fi']));
  it('sets the environment in .zprofile only where it did in .bash_profile', () => {
    expect(moved('export A=1', { profile: 'export B=2\nalias x=y\nif [ -d ~/bin ]; then\n  PATH=~/bin:$PATH\nfi' }).map(({ into }) => into)).toEqual([
      'zprofile',
      'zshrc',
      'zprofile',
      'zshrc',
    ]);
  });
  it('is left to a person where it is too long, and any text of the form’s length is read', () => {
    expect(moved(`alias x='${'a'.repeat(1000)}'`)).toMatchObject([{ kind: 'by-hand', why: 'It is too long to be read here.' }]);
    for (const word of ['[[ ', 'export A=', 'eval "$(x ', 'A_TOKEN', '((', "'", 'trap ', 'source <( ', 'shopt -s a ', ' ', `\${a`, 'bind "'])
      expect(moved(`${word.repeat(40).slice(0, 999)}\n`.repeat(60).slice(0, 20_000)).length).toBeGreaterThan(0);
  });
  it('sets no prompt where a theme does', () => expect(moved("PS1='\\u'", { theme: true })).toMatchObject([{ kind: 'left-out' }]));
});

it.each([
  [String.raw`'\u@\h \w\$ '`, "$'%n@%m %~%(!.#.$) '", false],
  [String.raw`'100% \[\e[1m\]$(git_branch)\n'`, String.raw`$'100%% %{\e[1m%}$(git_branch)\n'`, true],
  [String.raw`"\u $HOST_NAME"`, `$'%n '"$HOST_NAME"`, false],
  [String.raw`"\$(x)\$ "`, "$'$(x)$ '", true],
])('a prompt %s', (value, zsh, substitutes) => expect(zshPromptValue(value)).toEqual({ value: zsh, substitutes }));
it.each([String.raw`'\v'`, '$(x)', "'a", '"a'])('no prompt of %s', (value) => expect(zshPromptValue(value)).toBeNull());

describe('the files', () => {
  it('have Oh My Zsh before noautomenu, and the instant prompt before that', () => {
    const { zshrc } = zshFiles(parse({ framework: 'p10k' }));
    const at = (text: string) => zshrc.findIndex((line) => line.includes(text));
    expect([at('instant-prompt'), at('oh-my-zsh.sh'), at('noautomenu'), at('.p10k.zsh'), at('from_bash_block')]).toEqual([0, 4, 6, 7, 8]);
  });
  it('keep what is there, are the same the second time, and are gone again without lines', () => {
    const once = withBlock('a\n', ['b'], 'none') as string;
    expect(once).toBe('a\n# BEGIN wrenchbook: from bash\nb\n# END wrenchbook: from bash\n');
    expect(withBlock(once, ['b'], 'none')).toBe(once);
    expect(withBlock(once, [], 'none')).toBe('a\n');
  });
  it.each([
    ['already-omz', 'source $ZSH/oh-my-zsh.sh\n', 'omz'],
    ['windows-ends', 'a\r\n', 'none'],
    ['half-block', '# END wrenchbook: from bash\n', 'none'],
  ] as const)('are left alone as %s', (rule, text, framework) => expect(withBlock(text, ['b'], framework)).toMatchObject({ rule }));
  it('show Subversion in the prompt, once', () => {
    const line = '  typeset -g POWERLEVEL9K_VCS_BACKENDS=(git)\n';
    const wanted = '  typeset -g POWERLEVEL9K_VCS_BACKENDS=(git svn)\n';
    expect([withSubversion(line), withSubversion(wanted)]).toEqual([wanted, wanted]);
    expect(withSubversion('# x\n')).toMatchObject({ rule: 'no-backends' });
  });
});

describe('the form', () => {
  it.each([{ bashrc: 'export GITHUB_TOKEN=ghp_1' }, { bashrc: 'a\u001b' }, { plugins: 'git copydir' }, { plugins: 'git; rm' }, { home: '~' }])(
    'does not take %j',
    (values) => expect(parameters.safeParse({ home: '/home/a', ...values }).success).toBe(false),
  );
  it.each(['export TOKEN=$(pass show x)', 'SSH_KEY_PATH=/home/a/key', `PASSWORD=${notShown}`])('takes %j', (bashrc) =>
    expect(parameters.safeParse({ bashrc }).success).toBe(true),
  );
  it('needs a home folder for a run', () => expect(misfit(parse({ home: '' }))).toMatchObject({ field: 'home' }));
});

it('shows every line on a card', () => {
  const all = moved('alias a=b\nshopt -s autocd\nshopt -s checkwinsize\nreturn');
  expect(cardsOf(all).map(({ title }) => title)).toEqual(['For you to do (1)', 'Changed (1)', 'Left out (1)', 'As they are (1)']);
});

describe('a start of zsh', () => {
  const good = 'start=0.2 s\nblock=read\nautomenu=off\nnames=1 of 1\nprompt=reached';
  const rules = (output: string) => {
    const step = steps(parse({ bashrc: 'alias a=b' })).find(({ id }) => id === 'zshrc');
    const verdicts = judge((step?.kind === 'edit' && step.verify?.matchers) || [], { output, exitStatus: 0, facts: {} });
    return verdicts.filter((verdict) => isFailure([verdict])).map(({ rule }) => rule);
  };
  it.each([
    [good, []],
    [good.replace('automenu=off', 'automenu=on'), ['listing']],
    [good.replace('reached', 'none'), ['prompt']],
    [`says: /x/.zshrc:3: command not found: shopt\n${good}`, ['unknown-command']],
    ['says: zsh compinit: insecure directories, run compaudit for list.\nprompt=none', ['insecure']],
    ['', ['block', 'listing', 'names', 'prompt']],
  ])('%j', (output, wanted) => expect(rules(output)).toEqual(wanted));
});

describe('the check', () => {
  const seen = 'folder=/home/a\nzsh=5.9\nlogin-shell=/bin/bash\nreadable=yes\nprofile-file=.profile\nprofile| export A=1\nbashrc| alias a=b\nlooked=yes\n';
  const look = (output: string, values: object = {}) => probe.judge({ output, exitStatus: 0 }, parse(values));
  const both = { profile: 'export A=1', bashrc: 'alias a=b' };
  const blocks = (values: object) =>
    (['zprofile', 'zshrc'] as const).flatMap((name) => ['# BEGIN', ...zshFiles(parse(values))[name], '# END'].map((line) => `${name}| ${line}\n`)).join('');
  it.each([
    ['affected', seen, both],
    ['affected', seen, {}],
    ['affected', seen + blocks({ bashrc: 'alias old=x' }), both],
    ['already-fixed', seen + blocks(both), both],
    ['not-affected', seen.replace('export A=1', '# nothing').replace('alias a=b', ''), {}],
    ['unknown', seen.replace('zsh=5.9\n', ''), both],
    ['unknown', seen.replace('readable=yes\n', ''), both],
    ['unknown', seen.replace('looked=yes\n', ''), both],
    ['unknown', '', both],
  ])('says %s', (verdict, output, values) => expect(look(output, values)).toMatchObject({ verdict }));
  it('proposes the lines that are there', () =>
    expect(look(seen, { home: '' }).proposes?.map(({ field, value }) => [field, value])).toEqual([
      ['home', '/home/a'],
      ['profile', 'export A=1'],
      ['bashrc', 'alias a=b'],
    ]));
});

/**
 * bash and zsh themselves: each construct that is moved does in zsh what it does in bash, and a whole account moves and comes back. Oh My Zsh
 * and Powerlevel10k are not here; a stand-in does what they do with automenu and with a plugin that is missing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { parameters } from '../../../shared/topics/zsh-migration/parameters.ts';
import { zshFiles } from '../../../shared/topics/zsh-migration/zsh-files.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['zsh'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`The move from bash to zsh is not tried: ${why}.`);

const home = '/home/wren';
const setUp = `${passwordlessSudo}
printf '/bin/sh\\n/bin/bash\\n/bin/zsh\\n' >/etc/shells
mkdir -p /srv/try
`;
/** Lines of bash, what is then typed, and what bash prints. */
const constructs: readonly [string, string, string, string][] = [
  ['an alias', "alias hi='echo hello'", 'eval hi', 'hello'],
  ['arrays from 0', `f() { local a=(x y z); echo \${a[0]} \${a[1]} \${#a[@]}; }`, 'f', 'x y 3'],
  ['an array that grows', `f() { local a; a[0]=p; a+=(q); echo "\${a[@]}" "\${a[1]}"; }`, 'f', 'p q q'],
  ['a slice', `f() { local a=(1 2 3 4); echo "\${a[@]:1:2}"; }`, 'f', '2 3'],
  ['word splitting', 'LIST="a b c"\nf() { local n=0; for x in $LIST; do n=$((n+1)); done; echo $n; }', 'f', '3'],
  ['splitting of arguments', 'count() { echo $#; }\nf() { local o="-l -a"; count $o "$o"; }', 'f', '3'],
  ['splitting outside a function', `DIRS="one two"\nfor d in $DIRS; do N="\${N}[$d]"; done`, 'echo $N', '[one][two]'],
  ['[[ =~ ]] and BASH_REMATCH', `f() { [[ $1 =~ ^([a-z]+)-([0-9]+)$ ]] && echo "\${BASH_REMATCH[2]} \${BASH_REMATCH[1]}"; }`, 'f ab-12', '12 ab'],
  ['== in [ ]', 'f() { if [ "$1" == yes ]; then echo same; else echo other; fi; }', 'f yes', 'same'],
  ['read -p', 'f() { read -r -p "Name? " name; echo "<$name>"; }', 'echo bob | f 2>/dev/null', '<bob>'],
  ['capitals', `f() { local v=abc; echo \${v^^}; }`, 'f', 'ABC'],
  ['an indirect name', `one=two; two=three\nf() { echo \${!one}; }`, 'f', 'three'],
  ['a pattern that matches nothing', '', 'echo /nowhere/x*y', '/nowhere/x*y'],
  ['a here-document', 'f() {\ncat <<END\nit is $1 }\nEND\n}', 'f me', 'it is me }'],
  ['PATH and export', 'export PATH="/opt/x/bin:$PATH" COLOUR=blue', "echo $PATH | cut -d: -f1; sh -c 'echo $COLOUR'", '/opt/x/bin\nblue'],
  ['PROMPT_COMMAND', 'ask() { echo asked; }\nPROMPT_COMMAND="ask"', '', 'asked'],
  [
    'complete',
    "complete -W 'start stop' tool",
    'if [ -n "$ZSH_VERSION" ]; then case $_comps[tool] in *_bash_complete*) echo known ;; esac; else complete -p tool >/dev/null && echo known; fi',
    'known',
  ],
  ['a program asked for its lines', 'eval "$(/srv/tool init bash)"', 'echo $tool_of', 'bash'],
];
/** Prompts of bash; `%` and `$` are what they are. */
const prompts = [
  String.raw`'\u@\h:\w\$ '`,
  String.raw`'\[\e[01;32m\]\u\[\e[0m\] 100% \W > '`,
  String.raw`"\[\033]0;\u: \w\007\]\h \$ "`,
  String.raw`'$(echo "(branch)") \w\n> '`,
  String.raw`"${'$'}{HOME}:\s\\$ "`,
];
const parse = (bashrc: string, profile = '') => parameters.parse({ home, bashrc, profile });

describe.skipIf(why)('bash and zsh', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    writeFileSync(`${machine.root}/srv/tool`, '#!/bin/sh\necho "tool_of=$2"\n', { mode: 0o755 });
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());
  beforeEach(() => {
    machine.asRoot(`cd ${home} && rm -rf .z* .bash* .profile .oh-my-zsh && chsh -s /bin/bash wren`);
  });
  const put = (name: string, text: string) => {
    writeFileSync(`${machine.root}${home}/${name}`, text);
    machine.asRoot(`chown wren:wren ${home}/${name}`);
  };
  const asWren = (command: string) => machine.asRoot(`cd ${home} && su wren -c '${command.replaceAll("'", "'\\''")}' </dev/null`);

  /** What each prints in an interactive bash and in an interactive zsh, with these start-up files. */
  const printed = (tries: readonly { bash: string; zsh: string; typed: string }[]): [string[], string[]] => {
    machine.asRoot('rm -rf /srv/try && mkdir /srv/try');
    for (const [at, { bash, zsh, typed }] of tries.entries()) {
      const folder = `${machine.root}/srv/try/${String(at).padStart(3, '0')}`;
      mkdirSync(folder);
      for (const [name, text] of Object.entries({ bashrc: bash, '.zshrc': zsh, typed })) writeFileSync(`${folder}/${name}`, text);
    }
    const out = asWren(`for d in /srv/try/*; do
bash --rcfile $d/bashrc -i -c ". $d/typed; eval "\\$PROMPT_COMMAND"" 2>/dev/null; echo "=of bash"
ZDOTDIR=$d zsh -i -c ". $d/typed; for f in \\$precmd_functions; do \\$f; done" 2>&1; echo "=of zsh"; done`);
    const each = out
      .split('=of zsh\n')
      .slice(0, -1)
      .map((text) => text.split('=of bash\n').map((one) => one.trimEnd()));
    return [each.map(([one = '']) => one), each.map(([, other = '']) => other)];
  };

  it('do the same with every construct that is moved', { timeout: 600_000 }, () => {
    const [inBash, inZsh] = printed(constructs.map(([, lines, typed]) => ({ bash: lines, zsh: zshFiles(parse(lines)).zshrc.join('\n'), typed })));
    const named = (of: readonly string[]) => constructs.map(([name], at) => [name, of[at]]);
    const wanted = constructs.map(([, , , each]) => each);
    expect(named(inBash)).toEqual(named(wanted));
    // The program is asked for zsh's lines there.
    expect(named(inZsh)).toEqual(named(wanted.map((each) => (each === 'bash' ? 'zsh' : each))));
    // Without the move, zsh does something else: these would not be the same.
    const alone = constructs.filter(([name]) => /arrays from 0|word splitting|BASH_REMATCH|read -p|capitals/.test(name));
    const [, unmoved] = printed(alone.map(([, lines, typed]) => ({ bash: '', zsh: lines, typed })));
    for (const [at, [name, , , each]] of alone.entries()) expect(unmoved[at], name).not.toBe(each);
  });

  it('show the same prompt', { timeout: 30_000 }, () => {
    const moved = prompts.map((prompt) => zshFiles(parse(`PS1=${prompt}`)));
    expect(moved.flatMap((each) => each.moved.map(({ kind }) => kind))).toEqual(prompts.map(() => 'changed'));
    const typed = `if [ -n "$ZSH_VERSION" ]; then print -rnP -- "$PROMPT"; else eval 'printf %s "\${PS1@P}"'; fi | tr -d '\\001\\002\\r'`;
    const [inBash, inZsh] = printed(moved.map(({ zshrc }, at) => ({ bash: `PS1=${prompts[at]}`, zsh: zshrc.join('\n'), typed })));
    expect(inZsh.map((each) => each.replace('zsh$', 'bash$'))).toEqual(inBash);
    expect(inBash[1]).toContain('100%');
  });

  const debian = () => machine.asRoot('cat /etc/skel/.bashrc');
  const own = `export EDITOR=vim
export API_TOKEN=canary-4711
alias ll='ls -l'
shopt -s cdspell
servers() { local a=(web1 web2); echo "\${a[0]}"; }
`;
  const seenBy = (ask: string) => asWren(`zsh -i -l -c '${ask}' 2>&1`).trim();
  const begin = (values: Record<string, string | boolean> = {}) => {
    topic = new RealTopic(machine, 'zsh-migration', values as Record<string, string>);
  };
  const rulesOf = (state: RunState) =>
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
  /** What the check fills in. */
  const proposed = async () => {
    begin();
    const { verdict, proposes } = await topic.look();
    await topic.end();
    return { verdict, values: Object.fromEntries((proposes ?? []).map(({ field, value }) => [field, value])) };
  };

  it('move an account with Debian’s .bashrc and lines of its own, and it comes back', { timeout: 600_000 }, async () => {
    put('.bashrc', debian() + own);
    put('.bash_profile', 'export LESS=-R\n[ -f ~/.bashrc ] && . ~/.bashrc\n');
    put('.zshrc', '# mine\nalias mine=true');
    const before = machine.asRoot(`cd ${home} && cat .bashrc .bash_profile .zshrc | cksum; ls -A`);
    const { verdict, values } = await proposed();
    expect(verdict).toBe('affected');
    expect(values).toMatchObject({ home, profile: 'export LESS=-R\n[ -f ~/.bashrc ] && . ~/.bashrc' });
    expect(values.bashrc).toContain('export API_TOKEN=<not shown>');
    begin({ ...values, turnOn: 'login' });
    const { api, client } = topic.runs;
    let answered = false;
    client.on('runs.changed', ({ runId, prompt }) => {
      if (prompt && !answered) void api.terminal.write({ runId, data: 'sesame\n' });
      answered = prompt !== null;
    });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(seenBy('print -r -- $options[automenu] $EDITOR $LESS $options[histignorespace]; whence -w ll mine servers; servers')).toBe(
      'off vim -R on\nll: alias\nmine: alias\nservers: function\nweb1',
    );
    expect(machine.asRoot('getent passwd wren').trim()).toMatch(/:\/bin\/zsh$/);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(topic.runs.shown).not.toMatch(/canary-4711|sesame/);
    const undoing = topic.undo(done);
    await vi.waitFor(() => expect(topic.runs.shown.split('Password:').length).toBe(3), { timeout: 30_000 });
    await api.terminal.write({ runId: done.runId, data: 'sesame\n' });
    const undone = await undoing;
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(seenBy('print -r -- $options[automenu] $+aliases[ll] $+aliases[mine]')).toBe('on 0 1');
    expect(machine.asRoot(`cd ${home} && cat .bashrc .bash_profile .zshrc | cksum; ls -A | grep -v -e zcompdump -e zsh_history`)).toBe(before);
    expect(machine.asRoot('getent passwd wren').trim()).toMatch(/:\/bin\/bash$/);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('are found out where a line ends the start early, where one is left as bash has it, and where zsh waits for a key', { timeout: 600_000 }, async () => {
    const stopped = async (zshrc: string, values: Record<string, string> = {}) => {
      put('.zshrc', zshrc);
      begin({ home, bashrc: "alias ll='ls -l'", ...values });
      const state = await topic.run();
      const rules = [state.current, ...(rulesOf(state) ?? [])];
      await topic.end();
      return rules;
    };
    expect(await stopped('return\n')).toEqual(['zshrc', 'block', 'listing', 'names']);
    // As the source does it: bash's lines copied.
    expect(await stopped('shopt -s histappend\n')).toEqual(['zshrc', 'unknown-command']);
    expect(await stopped('if true\n')).toEqual(['look', 'broken']);
    machine.asRoot('mkdir -p /srv/open && chmod 777 /srv/open && touch /srv/open/_x');
    expect(await stopped('fpath=(/srv/open $fpath)\n', { bashrc: "complete -W 'a b' tool" })).toEqual(['zshrc', 'insecure']);
  });

  it('have noautomenu behind what loads Oh My Zsh, and name a plugin that is not there', { timeout: 600_000 }, async () => {
    machine.asRoot(`mkdir -p ${home}/.oh-my-zsh && cat >${home}/.oh-my-zsh/oh-my-zsh.sh <<'END'
setopt auto_menu
for plugin ($plugins); do [[ $plugin == git ]] || echo "[oh-my-zsh] plugin '$plugin' not found"; done
END
chown -R wren:wren ${home}/.oh-my-zsh`);
    begin({ home, framework: 'omz', plugins: 'git', bashrc: "PS1='x'" });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(seenBy('print -r -- $options[automenu]')).toBe('off');
    await topic.undo(done);
    await topic.end();
    begin({ home, framework: 'omz', plugins: 'git copy' });
    const state = await topic.run();
    expect([state.current, ...(rulesOf(state) ?? [])]).toEqual(['zshrc', 'plugin']);
  });
});

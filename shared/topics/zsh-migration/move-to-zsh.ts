/** Start-up files of bash, unit by unit, as lines for zsh: what stays, what changes, what a person has to do. Pure. */
import { bashUnits, type Unit } from './bash-units.ts';
import { type Around, type LineMove, moveLine } from './line-rules.ts';

export interface Moved {
  lines: readonly string[];
  kind: 'same' | 'changed' | 'left-out' | 'by-hand';
  into: 'zprofile' | 'zshrc';
  zsh: readonly string[];
  why: string;
  needs?: LineMove['needs'];
}

/** Written in the place of a value that must not be copied. */
export const notShown = '<not shown>';
export const secretName =
  /^\s*(?:export\s+|declare\s+-x\s+)?([A-Za-z_]\w*(?:TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL)\w*|(?:TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY)\w*)=(.*)$/i;

/** Numbers of lines that set a secret. A value that is read by a command, or is a path, is none. */
export const secretLines = (text: string): number[] =>
  text.split('\n').flatMap((line, at) => {
    const value = secretName.exec(line)?.[2]?.trim() ?? '';
    return value === '' || value === notShown || /^["']?(?:\$\(|`|\$HOME|~?\/|["']$)/.test(value) ? [] : [at + 1];
  });

/** Words for which zsh has others, anywhere in a line. */
const rewrites: readonly [RegExp, string, string][] = [
  [/((?:^|[\s;&|(])(?:\[|test)\s[^\]&|;]*?\s)==(?=\s)/g, '$1=', 'In [ … ] zsh takes only one =.'],
  [
    /\bread((?:\s+-[rs]+)*)\s+-p\s*(['"])([^'"]*)\2((?:\s+-[rs]+)*)\s+([A-Za-z_]\w*)/g,
    'read$1$4 $2$5?$3$2',
    'read -p is another option in zsh: the question is behind the name.',
  ],
  [/\$\{BASH_SOURCE(?:\[0\])?\}|\$BASH_SOURCE\b/g, `\${(%):-%x}`, 'BASH_SOURCE is %x in zsh.'],
  [/\$\{!([A-Za-z_]\w*)\}/g, `\${(P)$1}`, 'Indirect names are written otherwise.'],
  [/\$\{([A-Za-z_]\w*)\^\^\}/g, `\${(U)$1}`, 'Capitals are written otherwise.'],
  [/\$\{([A-Za-z_]\w*),,\}/g, `\${(L)$1}`, 'Small letters are written otherwise.'],
  [/(\beval\s+"?\$\([^()]*\s)(?:-s\s+)?bash(\s[^()]*\)|\))/g, '$1zsh$2', 'The program is asked for the lines for zsh.'],
  [/((?:\.|source)\s+<\([^()]*\s)bash(?=\s|\))/g, '$1zsh', 'The program is asked for the lines for zsh.'],
];

const foreign: readonly [RegExp, string][] = [
  [/\bBASH_(?:VERSION|VERSINFO|ARGV|COMMAND|LINENO|ENV)\b|\$BASH\b/, 'It asks for bash’s own variables.'],
  [/\$\{?(?:FUNCNAME|PIPESTATUS|DIRSTACK|GROUPS)\b/, 'zsh has it under another name and counts from 1.'],
  [/\b(?:declare|local|typeset)\s+-\w*n\b/, 'zsh has no references by name (declare -n).'],
  [/\b(?:mapfile|readarray|compopt|caller)\b/, 'zsh has no such command.'],
  [/\b(?:declare|typeset)\s+-[fF]\b|\btype\s+-[tpP]\b|\bcommand\s+-[vV]\s+bash\b/, 'It prints something else in zsh.'],
  [/\$\{!\w+(?:\*|@|\[)/, `zsh writes it otherwise: \${(k)NAME}.`],
  [/\$\{\w+@\w\}|\$\{\w+(?:\^|,)[^}]*\}/, 'zsh writes it otherwise: see "Parameter Expansion Flags".'],
  [/\btrap\s.*\b(?:DEBUG|ERR|RETURN)\b/, 'Such traps work otherwise in zsh.'],
  [/\benable\s+-/, 'enable works otherwise in zsh.'],
  [/\.bash_history\b/, 'The history of bash stays with bash.'],
  [/\bshopt\b|\bbind\s+-|\bset\s+-o\s+(?:posix|history)\b/, 'It is for bash only.'],
];

const indexed = /\$\{\w+\[|\b[A-Za-z_]\w*\[\d+\]=|\$\{\w+\[@\]:/;
const strings = /\\.|'[^']*'|"(?:[^"\\]|\\.)*"/g;
/** A variable outside quotes, where bash splits it into words. */
const splits = /(?:^|[\s(])\$(?:\{?[A-Za-z_]\w*\}?|[1-9@*])(?=$|[\s;)&|])/;
const assignment = /^(?:export\s+|local\s+|readonly\s+)?[A-Za-z_]\w*\+?=\S*$/;

/** Options under which zsh reads a unit as bash does. */
function optionsFor(lines: readonly string[]): string[] {
  const text = lines.filter((line) => !/^\s*#/.test(line)).join('\n');
  const bare = text.replace(/\[\[.*?\]\]|\(\(.*?\)\)/g, ' ').replace(strings, 'x');
  const split = bare.split(/[\n;]|&&|\|\|/).some((command) => splits.test(command) && !assignment.test(command.trim()) && !/^\s*case\s/.test(command));
  return [
    ...(indexed.test(text) || /BASH_REMATCH/.test(text) ? ['ksh_arrays'] : []),
    ...(/BASH_REMATCH/.test(text) ? ['bash_rematch'] : []),
    ...(split ? ['sh_word_split'] : []),
  ];
}

const functionHead = /^\s*(?:function\s+)?[\w.:+-]+\s*(?:\(\s*\))?\s*\{/;

function withOptions(lines: readonly string[], options: readonly string[]): string[] | null {
  const setopt = `setopt local_options ${options.join(' ')}`;
  const text = lines.join('\n');
  const head = functionHead.exec(text)?.[0];
  if (head !== undefined && /\{\s*$/.test(head) && !/^\s*\{/.test(head)) {
    const rest = text.slice(head.length);
    return `${head}${rest.startsWith('\n') ? `\n  ${setopt}` : ` ${setopt};`}${rest}`.split('\n');
  }
  return /\b(?:declare|typeset|local)\b|\(\)\s*\{|<</.test(text) ? null : ['() {', `  ${setopt}`, ...lines.map((line) => `  ${line}`), '}'];
}

/** Only such lines set up an environment, and nothing for a terminal. */
const environment =
  /^\s*(?:(?:export\s+)?[A-Za-z_]\w*\+?=.*|export\s+[A-Za-z_]\w*|umask\s+\d+|(?:if|elif|while)\s+(?:\[\[?|test)\s.*|for\s+\w+\s+in\b.*|then|else|fi|do|done|eval\s+"\$\(.*\bshellenv\b.*\)"|\[\[?\s.*\]\]?\s*(?:&&|\|\|)\s*(?:export\s+)?[A-Za-z_]\w*=.*|#.*|)$/;

export function moveToZsh(texts: { profile: string; bashrc: string }, theme: boolean): Moved[] {
  const all = `${texts.profile}\n${texts.bashrc}`;
  const promptNames = new Set(
    [...all.matchAll(/^\s*(?:export\s+)?PS1=.*$/gm)].flatMap(([line]) => [...line.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name)),
  );
  const around = { theme, promptNames };
  return (['profile', 'bashrc'] as const).flatMap((from) => bashUnits(texts[from]).map((unit) => moveUnit(unit, from, around)));
}

function moveUnit({ lines, whole }: Unit, from: 'profile' | 'bashrc', around: Around): Moved {
  const text = lines.join('\n');
  const isEmpty = lines.every((line) => /^\s*(?:#.*)?$/.test(line));
  const toProfile = from === 'profile' && !isEmpty && lines.every((line) => environment.test(line)) && !/\b(?:PS1|HIST\w+|PROMPT_COMMAND)=/.test(text);
  const moved = (kind: Moved['kind'], zsh: readonly string[], why: string, needs?: LineMove['needs']): Moved => ({
    lines,
    kind,
    into: toProfile ? 'zprofile' : 'zshrc',
    zsh,
    why,
    ...(needs && { needs }),
  });
  const kept = (why: string) =>
    moved(
      'by-hand',
      lines.map((line) => `# bash: ${line}`),
      why,
    );
  if (text.includes(notShown)) return kept('It is a secret, or cannot be shown. Copy it yourself, and better into a file of its own with mode 0600.');
  if (!whole) return kept('Something that it opens is not closed.');
  if (isEmpty) return moved('same', lines, '');
  if (/\$-\s*in\b/.test(text) && /\breturn\b/.test(text)) return moved('left-out', [], 'zsh reads .zshrc only in interactive shells.');
  if (/^\s*if\b/.test(text) && /bash[_-]completion/.test(text)) return moved('left-out', [], 'zsh has its own completion.', 'completion');
  if (/^\s*if\b/.test(text) && /(?:\.|source)\s+["']?(?:~|\$HOME|\$\{HOME\})\/\.(?:bashrc|bash_profile|profile)\b/.test(text))
    return moved('left-out', [], 'zsh reads its own start-up files.');

  const reasons = new Set<string>();
  let needs: LineMove['needs'];
  const zsh: string[] = [];
  for (const line of lines) {
    const [, indent = '', bare = ''] = /^(\s*)(.*?)\s*$/.exec(line) ?? [];
    const rule = bare.startsWith('#') ? null : moveLine(bare, around);
    if (rule) {
      if (rule.byHand) return kept(rule.why);
      reasons.add(rule.why);
      needs ??= rule.needs;
      // Within "if … fi" a line has to stay one.
      if (rule.zsh !== null) zsh.push(`${indent}${rule.zsh}`);
      else if (lines.length > 1) zsh.push(`${indent}: # bash: ${bare}`);
      continue;
    }
    let made = line;
    for (const [pattern, put, why] of rewrites) {
      const next = made.replace(pattern, put);
      if (next !== made) reasons.add(why);
      made = next;
    }
    const reason = foreign.find(([pattern]) => pattern.test(made.replace(/^\s*#.*/, '')))?.[1];
    if (reason !== undefined) return kept(reason);
    if (/\bcompletion\s+zsh\b|\(\s*register-python-argcomplete/.test(made)) needs ??= 'completion';
    zsh.push(made);
  }
  if (zsh.length === 0) return moved('left-out', [], [...reasons].join(' '), needs);
  const options = optionsFor(lines);
  const result = options.length > 0 ? withOptions(zsh, options) : zsh;
  if (result === null) return kept('It needs bash’s arrays or splitting of words. Make a function of it.');
  if (options.length > 0) reasons.add(optionWords(options));
  return moved(reasons.size > 0 ? 'changed' : 'same', result, [...reasons].join(' '), needs);
}

const optionWords = (options: readonly string[]) =>
  [
    options.includes('ksh_arrays') ? 'Arrays of zsh begin at 1; here they begin at 0 as in bash.' : '',
    options.includes('sh_word_split') ? 'zsh does not split variables into words; here it does as bash.' : '',
  ]
    .filter(Boolean)
    .join(' ');

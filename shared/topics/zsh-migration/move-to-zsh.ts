/** Start-up files of bash, unit by unit, as lines for zsh: what stays, what changes, what a person has to do. Pure. */

import { bashUnits, type Unit } from './bash-units.ts';
import { bounded, longestLine, longestUnit } from './bounded-pattern.ts';
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
export const secretName = bounded`(?i)^\s*(?:export\s+|declare\s+-x\s+)?([A-Za-z_]\w*(?:TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL)\w*|(?:TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY)\w*)=(.*)$`;

/** Numbers of lines that set a secret. A value that is read by a command, or is a path, is none. */
export const secretLines = (text: string): number[] =>
  text.split('\n').flatMap((line, at) => {
    const value = secretName.exec(line.slice(0, longestLine))?.[2]?.trim() ?? '';
    return value === '' || value === notShown || bounded`^["']?(?:\$\(|\x60|\$HOME|~?/|["']$)`.test(value) ? [] : [at + 1];
  });

/** Words for which zsh has others, anywhere in a line. */
const rewrites: readonly [RegExp, string, string][] = [
  [bounded`(?g)((?:^|[\s;&|(])(?:\[|test)\s[^\]&|;]*?\s)==(?=\s)`, '$1=', 'In [ … ] zsh takes only one =.'],
  [
    bounded`(?g)\bread((?:\s+-[rs]+)*)\s+-p\s*(['"])([^'"]*)\2((?:\s+-[rs]+)*)\s+([A-Za-z_]\w*)`,
    'read$1$4 $2$5?$3$2',
    'read -p is another option in zsh: the question is behind the name.',
  ],
  [bounded`(?g)\$\{BASH_SOURCE(?:\[0\])?\}|\$BASH_SOURCE\b`, `\${(%):-%x}`, 'BASH_SOURCE is %x in zsh.'],
  [bounded`(?g)\$\{!([A-Za-z_]\w*)\}`, `\${(P)$1}`, 'Indirect names are written differently in zsh.'],
  [bounded`(?g)\$\{([A-Za-z_]\w*)\^\^\}`, `\${(U)$1}`, 'Capitals are written differently in zsh.'],
  [bounded`(?g)\$\{([A-Za-z_]\w*),,\}`, `\${(L)$1}`, 'Small letters are written differently in zsh.'],
  [bounded`(?g)(\beval\s+"?\$\([^()]*\s)(?:-s\s+)?bash(\s[^()]*\)|\))`, '$1zsh$2', 'The program is asked for the lines for zsh.'],
  [bounded`(?g)((?:\.|source)\s+<\([^()]*\s)bash(?=\s|\))`, '$1zsh', 'The program is asked for the lines for zsh.'],
];

const foreign: readonly [RegExp, string][] = [
  [bounded`\bBASH_(?:VERSION|VERSINFO|ARGV|COMMAND|LINENO|ENV)\b|\$BASH\b`, 'It asks for bash’s own variables.'],
  [bounded`\$\{?(?:FUNCNAME|PIPESTATUS|DIRSTACK|GROUPS)\b`, 'zsh has it under another name and counts from 1.'],
  [bounded`\b(?:declare|local|typeset)\s+-\w*n\b`, 'zsh has no references by name (declare -n).'],
  [bounded`\b(?:mapfile|readarray|compopt|caller)\b`, 'zsh has no such command.'],
  [bounded`\b(?:declare|typeset)\s+-[fF]\b|\btype\s+-[tpP]\b|\bcommand\s+-[vV]\s+bash\b`, 'It prints something else in zsh.'],
  [bounded`\$\{!\w+(?:\*|@|\[)`, `zsh writes it differently: \${(k)NAME}.`],
  [bounded`\$\{\w+@\w\}|\$\{\w+(?:\^|,)[^}]*\}`, 'zsh writes it differently: see "Parameter Expansion Flags".'],
  [bounded`\btrap\s.*\b(?:DEBUG|ERR|RETURN)\b`, 'Such traps work differently in zsh.'],
  [bounded`\benable\s+-`, 'enable works differently in zsh.'],
  [bounded`\.bash_history\b`, 'The history of bash stays with bash.'],
  [bounded`\bshopt\b|\bbind\s+-|\bset\s+-o\s+(?:posix|history)\b`, 'It is for bash only.'],
];

const indexed = bounded`\$\{\w+\[|\b[A-Za-z_]\w*\[\d+\]=|\$\{\w+\[@\]:`;
const strings = bounded`(?g)\\.|'[^']*'|"(?:[^"\\]|\\.)*"`;
/** A variable outside quotes, where bash splits it into words. */
const splits = bounded`(?:^|[\s(])\$(?:\{?[A-Za-z_]\w*\}?|[1-9@*])(?=$|[\s;)&|])`;
const assignment = bounded`^(?:export\s+|local\s+|readonly\s+)?[A-Za-z_]\w*\+?=\S*$`;

/** Options under which zsh reads a unit as bash does. */
function optionsFor(lines: readonly string[]): string[] {
  const text = lines.filter((line) => !bounded`^\s*#`.test(line)).join('\n');
  const bare = text.replace(bounded`(?g)\[\[.*?\]\]|\(\(.*?\)\)`, ' ').replace(strings, 'x');
  const split = bare
    .split(bounded`[\n;]|&&|\|\|`)
    .some((command) => splits.test(command) && !assignment.test(command.trim()) && !bounded`^\s*case\s`.test(command));
  return [
    ...(indexed.test(text) || bounded`BASH_REMATCH`.test(text) ? ['ksh_arrays'] : []),
    ...(bounded`BASH_REMATCH`.test(text) ? ['bash_rematch'] : []),
    ...(split ? ['sh_word_split'] : []),
  ];
}

const functionHead = bounded`^\s*(?:function\s+)?[\w.:+-]+\s*(?:\(\s*\))?\s*\{`;

function withOptions(lines: readonly string[], options: readonly string[]): string[] | null {
  const setopt = `setopt local_options ${options.join(' ')}`;
  const text = lines.join('\n');
  const head = functionHead.exec(text)?.[0];
  if (head !== undefined && bounded`\{\s*$`.test(head) && !bounded`^\s*\{`.test(head)) {
    const rest = text.slice(head.length);
    return `${head}${rest.startsWith('\n') ? `\n  ${setopt}` : ` ${setopt};`}${rest}`.split('\n');
  }
  return bounded`\b(?:declare|typeset|local)\b|\(\)\s*\{|<<`.test(text) ? null : ['() {', `  ${setopt}`, ...lines.map((line) => `  ${line}`), '}'];
}

/** Only such lines set up an environment, and nothing for a terminal. */
const environment = bounded`^\s*(?:(?:export\s+)?[A-Za-z_]\w*\+?=.*|export\s+[A-Za-z_]\w*|umask\s+\d+|(?:if|elif|while)\s+(?:\[\[?|test)\s.*|for\s+\w+\s+in\b.*|then|else|fi|do|done|eval\s+"\$\(.*\bshellenv\b.*\)"|\[\[?\s.*\]\]?\s*(?:&&|\|\|)\s*(?:export\s+)?[A-Za-z_]\w*=.*|#.*|)$`;

export function moveToZsh(texts: { profile: string; bashrc: string }, theme: boolean): Moved[] {
  const all = `${texts.profile}\n${texts.bashrc}`;
  const prompts = all.split('\n').filter((line) => line.length <= longestLine && bounded`^\s*(?:export\s+)?PS1=`.test(line));
  const promptNames = new Set(prompts.flatMap((line) => [...line.matchAll(bounded`(?g)\$\{?([A-Za-z_]\w*)`)].map(([, name = '']) => name)));
  const around = { theme, promptNames };
  return (['profile', 'bashrc'] as const).flatMap((from) => bashUnits(texts[from]).map((unit) => moveUnit(unit, from, around)));
}

function moveUnit({ lines, whole }: Unit, from: 'profile' | 'bashrc', around: Around): Moved {
  const text = lines.join('\n');
  const tooLong = text.length > longestUnit || lines.some((line) => line.length > longestLine);
  const isEmpty = !tooLong && lines.every((line) => bounded`^\s*(?:#.*)?$`.test(line));
  const toProfile =
    from === 'profile' && !tooLong && !isEmpty && lines.every((line) => environment.test(line)) && !bounded`\b(?:PS1|HIST\w+|PROMPT_COMMAND)=`.test(text);
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
  if (tooLong) return kept('It is too long to be read here.');
  if (!whole) return kept('Something that it opens is not closed.');
  if (isEmpty) return moved('same', lines, '');
  if (bounded`\$-\s*in\b`.test(text) && bounded`\breturn\b`.test(text)) return moved('left-out', [], 'zsh reads .zshrc only in interactive shells.');
  if (bounded`^\s*if\b`.test(text) && bounded`bash[_-]completion`.test(text)) return moved('left-out', [], 'zsh has its own completion.', 'completion');
  if (bounded`^\s*if\b`.test(text) && bounded`(?:\.|source)\s+["']?(?:~|\$HOME|\$\{HOME\})/\.(?:bashrc|bash_profile|profile)\b`.test(text))
    return moved('left-out', [], 'zsh reads its own start-up files.');

  const reasons = new Set<string>();
  let needs: LineMove['needs'];
  const zsh: string[] = [];
  for (const line of lines) {
    const [, indent = '', bare = ''] = bounded`^(\s*)(.*?)\s*$`.exec(line) ?? [];
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
    const reason = foreign.find(([pattern]) => pattern.test(made.replace(bounded`^\s*#.*`, '')))?.[1];
    if (reason !== undefined) return kept(reason);
    if (bounded`\bcompletion\s+zsh\b|\(\s*register-python-argcomplete`.test(made)) needs ??= 'completion';
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

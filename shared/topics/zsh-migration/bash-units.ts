/** A start-up file of bash as units: statements that belong together, each of one line or more. Pure. */

export interface Unit {
  lines: readonly string[];
  /** All that it opens is closed: quotes, brackets, if … fi. */
  whole: boolean;
}

interface Open {
  quote: "'" | '"' | '`' | null;
  /** What closes what is open, the innermost last. */
  closers: string[];
  /** End of a here-document that begins behind this line. */
  heredocs: { end: string; tabs: boolean }[];
}

const closerOf: Readonly<Record<string, string>> = { if: 'fi', for: 'done', while: 'done', until: 'done', select: 'done', case: 'esac', '{': '}' };
/** Behind these a command begins. */
const opensCommand = new Set(['then', 'else', 'elif', 'do', '{', '(', '!', 'if', 'while', 'until', 'time']);

export function bashUnits(text: string): Unit[] {
  const units: Unit[] = [];
  let open: Open = { quote: null, closers: [], heredocs: [] };
  let lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    lines.push(line);
    const [heredoc] = open.heredocs;
    if (heredoc) {
      if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.end) open.heredocs.shift();
    } else read(line, open);
    if (open.quote !== null || open.closers.length > 0 || open.heredocs.length > 0 || /(?:^|[^\\])(?:\\\\)*\\$/.test(line)) continue;
    units.push({ lines, whole: true });
    lines = [];
    open = { quote: null, closers: [], heredocs: [] };
  }
  if (lines.length > 0) units.push({ lines, whole: false });
  if (units.at(-1)?.lines.join('') === '') units.pop();
  return units;
}

/** Follows one line; changes `open`. Good enough for start-up files; `zsh -n` has the last word. */
function read(line: string, open: Open): void {
  let atCommand = open.quote === null;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (open.quote !== null) {
      if (sign === '\\' && open.quote !== "'") at += 1;
      else if (sign === open.quote) open.quote = null;
      continue;
    }
    const rest = line.slice(at);
    const word = atCommand || /[\s;&|(]/.test(line[at - 1] ?? ' ') ? (/^(?:[a-z]+|[{}!])(?=$|[\s;&|()])/.exec(rest)?.[0] ?? '') : '';
    if (sign === '\\') at += 1;
    else if (sign === "'" || sign === '"' || sign === '`') {
      open.quote = sign;
      atCommand = false;
    } else if (sign === '#' && /[\s;&|(]/.test(line[at - 1] ?? ' ')) return;
    else if (rest.startsWith('<<') && !rest.startsWith('<<<')) {
      const [all = '<<', tabs, , end] = /^<<(-?)\s*(['"\\]?)([\w.-]+)\2?/.exec(rest) ?? [];
      if (end !== undefined) open.heredocs.push({ end, tabs: tabs === '-' });
      at += all.length - 1;
    } else if (rest.startsWith('${')) {
      open.closers.push('$}');
      at += 1;
    } else if (sign === '}' && open.closers.at(-1) === '$}') open.closers.pop();
    else if (sign === '(') {
      open.closers.push(')');
      atCommand = true;
    } else if (sign === ')') {
      // In a case, a pattern ends with one that nothing has opened.
      if (open.closers.at(-1) === ')') open.closers.pop();
      atCommand = true;
    } else if (word !== '' && atCommand) {
      const closer = closerOf[word];
      if (open.closers.at(-1) === word) open.closers.pop();
      else if (closer !== undefined) open.closers.push(closer);
      atCommand = opensCommand.has(word);
      at += word.length - 1;
    } else if (/[;&|]/.test(sign)) atCommand = true;
    else if (!/\s/.test(sign)) atCommand = false;
  }
}

/** named.conf(5): finds a block and puts one statement into it. Everything else stays byte for byte. */
import type { EditRefusal } from '../../topic-kit/index.ts';

interface ConfWord {
  text: string;
  at: number;
}
/** One statement with its block, where it has one: offsets of the brackets. */
export interface Statement {
  words: readonly ConfWord[];
  block: { open: number; close: number; statements: readonly Statement[] } | null;
}

class ConfTrouble extends Error {}

/** Spaces; the three kinds of comment; a quotation; a bracket or semicolon; a word. */
const token = /(\s+)|(\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*)|("(?:[^"\\]|\\[\s\S])*")|([{};])|((?:(?!\/[*/])[^\s{};"#])+)|([\s\S])/y;

/** Throws ConfTrouble for what is not whole. */
function statementsOf(text: string): Statement[] {
  const top: Statement[] = [];
  const around: { into: Statement[]; words: ConfWord[]; open: number }[] = [];
  let into = top;
  let words: ConfWord[] = [];
  let closed: Statement['block'] = null;
  const line = (at: number) => text.slice(0, at).split('\n').length;
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const [all = '', , , quoted, mark, word, strange] = token.exec(text) ?? [];
    if (strange !== undefined) throw new ConfTrouble(`Line ${line(at)} opens a comment or quotation that nothing closes.`);
    if (mark === '{') {
      around.push({ into, words, open: at });
      into = [];
      words = [];
    } else if (mark === '}') {
      const outer = around.pop();
      if (!outer || words.length > 0) throw new ConfTrouble(`Line ${line(at)} closes a block that is not open, or whose last statement has no semicolon.`);
      closed = { open: outer.open, close: at, statements: into };
      ({ into, words } = outer);
    } else if (mark === ';') {
      if (words.length > 0 || closed) into.push({ words, block: closed });
      words = [];
      closed = null;
    } else if (quoted !== undefined || word !== undefined) words.push({ text: quoted?.slice(1, -1) ?? all, at });
    at += all.length;
  }
  const [open] = around.slice(-1);
  if (open || words.length > 0)
    throw new ConfTrouble(`Line ${line(open?.open ?? words[0]?.at ?? 0)} begins something that does not end: the file may be half written.`);
  return top;
}

/**
 * `change` is given the block whose statement `is` finds, and says which statement to add, or which name to add to the list of
 * one that is there; null where it is right as it is.
 */
export function editConf(
  old: string,
  is: (statement: Statement) => boolean,
  change: (block: NonNullable<Statement['block']>) => string | { list: NonNullable<Statement['block']>; item: string } | null,
  absent: EditRefusal,
): string | EditRefusal {
  try {
    const found = allStatements(statementsOf(old)).filter(is);
    const [only] = found;
    if (!only?.block) return absent;
    if (found.length > 1)
      return {
        rule: 'several',
        means: 'The file has that block more than once, perhaps in several views.',
        next: 'Add what is missing by hand, in the right one.',
      };
    const wanted = change(only.block);
    if (wanted === null) return old;
    return typeof wanted === 'string' ? withStatement(old, only.block, wanted) : withItem(old, wanted.list, wanted.item);
  } catch (thrown) {
    if (!(thrown instanceof ConfTrouble)) throw thrown;
    return { rule: 'cut-off', means: thrown.message, next: 'Fix that first; named-checkconf says whether it is.' };
  }
}

/** Also those in views. */
const allStatements = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) => [statement, ...(statement.words[0]?.text === 'view' && statement.block ? statement.block.statements : [])]);

function withStatement(old: string, { open, close, statements }: NonNullable<Statement['block']>, statement: string): string {
  const lineStart = old.lastIndexOf('\n', close - 1) + 1;
  const before = old.slice(lineStart, close);
  if (lineStart <= open || /\S/.test(before)) return `${old.slice(0, close)}${/\s$/.test(old.slice(0, close)) ? '' : ' '}${statement} ${old.slice(close)}`;
  const last = statements.at(-1)?.words[0]?.at;
  const indent = last === undefined ? `${before}\t` : (/(?:^|\n)([^\S\n]*)$/.exec(old.slice(0, last))?.[1] ?? `${before}\t`);
  const lineEnd = old[lineStart - 2] === '\r' ? '\r\n' : '\n';
  return `${old.slice(0, lineStart)}${indent}${statement}${lineEnd}${old.slice(lineStart)}`;
}

/** In front of the list’s bracket, on its line. */
function withItem(old: string, { open, close }: NonNullable<Statement['block']>, item: string): string {
  // A comment may end the last line of the list: then the item goes to its beginning.
  return /\n/.test(old.slice(open, close)) ? `${old.slice(0, open + 1)} ${item}${old.slice(open + 1)}` : `${old.slice(0, close)}${item} ${old.slice(close)}`;
}

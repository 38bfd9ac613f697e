/** PHP as text: where its code is, and how far a statement goes. Pure. Not a parser: comments, strings and text outside PHP are blanked. */

/** What is no code, at the start of the rest: a comment, a string, or everything up to the next `<?php`. */
const notCode = [
  /^(?:\/\/|#(?!\[))(?:(?!\?>)[^\r\n])*/,
  /^\/\*[\s\S]*?(?:\*\/|$)/,
  /^'(?:[^'\\]|\\[\s\S])*(?:'|$)/,
  /^"(?:[^"\\]|\\[\s\S])*(?:"|$)/,
  /^`(?:[^`\\]|\\[\s\S])*(?:`|$)/,
  /^\?>[\s\S]*?(?:<\?(?:php\b|=)|$)/i,
];
const begin = /<\?(?:php\b|=)/i;
const heredoc = /^<<<[ \t]*(['"]?)([A-Za-z_]\w*)\1\r?\n/;

/** A text of the same length, in which everything but code is blanks. Line ends stay. */
export function onlyCode(text: string): string {
  const first = begin.exec(text);
  if (!first) return blank(text);
  let code = blank(text.slice(0, first.index + first[0].length));
  while (code.length < text.length) {
    // Strings and comments begin with one of these: everything before the next one is code.
    const plain = /^[^/#'"`?<]+/.exec(text.slice(code.length, code.length + 4096))?.[0];
    if (plain) {
      code += plain;
      continue;
    }
    const rest = text.slice(code.length);
    const skipped = notCode.map((pattern) => pattern.exec(rest)?.[0]).find((found) => found !== undefined) ?? heredocAt(rest);
    code += skipped ? blank(skipped) : (rest[0] ?? '');
  }
  return code;
}

function heredocAt(rest: string): string | undefined {
  const [opening, , name = ''] = heredoc.exec(rest) ?? [];
  if (opening === undefined) return undefined;
  const end = new RegExp(`^[ \\t]*${name}\\b`, 'm').exec(rest.slice(opening.length));
  return end ? rest.slice(0, opening.length + end.index + end[0].length) : rest;
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');

/** Behind the bracket that closes the one at `at`, in a text of code; -1 where none does. */
export function behindBracket(code: string, at: number): number {
  let depth = 0;
  for (let index = at; index < code.length; index++) {
    if ('([{'.includes(code[index] ?? '')) depth++;
    else if (')]}'.includes(code[index] ?? '') && --depth === 0) return index + 1;
  }
  return -1;
}

/** Behind the `;` that ends the statement in which `at` is; -1 where a bracket closes before, as in a condition. */
export function behindStatement(code: string, at: number): number {
  for (let index = at; index < code.length; index++) {
    const letter = code[index] ?? '';
    if (letter === ';') return index + 1;
    if ('([{'.includes(letter)) index = behindBracket(code, index) - 1;
    else if (')]}'.includes(letter)) return -1;
    if (index < 0) return -1;
  }
  return -1;
}

export const lineNumber = (text: string, at: number): number => text.slice(0, at).split('\n').length;

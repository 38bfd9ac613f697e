/** A program's output as the lines it meant: without NULs, cut, and put together again where a console has wrapped them. Pure. */

/**
 * Characters of a line that matchers see: a target can print a line without end, and each pattern goes over all of it.
 * Longer lines are judged by their beginning.
 */
export const matchedCharacters = 8192;

/** What UTF-16 leaves behind where it is read as bytes: NULs, and a byte order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NULs are what is taken out
const remains = /\u0000|\ufeff|^(?:\ufffd\ufffd|ÿþ)/g;

/** Lines as matchers see them: cut, without NULs. */
export const matchedLines = (text: string): string[] =>
  text.split('\n').map((line) =>
    line
      .slice(0, 2 * matchedCharacters)
      .replace(remains, '')
      .slice(0, matchedCharacters),
  );

/** Where a pattern hit: first and last line, and the text it was compared with. */
export interface Hit {
  from: number;
  to: number;
  text: string;
}

/** Lines that a pattern hits; where it hits none, sentences that a console of 80 columns has wrapped. */
export function hitsOf(pattern: RegExp, lines: readonly string[]): Hit[] {
  const hits = lines.flatMap((text, at) => (pattern.test(text) ? [{ from: at, to: at, text }] : []));
  return hits.length > 0 ? hits : unwrapped(lines).filter(({ text }) => pattern.test(text));
}

const columns = 80;
/** Of how many lines a sentence is put together. */
const mostLines = 4;

/** Sentences of two to four lines that were broken because the next word did not fit, or in the last column. */
function unwrapped(lines: readonly string[]): Hit[] {
  const sentences: Hit[] = [];
  for (let from = 0; from < lines.length; from++) {
    let text = lines[from] as string;
    for (let to = from + 1; to < Math.min(lines.length, from + mostLines); to++) {
      const [before, after] = [lines[to - 1] as string, lines[to] as string];
      if (!isWrapped(before, after)) break;
      text += before.length === columns ? after : ` ${after}`;
      sentences.push({ from, to, text });
    }
  }
  return sentences;
}

/** Only prose is wrapped: words with single blanks between them, in a sentence that has not ended. Records and tables are not. */
const prose = /^(?:\S+ ){3,}\S*[^\s.:;!?]$/;

function isWrapped(before: string, after: string): boolean {
  if (after === '' || before.length > columns) return false;
  if (before.length === columns) return true;
  const word = /^\p{L}\S*/u.exec(after)?.[0];
  return word !== undefined && before.length + 1 + word.length > columns && prose.test(before);
}

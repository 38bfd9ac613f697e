/** What an admin types into the search field: words, "quoted phrases", and where they stand in a text. Pure. */

/** Tokens that follow each other; with `prefix` the last one may go on. */
export interface Phrase {
  tokens: string[];
  prefix: boolean;
}
export interface Passage {
  before: string;
  match: string;
  after: string;
}

/** What the index's tokenizer (unicode61) takes for a word: letters, digits, private use. All else only separates. */
const tokenCharacters = '\\p{L}\\p{M}\\p{N}\\p{Co}';
const token = new RegExp(`[${tokenCharacters}]+`, 'gu');
const beforeLength = 60;
const afterLength = 110;

/** All words have to be there, in any order; the last one may be unfinished, unless it is quoted. */
export function parseSearch(text: string): Phrase[] {
  const parts = [...text.normalize('NFC').matchAll(/"([^"]*)"?|[^\s"]+/g)];
  return parts.flatMap(([part, quoted], index) => {
    const tokens = fold(quoted ?? part).match(token);
    return tokens ? [{ tokens: [...tokens], prefix: quoted === undefined && index === parts.length - 1 }] : [];
  });
}

/** As an FTS5 expression. Tokens hold letters and digits only, so nothing typed can be taken for its syntax. */
export const matchExpression = (phrases: readonly Phrase[]): string =>
  phrases.map(({ tokens, prefix }) => `"${tokens.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ');

/** Without case and accents, character for character, so that positions stay. Wants NFC. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : [...text].map(oneForOne).join('');
  return folded.replace(/[\u0080-\uffff]/g, (character) => {
    const base = character.normalize('NFD').charAt(0);
    return base === '' ? character : base;
  });
}
const oneForOne = (character: string) => {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
};

/** Finds a phrase in folded text; the same every time, so it is made once for many texts. */
export const phrasePattern = ({ tokens, prefix }: Phrase): RegExp =>
  new RegExp(`(?<![${tokenCharacters}])${tokens.join(`[^${tokenCharacters}]+`)}${prefix ? '' : `(?![${tokenCharacters}])`}`, 'u');

/** The first place where the pattern stands, with what is around it, on one line each. */
export function findPassage(text: string, folded: string, pattern: RegExp): Passage | null {
  const found = pattern.exec(folded);
  if (!found) return null;
  const end = found.index + found[0].length;
  const start = Math.max(0, found.index - beforeLength);
  const stop = Math.min(text.length, end + afterLength);
  return {
    before: `${start > 0 ? '…' : ''}${oneLine(text.slice(start, found.index))}`,
    match: oneLine(text.slice(found.index, end)),
    after: `${oneLine(text.slice(end, stop))}${stop < text.length ? '…' : ''}`,
  };
}
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

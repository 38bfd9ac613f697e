/**
 * Text that came from elsewhere, as it may stand on a terminal or in a document. Control characters (C0, DEL, C1), the
 * ones that turn the direction of reading, and line separators of Unicode are written as `\u001b`, which is also how JSON
 * writes them: a JSON document stays the same document.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const steering = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const written = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Line breaks (also CR LF) and tabs stay. */
export const shownText = (text: string): string =>
  text.replace(steering, (character, at: number) => (character === '\r' && (text[at + 1] ?? '\n') === '\n' ? character : written(character)));

/** For a name, or one line of a list: nothing in it begins another line. */
export const shownLine = (text: string): string => shownText(text).replace(/[\t\n\r]/g, written);

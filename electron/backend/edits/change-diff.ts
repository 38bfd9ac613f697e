/** The change of a text as people read it: a unified diff in which nothing is hidden. Pure. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Longest diff that is shown, in characters: nothing is written that nobody can look through. */
export const longestDiff = 128 * 1024;
/** The same for all files of one step together: some thousand small changes. */
export const longestDiffs = 4 * longestDiff;
/** Edits looked for before the texts are shown whole: the time grows with the square of these. */
const mostEdits = 1000;

/** `old` is null where there is no file yet. Null where the diff would be too long. */
export function changeDiff(file: string, old: string | null, wanted: string): string | null {
  const files: [string, string] = [old === null ? '/dev/null' : file, file];
  const options = { context: 3, maxEditLength: mostEdits, headerOptions: FILE_HEADERS_ONLY };
  const diff = createTwoFilesPatch(...files, old ?? '', wanted, undefined, undefined, options) ?? wholeTexts(files, old ?? '', wanted);
  if (diff.length > longestDiff) return null;
  return showControls(diff).replace(/\n$/, '');
}

function wholeTexts([oldName, newName]: [string, string], old: string, wanted: string): string {
  const marked = (sign: string, text: string) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${sign}${line}`);
  const [a, b] = [marked('-', old), marked('+', wanted)];
  return [`--- ${oldName}`, `+++ ${newName}`, `@@ -1,${a.length} +1,${b.length} @@`, ...a, ...b].join('\n');
}

/** What acts on a terminal, turns the direction of a line or has no width is named; pictures of controls are in few fonts. */
const showControls = (text: string): string => text.replace(hidden, (character) => names[character] ?? number(character));

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal or hide in a page
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const names: Record<string, string> = { '\r': '<CR>', '\u001b': '<ESC>' };
const number = (character: string) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;

/** What a console's characters say. Unlike a pipe or a PTY, a firmware moves the cursor to the place of every line it writes. Pure. */
import { plainText } from '../sessions/terminal-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: cursor to the first column of a row
const toLineStart = /\x1b\[\d*(?:;0*1?)?[Hf]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the screen is emptied
const clearScreen = /\x1b\[[0-3]?J/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a sequence that has only begun, at the end
const cutSequence = /\x1b(?:\[[0-?]*[ -/]*)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls
const allControls = /[\x00-\x1f\x7f]/g;
/** readline and getty wrap a long line with a space that is written over. */
const wraps = / \r(?!\n)/g;

/** The lines as they can be read. Garbage that looks like the start of a sequence is worth one line at the most. */
export const consoleText = (raw: string): string =>
  raw
    .replace(clearScreen, '\n')
    .replace(toLineStart, '\r')
    .replace(cutSequence, '')
    .replace(/(?<!\r)\r+\n/g, '\n')
    .split('\n')
    .map(plainText)
    .join('\n');

/** What came back of typed characters: no line breaks, which are where the line was wrapped. */
export const echoText = (raw: string): string =>
  plainText(
    raw
      .replace(cutSequence, '')
      .replace(wraps, '')
      .replace(/[\r\n]/g, ''),
  ).replace(allControls, '');

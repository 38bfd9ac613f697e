/**
 * Which terminal output needs no emulator: lines of characters one cell wide that only go forward, in colours or not.
 * And which control sequences leave nothing behind that such lines would be shown differently for.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
const colours = /\x1b\[[\d;:]*m/g;
/** ASCII, Latin, Greek, Cyrillic, punctuation, arrows, lines and blocks: all one cell wide, nothing that combines. */
const narrow = String.raw`\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u03c9\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25ff`;
/** Beyond colours, line breaks and such characters; a line feed alone does not go to the line's beginning. */
const needing = new RegExp(String.raw`\x1b(?!\[[\d;:]*m)|\r(?!\n)|(?<!\r)\n|[^\x1b\r\n${narrow}]`);

/** Whether it needs no emulator. */
export const isPlain = (output: string): boolean => !needing.test(output);

/** The lines of plain output, separated by `\n`. */
export const plainText = (output: string): string => (output.includes('\x1b') ? output.replace(colours, '') : output).replaceAll('\r\n', '\n');

/**
 * What may change how later output is shown: margins, character sets, the other screen, what is cut off. All but movement,
 * erasing, inserting and deleting; modes of cursor, mouse and paste; titles and marks of the shell.
 */
const lasting =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences
  /[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[\d;:]*[@A-HJKLMPSTXZ`adefGm]|\[\?(?:1|12|25|1000|1002|1003|1004|1006|2004)[hl]|\][^\x07\x1b]*(?:\x07|\x1b\\)|\\)/;

/** Whether lines that follow are shown as if it had not been there. */
export const passes = (output: string): boolean => !lasting.test(output);

/** Pieces of about that length, each up to the end of a line. */
export function piecesOf(data: string, pieceLength: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf('\n', at + pieceLength - 1) + 1 || data.length;
    pieces.push(data.slice(at, end));
    at = end;
  }
  return pieces;
}

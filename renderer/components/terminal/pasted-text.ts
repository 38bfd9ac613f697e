/** Text from the clipboard, as it may go to a program. It may come from a web page, which can put more there than it shows. */

/** The end of a bracketed paste: what follows would count as typed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences
const pasteMarks = /(?:\x1b\[|\x9b)20[01]~/g;
/** All controls but tab and line ends: they are keys to the program, such as Ctrl-C, Escape, or Return in another spelling. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

export interface PastedText {
  /** What is pasted: with line feeds, without control characters. */
  text: string;
  lines: number;
  /** Control characters and marks that were taken out. */
  removed: number;
  /** It does more than to put characters on the line, or is not what it was: it is asked about. */
  asks: boolean;
}

export function pastedText(clipboard: string): PastedText {
  // Taking one mark out must not put another together.
  let rest = clipboard;
  let removed = 0;
  for (let before = -1; before !== removed; ) {
    before = removed;
    rest = rest.replace(pasteMarks, () => {
      removed += 1;
      return '';
    });
  }
  rest = rest.replace(controls, () => {
    removed += 1;
    return '';
  });
  const text = rest.replace(/\r\n?/g, '\n');
  return { text, lines: text.replace(/(?<!\n)\n+$/, '').split('\n').length, removed, asks: removed > 0 || text.includes('\n') };
}

/**
 * Streams as ConPTY sends them. NOT recorded: no Windows machine was at hand. They are composed from what is documented of
 * ConPTY (microsoft/terminal: src/host/VtIo.cpp of 1.22 and later for the start; the console's virtual terminal sequences)
 * and of wsl.exe, so they show that our reading copes with such streams, not that ConPTY sends no others.
 */
import fc from 'fast-check';

/** Before the program has written anything: modes, the question what the terminal is, the title. */
export const conptyStart = '\x1b[?9001h\x1b[?1004h\x1b[c\x1b[20h\x1b[?25l\x1b[2J\x1b[m\x1b[H\x1b]0;C:\\WINDOWS\\System32\\wsl.exe\x07\x1b[?25h';

/** What may stand between and within a program's texts. */
export const conptyExtras = {
  title: '\x1b]0;C:\\WINDOWS\\System32\\wsl.exe - größer\x07',
  longTitle: `\x1b]0;${'x'.repeat(300)}\x07`,
  titleWithST: '\x1b]2;wsl\x1b\\',
  cursor: '\x1b[?25l\x1b[12;40H\x1b[?25h',
  eraseLine: '\x1b[K\r\n',
  size: '\x1b[8;30;100t',
  /** After a change of size an older ConPTY paints the screen again. Marks are no part of a screen. */
  repaint: `\x1b[?25l\x1b[H${['$ uname -a', 'Linux desk 5.15', ''].map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[3;1H\x1b[?25h`,
  /** A line longer than the terminal: it goes on without a line break, or the last column is written twice and deleted. */
  wrapped: `${'long '.repeat(30)}\r\n`,
  wrappedAgain: `${'y'.repeat(80)}\x1b[2;1H${'y'.repeat(20)}\r\n`,
  colours: '\x1b[38;5;9mred\x1b[m \x1b[1mbold\x1b[22m',
  link: '\x1b]8;;https://wrenchbook.invalid\x1b\\link\x1b]8;;\x1b\\',
  unicode: 'grüße — 机器 🛠\r\n',
  leave: '\x1b[?9001l\x1b[?1004l',
} as const;

/** The same text in pieces, cut anywhere but within a character: node-pty decodes before it hands out. */
export const cutAnywhere = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat({ max: text.length }), { maxLength: 40 }).map((places) => {
    const characters = [...text];
    const cuts = [...new Set([0, ...places.map((place) => Math.min(place, characters.length))])].sort((a, b) => a - b);
    return cuts.map((from, index) => characters.slice(from, cuts[index + 1]).join(''));
  });

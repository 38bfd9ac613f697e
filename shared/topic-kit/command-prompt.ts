/**
 * Lines for Windows' command prompt, with quoting by construction: `` cmd`ren ${path} ${name}` `` quotes every value for cmd.exe.
 * A prompt and a command file read `%` differently, so a line is rendered for one of them.
 * From memory of: Microsoft's pages on cmd, set and setlocal, and KB 830473 for the longest line.
 */

declare const lineBrand: unique symbol;
/** A line that was built by `cmd`, never from a bare string. */
export interface CommandPromptLine {
  readonly [lineBrand]: true;
  readonly parts: readonly ({ readonly text: string } | { readonly value: string })[];
}
/** Who reads a line: cmd.exe at its prompt, or out of a `.cmd` file. */
export type ReadBy = 'prompt' | 'file';

/** cmd.exe takes no longer line, in characters. */
const longestLine = 8191;

export function cmd(text: TemplateStringsArray, ...values: readonly (string | number)[]): CommandPromptLine {
  const parts = text.flatMap((piece, index) => {
    const value = values[index];
    return [{ text: piece }, ...(value === undefined ? [] : [{ value: String(value) }])];
  });
  return { parts } as unknown as CommandPromptLine;
}

/**
 * Quotes one value for cmd.exe. Throws TypeError for what no line can carry: a quotation mark, controls, letters outside ASCII
 * (which code page reads them is not known), a leading `/` (an option), a `\` before the closing mark, and `%` at a prompt.
 */
export function quoteForCmd(value: string, readBy: ReadBy): string {
  const refuse = (why: string): never => {
    throw new TypeError(`${JSON.stringify(value)} can't be typed at a Windows command prompt: ${why}`);
  };
  if (!/^[\x20-\x7e]*$/.test(value)) refuse('it has a control character or a letter outside ASCII');
  if (value.includes('"')) refuse('it has a quotation mark');
  if (value.includes('!')) refuse('"!" has another meaning with delayed expansion on');
  if (value.startsWith('/')) refuse('it would be read as an option');
  if (value.includes('%') && readBy === 'prompt') refuse('"%" can’t be quoted there');
  if (/^[A-Za-z0-9_.:\\+@~-]+$/.test(value)) return value;
  if (value.endsWith('\\')) refuse('a "\\" before the closing quotation mark would quote that');
  return `"${value.replaceAll('%', '%%')}"`;
}

/** The line as it is typed, or as it stands in a file. Throws TypeError for a value or a length that can't be carried. */
export function renderCommandPrompt({ parts }: CommandPromptLine, readBy: ReadBy): string {
  const line = parts.map((part) => ('text' in part ? part.text : quoteForCmd(part.value, readBy))).join('');
  if (!/^[\x20-\x7e]*$/.test(line)) throw new TypeError(`A line of a command prompt has a control character or a letter outside ASCII: ${line}`);
  if (line.length > longestLine) throw new TypeError(`A line of a command prompt is longer than ${longestLine} characters.`);
  return line;
}

/** The lines of a `.cmd` file. */
export const commandFileLines = (lines: readonly CommandPromptLine[]): string[] => lines.map((line) => renderCommandPrompt(line, 'file'));

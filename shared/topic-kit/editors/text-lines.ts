/** A text file as lines that keep their ends, for editors that leave every other byte as it is. Pure. */

/** With their line ends; the last one may have none. Empty for an empty file. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** The line end of the file's first line; `\n` for a file without one. */
export const lineEndOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n';

/** Without its line end. */
export const bare = (line: string): string => line.replace(/\r?\n$/, '');
/** The line end that it has, or none. */
export const endOf = (line: string): string => /\r?\n$/.exec(line)?.[0] ?? '';

/** Puts lines in before `at`, each with `lineEnd`; the line in front gets one where it has none. Changes `lines`. */
export function insertLines(lines: string[], at: number, added: readonly string[], lineEnd: string): void {
  const before = lines[at - 1];
  if (before !== undefined && endOf(before) === '') lines[at - 1] = `${before}${lineEnd}`;
  lines.splice(at, 0, ...added.map((line) => `${line}${lineEnd}`));
}

/** For a part of a pattern that means itself. */
export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Patterns for lines of which only some words are sure. `/a.*b/` means the same as `inOrder(/a/, /b/)` and costs the square
 * of the line's length where `a` stands in it often: it begins anew at each of them. This one begins at the first only.
 */

/** A line in which these stand one after the other, whatever is in between. All with the same flags. */
export function inOrder(...parts: readonly [RegExp, RegExp, ...RegExp[]]): RegExp {
  return new RegExp(`^${parts.map(({ source }) => `(?:(?!${uncaptured(source)}).)*(?:${source})`).join('')}`, flagsOf(parts));
}

/** A line that one of these fits. All with the same flags; `inOrder`'s are those of its parts. */
export const oneOf = (...patterns: readonly [RegExp, RegExp, ...RegExp[]]): RegExp =>
  new RegExp(patterns.map(({ source }) => source).join('|'), flagsOf(patterns));

/** Groups keep the numbers they have in the parts: those of the look ahead are none. */
const uncaptured = (source: string) => source.replace(/\\.|\[(?:\\.|[^\]\\[])*\]|\((?!\?)/g, (found) => (found === '(' ? '(?:' : found));

/** `^` is the beginning of a line in pasted text too. */
function flagsOf(patterns: readonly RegExp[]): string {
  const flags = new Set(patterns.map((pattern) => pattern.flags.replace('m', '')));
  if (flags.size !== 1) throw new TypeError(`patterns with different flags: ${patterns.join(' ')}`);
  return `${[...flags][0]}m`;
}

/**
 * Patterns for what `move-to-zsh` reads: lines of at most 1,000 characters, in units of at most 8,000. What is longer is left to a person, unread. So their
 * cost has a bound even where it grows with the square of the length; patterns that look at anything of any length are literals, and linear.
 */
export const longestLine = 1000;
export const longestUnit = 8000;

export function bounded({ raw }: TemplateStringsArray): RegExp {
  const [, flags = '', source = ''] = /^(?:\(\?([gim]+)\))?([\s\S]*)$/.exec(raw[0] ?? '') ?? [];
  return new RegExp(source, flags);
}

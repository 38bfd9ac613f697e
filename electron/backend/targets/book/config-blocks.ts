/**
 * For which names the lines of a block of ssh_config(5) count, as far as that can be said without running anything: `Host` patterns, and of
 * `Match` what it says of the host. What else it asks (a user, a network, a program) is ssh's to find out.
 */

/** By the name as it is typed after `ssh`. */
export type Counts = (host: string) => boolean;

export const always: Counts = () => true;
export const both =
  (one: Counts, other: Counts): Counts =>
  (host) =>
    one(host) && other(host);

/** One that is negated and fits ends it; else one has to fit. */
export const hostCounts =
  (patterns: readonly string[]): Counts =>
  (host) =>
    !patterns.some((each) => each.startsWith('!') && fits(each.slice(1), host)) && patterns.some((each) => !each.startsWith('!') && fits(each, host));

export const matchCounts = (words: readonly string[]): Counts => criteria(words).reduce<Counts>((all, { counts }) => both(all, counts), always);

/** The names that a `Host` or a `Match` spells out. */
export const namedByHost = (patterns: readonly string[]): string[] => patterns.filter(isPlain).filter(hostCounts(patterns));
export const namedByMatch = (words: readonly string[]): string[] =>
  criteria(words)
    .flatMap(({ names }) => names)
    .filter(matchCounts(words));

const isPlain = (name: string) => !/[*?!]/.test(name);

/** `all` and a few others stand alone; the rest have a value, behind a blank or `=`. */
const alone = new Set(['all', 'canonical', 'final']);

function criteria(words: readonly string[]): { counts: Counts; names: string[] }[] {
  const found: { counts: Counts; names: string[] }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', joined] = (words[at] ?? '').split(/=(.*)/s);
    const negated = word.startsWith('!');
    const name = word.replace(/^!/, '').toLowerCase();
    if (alone.has(name)) continue;
    const value = joined ?? words[++at] ?? '';
    if (name !== 'host' && name !== 'originalhost') continue;
    const patterns = value.split(',').filter(Boolean);
    const counts = hostCounts(patterns);
    found.push(negated ? { counts: (host) => !counts(host), names: [] } : { counts, names: patterns.filter(isPlain) });
  }
  return found;
}

/** `*` and `?` alone; everything else is itself. */
function fits(pattern: string, host: string): boolean {
  return new RegExp(
    `^${[...pattern.replaceAll(/\*+/g, '*')].map((each) => (each === '*' ? '.*' : each === '?' ? '.' : each.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&'))).join('')}$`,
    's',
  ).test(host);
}

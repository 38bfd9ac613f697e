/** The files that a step's look found, from what it printed. Pure. */

/** Most files that one step changes. */
export const mostFiles = 2000;

/** So many are read, backed up or read back with one script. */
const batchSize = 50;
export const inBatches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));

/** Lines that are paths; others were judged before. `root`: what a rehearsal's paths are below. Sorted, each once; or the line that is no path. */
export function foundFiles(text: string, root: string): { files: { name: string; place: string }[] } | { unclear: string } {
  const start = `${root}/`;
  const places = [...new Set(text.split('\n').filter((line) => line.startsWith(start)))].sort();
  const unclear = places.find((place) => /[\p{Cc}\ufffd]/u.test(place) || place.endsWith('/') || place.split('/').includes('..'));
  if (unclear !== undefined) return { unclear };
  return { files: places.map((place) => ({ name: place.slice(root.length), place })) };
}

/** Where the benchmark keeps things: all below `.cache/bench`, which is not committed. The working folder is the repository. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

export const root = process.cwd();
const cache = path.join(root, '.cache', 'bench');

/** A folder of the benchmark's own, made where it is missing. */
export function folder(...names: string[]): string {
  const made = path.join(cache, ...names);
  mkdirSync(made, { recursive: true });
  return made;
}
export const builtPage = path.join(cache, 'built', 'page');
export const builtEmptyPage = path.join(cache, 'built', 'empty-page');
export const builtHost = path.join(cache, 'built', 'node', 'product-host.mjs');
export const builtHistoryWorker = path.join(cache, 'built', 'node', 'history-worker.mjs');
export const builtExporter = path.join(cache, 'built', 'node', 'export-process.mjs');

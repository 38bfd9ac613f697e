/** Runs that no rule touches: an empty file each in `kept/`, so that two processes can't undo each other's choice. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { storageError } from '../storage-error.ts';
import type { Places } from './places.ts';

const folderOf = (places: Places) => path.join(places.data, 'kept');

export function keptRuns(places: Places): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folderOf(places)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    // Without knowing which runs are to be kept, none may go.
    throw storageError('read', folderOf(places), cause);
  }
}

/** Throws `storage`. */
export function keepRun(places: Places, runId: string, kept: boolean): void {
  const file = path.join(folderOf(places), runId);
  try {
    if (kept) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, '', { mode: 0o600, flush: true });
    } else rmSync(file, { force: true });
  } catch (cause) {
    throw storageError('write', file, cause);
  }
}

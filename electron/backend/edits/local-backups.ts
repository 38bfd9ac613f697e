/** Copies of edited files in the run's own folder: should the target lose its backup, there is still this one. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';

const folderOf = (runFolder: string) => path.join(runFolder, 'backups');

/** On disk when it returns. Throws `storage`. */
export function keepCopy(runFolder: string, name: string, content: Buffer): void {
  const folder = folderOf(runFolder);
  const file = path.join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fd = openSync(`${file}.new`, 'w', 0o600);
    try {
      for (let written = 0; written < content.length; ) written += writeSync(fd, content, written);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(`${file}.new`, file);
    syncFolder(folder);
    syncFolder(runFolder);
  } catch (cause) {
    throw storageError('keep a copy in', file, cause);
  }
}

/** Null where there is none. */
export function readCopy(runFolder: string, name: string): Buffer | null {
  try {
    return readFileSync(path.join(folderOf(runFolder), name));
  } catch {
    return null;
  }
}

/** After the file was restored. What can't be removed stays: it does no harm. */
export function dropCopy(runFolder: string, name: string): void {
  try {
    rmSync(path.join(folderOf(runFolder), name), { force: true });
    rmdirSync(folderOf(runFolder));
  } catch {
    // other copies are there
  }
}

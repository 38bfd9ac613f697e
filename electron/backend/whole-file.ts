/** A small file that is replaced whole or not at all. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from './runs/sync-folder.ts';
import { storageError } from './storage-error.ts';

/** On disk when it returns. Throws `storage`. */
export function replaceFile(file: string, content: string | Buffer): void {
  const draft = `${file}.new`;
  try {
    const fd = openSync(draft, 'w', 0o600);
    try {
      const bytes = Buffer.from(content);
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
    syncFolder(path.dirname(file));
  } catch (cause) {
    throw storageError('write', file, cause);
  }
}

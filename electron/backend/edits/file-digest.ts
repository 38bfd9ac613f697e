/**
 * How a record names the content of a file: by its SHA-256. Of a file that a step writes a secret into it would give that away, to whoever
 * knows the rest of it and tries: there it is keyed, with a key that never leaves the run's folder.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';

export interface FileDigest {
  keyed: boolean;
  /** 64 hex digits. */
  of(content: Buffer): string;
}

export const plainDigest: FileDigest = { keyed: false, of: (content) => createHash('sha256').update(content).digest('hex') };

/** What the step's record says of its file. Throws `storage`. */
export function digestFor(planned: Pick<NonNullable<PlannedStep['edit']>, 'secrets'>, runFolder: string): FileDigest {
  if (!planned.secrets?.length) return plainDigest;
  const key = keyOf(runFolder);
  return { keyed: true, of: (content) => createHmac('sha256', key).update(content).digest('hex') };
}

/** Names that begin with a dot are in no bundle. On disk when it returns. */
function keyOf(runFolder: string): Buffer {
  const file = path.join(runFolder, '.digest-key');
  try {
    if (existsSync(file)) return readFileSync(file);
    const key = randomBytes(32);
    const fd = openSync(`${file}.new`, 'w', 0o600);
    try {
      writeSync(fd, key);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(`${file}.new`, file);
    syncFolder(runFolder);
    return key;
  } catch (cause) {
    throw storageError('keep', file, cause);
  }
}

/** Room for what a step writes down: its events, its recording, and backups of small files. */
import { statfsSync } from 'node:fs';
import { storageError } from '../storage-error.ts';

const wantedBytes = 256 * 1024;

/** Throws `storage` where there is less. File systems that don't tell their size are believed to have it. */
export function checkRoom(folder: string): void {
  const { bavail, blocks, bsize } = statfsSync(folder);
  if (blocks > 0 && bavail * bsize < wantedBytes) throw storageError('begin anything with the last room in', folder, { code: 'ENOSPC' });
}

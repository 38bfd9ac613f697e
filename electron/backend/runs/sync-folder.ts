import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Puts the names in a folder on disk: a new or renamed file is there after a power loss. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders can't be opened there; NTFS journals the entry
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

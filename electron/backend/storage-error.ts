/** File system errors of the data folder, as messages that name the file and what to do. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../shared/api/error.ts';

const wayOut: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, then continue the run. Nothing was run after the last recorded step.',
  EDQUOT: 'Your disk quota is used up: free some space, then continue the run.',
  EROFS: 'The file system is read-only: make it writable or set WRENCHBOOK_DATA to another folder.',
  EACCES: 'Give yourself write permission there, or set WRENCHBOOK_DATA to a folder you own.',
  EPERM: 'Give yourself write permission there, or set WRENCHBOOK_DATA to a folder you own.',
  ENOENT: 'The folder is gone. Put it back, or set WRENCHBOOK_DATA to another folder.',
  ENOTDIR: 'A part of the path is a file. Set WRENCHBOOK_DATA to a folder.',
};

/** Whether the last folder on the way there that exists is on a file system that takes no writing. */
function isReadOnly(file: string): boolean {
  const parent = path.dirname(file);
  try {
    accessSync(file, constants.W_OK);
    return false;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return code === 'EROFS' || (code === 'ENOENT' && parent !== file && isReadOnly(parent));
  }
}

export function storageError(attempt: string, file: string, cause: unknown): WrenchbookError {
  const said = (cause as NodeJS.ErrnoException).code ?? '';
  // Folders that can't be made on a read-only disk are said to be missing.
  const code = said === 'ENOENT' && isReadOnly(file) ? 'EROFS' : said;
  return new WrenchbookError(
    'storage',
    `Could not ${attempt} ${file}: ${code || (cause as Error).message}.`,
    wayOut[code] ?? 'Check that disk and folder, then try again.',
    { cause },
  );
}

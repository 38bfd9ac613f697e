/** File system errors of the data folder, as messages that name the file and the way out. */
import { WrenchbookError } from '../../shared/api/error.ts';

const wayOut: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, then go on with the run. Nothing was run after the last recorded step.',
  EDQUOT: 'Your disk quota is used up: free some space, then go on with the run.',
  EROFS: 'The file system is read-only: make it writable or set WRENCHBOOK_DATA to another folder.',
  EACCES: 'Give yourself write permission there, or set WRENCHBOOK_DATA to a folder you own.',
  EPERM: 'Give yourself write permission there, or set WRENCHBOOK_DATA to a folder you own.',
  ENOENT: 'The folder is gone. Put it back, or set WRENCHBOOK_DATA to another folder.',
  ENOTDIR: 'A part of the path is a file. Set WRENCHBOOK_DATA to a folder.',
};

export function storageError(attempt: string, file: string, cause: unknown): WrenchbookError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new WrenchbookError(
    'storage',
    `Could not ${attempt} ${file}: ${code || (cause as Error).message}.`,
    wayOut[code] ?? 'Check that disk and folder, then try again.',
    { cause },
  );
}

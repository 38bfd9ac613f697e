/** A file or folder that appears at its place whole or not at all: it is made beside it under another name, and renamed. */
import { mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';

/** Makes `target` with what `write` put at the place it is given, unless called off. Throws `storage`, what `write` throws, and the signal's reason. */
export async function writeWhole(target: string, signal: AbortSignal | undefined, write: (place: string) => Promise<number>): Promise<number> {
  let draft: string;
  try {
    draft = await mkdtemp(path.join(path.dirname(target), '.wrenchbook-export-'));
  } catch (cause) {
    throw exportError(target, cause);
  }
  const place = path.join(draft, 'export');
  try {
    const bytes = await write(place);
    signal?.throwIfAborted();
    // An empty folder that stood there makes way; not every system renames over it.
    await rmdir(target).catch(() => undefined);
    await rename(place, target);
    return bytes;
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : exportError(target, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const wayOut: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space there, or export to another disk.',
  EDQUOT: 'Your disk quota is used up: free some space, or export to another disk.',
  EROFS: 'The file system is read-only: export to another folder.',
  EACCES: 'Give yourself write permission there, or export to a folder you own.',
  EPERM: 'Give yourself write permission there, or export to a folder you own.',
  ENOENT: 'The folder does not exist: make it, or export to another one.',
  ENOTDIR: 'A part of the path is a file: export to a folder.',
};

function exportError(target: string, cause: unknown): WrenchbookError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new WrenchbookError(
    'storage',
    `Could not export to ${target}: ${code || (cause as Error).message}. Nothing was left there.`,
    wayOut[code] ?? 'Check that disk and folder, then export again.',
    { cause },
  );
}

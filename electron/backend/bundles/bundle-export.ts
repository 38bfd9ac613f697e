/** Writes a run's bundle to a file, whole or not at all,. */
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { RunStore } from '../runs/run-store.ts';
import { storageError } from '../storage-error.ts';
import { bundleRun } from './bundle-writer.ts';

/** Exports to `out`, replacing a file that is there. Throws `not-found`, `storage`. */
export async function exportBundle(store: RunStore, runId: string, out: string, key: SigningKey, version: string): Promise<{ path: string; bytes: number }> {
  const target = path.resolve(out);
  const folder = store.folder(runId);
  let draft: string | null = null;
  try {
    draft = await mkdtemp(path.join(path.dirname(target), '.wrenchbook-export-'));
    const file = path.join(draft, 'export');
    const handle = await open(file, 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const piece of bundleRun(folder, key, version)) {
        await handle.writeFile(piece);
        bytes += piece.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(file, target);
    return { path: target, bytes };
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('write', target, cause);
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true });
  }
}

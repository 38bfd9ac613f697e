/** Takes a run from a bundle into this data folder, complete or not at all, so that it can be read and gone on with here. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { Journal } from '../runs/journal.ts';
import { draftPrefix } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { readBundle } from './bundle-reader.ts';
import { verifyBundle } from './bundle-verify.ts';
import { Unpacker } from './unpacker.ts';

export interface ImportOptions {
  runsFolder: string;
  /** Whether the run is here, archived. */
  isArchived?(runId: string): boolean;
  knows(fingerprint: string): boolean;
  /** Fingerprint of the key the bundle has to be signed with; null: any that is known here. */
  expected: string | null;
}

/** Resolves with the run's id. Throws `bad-parameters` for a bundle that is not intact, `wrong-state` for a run that is here. */
export async function importBundle(file: string, { runsFolder, isArchived, knows, expected }: ImportOptions): Promise<string> {
  const { manifest, findings, signed } = await verifyBundle(file, knows, expected);
  if (!manifest || findings.length > 0)
    throw new WrenchbookError(
      'bad-parameters',
      `${file} was not taken in: ${findings.join('; ')}.`,
      signed && findings.length === 1 && findings[0]?.startsWith('wrong key')
        ? `Ask whoever made it for the fingerprint of their key; if it is ${signed.fingerprint}, give it with --key.`
        : 'Ask for the bundle again.',
    );
  const folder = path.join(runsFolder, manifest.runId);
  if (existsSync(folder)) throw new WrenchbookError('wrong-state', `Run ${manifest.runId} is here already.`, 'Go on with that one; nothing of it was changed.');
  if (isArchived?.(manifest.runId))
    throw new WrenchbookError('wrong-state', `Run ${manifest.runId} is here already, archived.`, 'Restore that one; nothing of it was changed.');
  const draft = path.join(runsFolder, `${draftPrefix}${manifest.runId}`);
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const giveFree = lockRun(draft);
    await unpack(file, draft);
    const journal = new Journal(draft);
    journal.append({
      type: 'note',
      text: `Taken in from ${manifest.by.host}, where ${manifest.by.user} bundled it at ${manifest.exportedAt} (key ${signed?.fingerprint}).`,
    });
    journal.close();
    giveFree();
    renameSync(draft, folder);
    syncFolder(runsFolder);
    return manifest.runId;
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    throw cause instanceof WrenchbookError ? cause : storageError('unpack into', folder, cause);
  }
}

async function unpack(bundle: string, draft: string): Promise<void> {
  const into = new Unpacker(draft);
  await readBundle(bundle, { begins: () => undefined, entry: (entry) => into.take(entry) });
  into.finish();
}

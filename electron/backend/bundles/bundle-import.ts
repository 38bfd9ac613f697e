/** Takes a run from a bundle into this data folder, complete or not at all, so that it can be read and gone on with here. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { Journal } from '../runs/journal.ts';
import { draftPrefix } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { type BundleManifest, forAuditors } from './bundle-format.ts';
import { type BundleKeys, type Keeping, keyFinding, verifyBundle } from './bundle-verify.ts';
import { Unpacker } from './unpacker.ts';

export interface ImportOptions extends BundleKeys {
  runsFolder: string;
  /** Whether the run is here, archived. */
  isArchived?(runId: string): boolean;
  /** Signs the note of where it came from. */
  signing: SigningKey;
}

/**
 * Resolves with the run's id. The bundle is read once: what is put down is what was checked. Throws `bad-parameters` for one that is not
 * intact, `wrong-state` for a run that is here.
 */
export async function importBundle(file: string, options: ImportOptions): Promise<string> {
  const draft = new ImportDraft(options);
  try {
    const { manifest, findings, signed } = await verifyBundle(file, options, draft);
    if (!manifest || findings.length > 0)
      throw new WrenchbookError(
        'bad-parameters',
        `${file} was not imported: ${findings.join('; ')}.`,
        signed && findings.length === 1 && findings[0]?.startsWith('wrong key')
          ? `Ask whoever made it for the fingerprint of their key; if it is ${signed.fingerprint}, give it with --key.`
          : 'Ask for the bundle again.',
      );
    draft.finish(manifest);
    return manifest.runId;
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('unpack into', options.runsFolder, cause);
  } finally {
    draft.clear();
  }
}

/** The run's folder under another name, until all of it is there and checked. */
class ImportDraft implements Keeping {
  private readonly options: ImportOptions;
  private folder: string | null = null;
  private into: Unpacker | null = null;
  private giveFree: () => void = () => undefined;

  constructor(options: ImportOptions) {
    this.options = options;
  }

  /** Of a key that does not count nothing is put down at all. */
  begins({ kind, runId, publicKey }: BundleManifest): boolean {
    if (kind === 'fleet')
      throw new WrenchbookError(
        'bad-parameters',
        `The bundle holds the fleet run ${runId}, and fleet runs are not imported.`,
        'It can be checked with "wrenchbook transcripts verify", and unpacked with tar.',
      );
    if (keyFinding(fingerprintOf(publicKey), this.options).length > 0) return false;
    this.refuseTwice(runId);
    const { runsFolder } = this.options;
    const folder = path.join(runsFolder, `${draftPrefix}${runId}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.giveFree = lockRun(folder);
    this.folder = folder; // from here on it is this process's to remove
    this.into = new Unpacker(folder);
    return true;
  }

  async open(entry: Parameters<Keeping['open']>[0]): ReturnType<Keeping['open']> {
    return forAuditors.has(entry.path) ? null : (this.into?.open(entry) ?? null);
  }

  finish({ runId, by, exportedAt, publicKey }: BundleManifest): void {
    const { runsFolder, signing } = this.options;
    if (this.folder === null || this.into === null) throw new TypeError('nothing was unpacked');
    this.into.finish();
    const journal = new Journal(this.folder, undefined, { key: signing });
    try {
      const text = `Imported from ${by.host}, where ${by.user} bundled it at ${exportedAt} (key ${fingerprintOf(publicKey)}).`;
      journal.append({ type: 'note', text });
    } finally {
      journal.close();
    }
    this.refuseTwice(runId);
    this.giveFree();
    renameSync(this.folder, path.join(runsFolder, runId));
    this.folder = null;
    syncFolder(runsFolder);
  }

  clear(): void {
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.folder = null;
  }

  private refuseTwice(runId: string): void {
    if (existsSync(path.join(this.options.runsFolder, runId)))
      throw new WrenchbookError('wrong-state', `Run ${runId} already exists here.`, 'Continue with that one; it was not changed.');
    if (this.options.isArchived?.(runId))
      throw new WrenchbookError('wrong-state', `Run ${runId} already exists here, archived.`, 'Restore that one; it was not changed.');
  }
}

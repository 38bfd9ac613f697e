/** Takes a run from a bundle into this data folder, complete or not at all, so that it can be read and gone on with here. */
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { Journal } from '../runs/journal.ts';
import { draftPrefix } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { staysInside } from './bundle-format.ts';
import { type BundleEntry, readBundle } from './bundle-reader.ts';
import { verifyBundle } from './bundle-verify.ts';

export interface ImportOptions {
  runsFolder: string;
  knows(fingerprint: string): boolean;
  /** Fingerprint of the key the bundle has to be signed with; null: any that is known here. */
  expected: string | null;
}

/** Resolves with the run's id. Throws `bad-parameters` for a bundle that is not intact, `wrong-state` for a run that is here. */
export async function importBundle(file: string, { runsFolder, knows, expected }: ImportOptions): Promise<string> {
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

/** Links come last, so that nothing is written through one. Throws for what leads out of the run's folder. */
async function unpack(bundle: string, draft: string): Promise<void> {
  const links: BundleEntry[] = [];
  await readBundle(bundle, {
    begins: () => undefined,
    entry: async (entry) => {
      if (entry.kind === 'link') links.push(entry);
      else await unpackEntry(entry, draft);
      for await (const _rest of entry.content);
    },
  });
  for (const { path: name, target } of links) {
    if (!staysInside(name) || path.posix.isAbsolute(target) || !staysInside(path.posix.join(path.posix.dirname(name), target)))
      throw new TypeError(`the link ${name} leads out of the run`);
    symlinkSync(target, path.join(draft, name));
  }
}

async function unpackEntry({ path: name, kind, mode, content }: BundleEntry, draft: string): Promise<void> {
  if (!staysInside(name)) throw new TypeError(`${name} leads out of the run`);
  const file = path.join(draft, name);
  if (kind === 'folder') mkdirSync(file, { recursive: true, mode: mode | 0o700 });
  else await pipeline(Readable.from(content), createWriteStream(file, { flags: 'wx', mode, flush: true }));
}

/** Archives, brings back and deletes one run. Each leaves, whenever it is killed, the whole run or its whole archive. */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { Unpacker } from '../bundles/unpacker.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { draftPrefix } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { timeSlices } from '../time-slices.ts';
import { type ArchiveHead, describeForArchive, readArchive, readArchiveHead, type Watch, writeArchive } from './archive-file.ts';
import { holdFinishedRun } from './finished-run.ts';
import type { Places } from './places.ts';
import { runStamp, sizeOfFolder } from './run-files.ts';

export interface Decision {
  /** Which rule, or by hand; for the ledger. */
  why: string;
  by: string;
}

/** Removal and return of archived runs exclude each other; a run in its folder has its own lock. Throws `locked`, `storage`. */
export function lockArchive(places: Places): () => void {
  try {
    mkdirSync(places.archive, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw storageError('make', places.archive, cause);
  }
  try {
    return lockRun(places.archive);
  } catch (thrown) {
    if (thrown instanceof WrenchbookError && thrown.code === 'locked')
      throw new WrenchbookError('locked', 'Another Wrenchbook is archiving or deleting runs right now.', 'Wait until it has finished, then try again.', {
        cause: thrown,
      });
    throw thrown;
  }
}

/** The caller holds the archive's lock. Resolves with bytes before and after. Throws `wrong-state`, `locked`, `storage`, and the signal's reason. */
export async function archiveRun(
  places: Places,
  ledger: Ledger,
  runId: string,
  decision: Decision,
  watch: Watch,
): Promise<{ bytes: number; packedBytes: number }> {
  const folder = places.run(runId);
  const file = places.archived(runId);
  const draft = places.draft(places.archive, path.basename(file));
  const { summary, last, giveFree } = holdFinishedRun(folder, places.isFleet(runId));
  try {
    const stamp = runStamp(folder);
    rmSync(draft, { force: true });
    const bytes = await sizeOfFolder(folder, timeSlices());
    const files = await describeForArchive(folder, watch.signal);
    const head: ArchiveHead = { format: 'wrenchbook-archive', version: 1, summary, archivedAt: new Date().toISOString(), stamp, last, files };
    const written = await writeArchive(folder, draft, head, watch);
    await readArchive(draft, readArchiveHead(draft).files, watch);
    watch.signal?.throwIfAborted();
    renameSync(draft, file);
    syncFolder(places.archive);
    ledger.append({ type: 'archived', runId, ...last, ...decision, bytes, packedBytes: written.bytes, sha256: written.sha256 });
    const gone = vanish(places, folder);
    await removeTree(gone);
    return { bytes, packedBytes: written.bytes };
  } catch (cause) {
    rmSync(draft, { force: true });
    giveFree();
    watch.signal?.throwIfAborted();
    throw cause instanceof WrenchbookError ? cause : storageError('archive', folder, cause);
  }
}

/** The caller holds the archive's lock. Puts an archived run back as it was, modes and times too. Throws `wrong-state`, `storage`. */
export async function restoreRun(places: Places, ledger: Ledger, runId: string, decision: Decision, watch: Watch): Promise<void> {
  const file = places.archived(runId);
  if (existsSync(places.run(runId))) throw new WrenchbookError('wrong-state', `Run ${runId} is not archived.`, 'Nothing needs to be restored.');
  const head = readArchiveHead(file);
  const home = head.summary.fleet ? places.fleets : places.runs;
  const [folder, draft] = [path.join(home, runId), places.draft(home, runId)];
  try {
    await removeTree(draft);
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const giveFree = lockRun(draft);
    await unpackArchive(file, head, draft, watch);
    giveFree();
    renameSync(draft, folder);
    syncFolder(home);
  } catch (cause) {
    await removeTree(draft);
    watch.signal?.throwIfAborted();
    throw cause instanceof WrenchbookError ? cause : storageError('restore into', folder, cause);
  }
  ledger.note({ type: 'restored', runId, ...head.last, ...decision });
  try {
    rmSync(file, { force: true });
    syncFolder(places.archive);
  } catch {
    // The run is back anyway; its archive does not count any more and is cleared away with the next cleaning.
  }
}

/** Into an existing folder; every file is on disk and compared with its digest. Throws `storage`. */
export async function unpackArchive(file: string, head: ArchiveHead, folder: string, watch: Watch): Promise<void> {
  const into = new Unpacker(folder, 'kept'); // as the run had them
  await readArchive(file, head.files, watch, (entry) => into.take(entry));
  into.finish();
  // Folders last and from the inside out: writing into them changes their time, and their mode may forbid it.
  for (const { path: name, kind, mode, mtimeMs } of [...head.files].reverse()) {
    if (kind === 'link') continue;
    const place = path.join(folder, name);
    utimesSync(place, mtimeMs / 1000, mtimeMs / 1000);
    chmodSync(place, mode & 0o777);
    if (kind === 'folder') syncFolder(place);
  }
  syncFolder(folder);
}

/** The caller holds the archive's lock. The tombstone is on disk before anything goes. Resolves with the bytes that are free. */
export async function deleteRun(places: Places, ledger: Ledger, runId: string, decision: Decision): Promise<number> {
  if (places.isArchived(runId)) return deleteArchived(places, ledger, runId, decision);
  const folder = places.run(runId);
  const { summary, last, giveFree } = holdFinishedRun(folder, places.isFleet(runId));
  let gone: string;
  const bytes = await sizeOfFolder(folder, timeSlices());
  try {
    ledger.append({ type: 'deleted', ...about(summary), ...last, ...decision, bytes, archived: false });
    rmSync(places.archived(runId), { force: true }); // of an archiving that was cut off: else the run would come back as it
    gone = vanish(places, folder);
  } catch (cause) {
    giveFree();
    throw cause instanceof WrenchbookError ? cause : storageError('delete', folder, cause);
  }
  await removeTree(gone);
  return bytes;
}

function deleteArchived(places: Places, ledger: Ledger, runId: string, decision: Decision): number {
  const file = places.archived(runId);
  const { summary, last } = readArchiveHead(file);
  const bytes = lstatSync(file).size;
  try {
    ledger.append({ type: 'deleted', ...about(summary), ...last, ...decision, bytes, archived: true });
    rmSync(file);
    syncFolder(places.archive);
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('delete', file, cause);
  }
  return bytes;
}

const about = ({ runId, topicId, topicTitle, targetLabel, createdAt, status }: ArchiveHead['summary']) => ({
  runId,
  topicId,
  topicTitle,
  target: targetLabel,
  startedAt: createdAt,
  outcome: status,
});

/**
 * Takes a run's folder out of sight in one step. Under its new name it is an abandoned draft to everybody, with the lock of
 * this process in it: who starts a run after a crash clears it away.
 */
function vanish(places: Places, folder: string): string {
  const home = path.dirname(folder);
  const gone = places.draft(home, `gone-${path.basename(folder)}`);
  rmSync(gone, { recursive: true, force: true });
  renameSync(folder, gone);
  syncFolder(home);
  return gone;
}

/** Also where folders in it were made read-only. What can't be removed now is cleared away later. */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    openUp(folder);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function openUp(folder: string): void {
  try {
    chmodSync(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) openUp(path.join(folder, entry.name));
  } catch {
    // gone meanwhile, or not ours
  }
}

/** What a process that was killed left of its work. The caller holds the archive's lock. */
export function clearArchiveLeftovers(places: Places): void {
  for (const name of readdirSync(places.archive)) {
    const file = path.join(places.archive, name);
    const runId = name.replace(/\.tar\.zst$/, '');
    // A run and its archive: it was archived and not yet taken away, or brought back. The folder is the whole run.
    if (name.startsWith(draftPrefix) || (name !== runId && places.hasRun(runId))) rmSync(file, { recursive: true, force: true });
  }
}

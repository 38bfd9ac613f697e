/** Archived runs, unpacked for reading: derived data in a folder of this process, which goes when the process does. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { removeAbandonedDrafts } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { storageError } from '../storage-error.ts';
import { readArchiveHead } from './archive-file.ts';
import type { Places } from './places.ts';
import { stampOf } from './run-files.ts';
import { removeTree, unpackArchive } from './run-removal.ts';

/** Those that were asked for last stay. */
const most = 20;

export class UnpackedRuns {
  private readonly places: Places;
  private readonly cache: string;
  private own: string | null = null;
  private readonly unpacked = new Map<string, { stamp: string; folder: Promise<string>; ready: string | null }>();

  constructor(places: Places) {
    this.places = places;
    this.cache = path.join(places.data, 'cache');
  }

  /** Where the run was unpacked; null where it was not, or its archive is another one by now. */
  folder(runId: string): string | null {
    const known = this.unpacked.get(runId);
    return known?.ready && known.stamp === stampOf(this.places.archived(runId)) && existsSync(known.ready) ? known.ready : null;
  }

  /** Makes `folder` answer. `fresh`: what was unpacked before does not count. Throws `storage` for an archive that is damaged. */
  async open(runId: string, fresh = false): Promise<string> {
    const ready = fresh ? null : this.folder(runId);
    if (ready !== null) return ready;
    const stamp = stampOf(this.places.archived(runId));
    const known = this.unpacked.get(runId);
    if (!fresh && known?.stamp === stamp && known.ready === null) return known.folder;
    this.unpacked.delete(runId);
    const entry = { stamp, folder: this.unpack(runId), ready: null as string | null };
    this.unpacked.set(runId, entry);
    try {
      entry.ready = await entry.folder;
    } catch (thrown) {
      if (this.unpacked.get(runId) === entry) this.unpacked.delete(runId);
      throw thrown;
    }
    await this.forgetOldest();
    return entry.ready;
  }

  close(): void {
    this.unpacked.clear();
    if (this.own !== null) rmSync(this.own, { recursive: true, force: true });
    this.own = null;
  }

  private async unpack(runId: string): Promise<string> {
    const file = this.places.archived(runId);
    const folder = path.join(this.ownFolder(), `${runId}-${randomBytes(4).toString('hex')}`);
    mkdirSync(folder, { mode: 0o700 });
    try {
      await unpackArchive(file, readArchiveHead(file), folder, {});
      return folder;
    } catch (thrown) {
      await removeTree(folder);
      throw thrown;
    }
  }

  /** Like a draft of a run: with a lock in it, and cleared away by the next when this process was killed. */
  private ownFolder(): string {
    if (this.own !== null && existsSync(this.own)) return this.own;
    const own = this.places.draft(this.cache, `${process.pid}-${randomBytes(4).toString('hex')}`);
    try {
      mkdirSync(own, { recursive: true, mode: 0o700 });
      lockRun(own);
      removeAbandonedDrafts(this.cache);
    } catch (cause) {
      throw storageError('unpack into', own, cause);
    }
    this.own = own;
    return own;
  }

  private async forgetOldest(): Promise<void> {
    const [oldest] = this.unpacked;
    if (this.unpacked.size <= most || !oldest) return;
    this.unpacked.delete(oldest[0]);
    if (oldest[1].ready !== null) await removeTree(oldest[1].ready);
  }
}

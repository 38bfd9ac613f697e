/** Archived runs as the search wants them: known by the head of their archive, and unpacked only where they have to be read. */
import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { RunSummary } from '../../../shared/api/run.ts';
import { draftPrefix, removeAbandonedDrafts } from '../runs/run-drafts.ts';
import { lockRun } from '../runs/run-lock.ts';
import { type ArchiveHead, readArchiveHead } from './archive-file.ts';
import type { Places } from './places.ts';
import { stampOf } from './run-files.ts';
import { removeTree, unpackArchive } from './run-removal.ts';

type Known = Pick<ArchiveHead, 'summary' | 'stamp'>;

export class ArchivedRuns {
  private readonly places: Places;
  /** By run: of which state of the archive's file this was read. */
  private readonly known = new Map<string, Known & { fileStamp: string }>();

  constructor(places: Places) {
    this.places = places;
  }

  /** That of the run's files when it was archived, so that nothing is read again. Empty where the head can't be read. */
  stamp(runId: string): string {
    try {
      return this.head(runId).stamp;
    } catch {
      return '';
    }
  }

  /** Throws `storage`. */
  summary(runId: string): RunSummary {
    return this.head(runId).summary;
  }

  /** Does something with the run unpacked; nothing of it is left afterwards. Throws `storage`. */
  async use<T>(runId: string, work: (folder: string) => Promise<T>): Promise<T> {
    const file = this.places.archived(runId);
    const cache = path.join(this.places.data, 'cache');
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    removeAbandonedDrafts(cache);
    const draft = await mkdtemp(path.join(cache, `${draftPrefix}search-`));
    try {
      lockRun(draft);
      const folder = path.join(draft, 'run');
      mkdirSync(folder);
      await unpackArchive(file, readArchiveHead(file), folder, {});
      return await work(folder);
    } finally {
      await removeTree(draft);
    }
  }

  private head(runId: string): Known {
    const file = this.places.archived(runId);
    const fileStamp = stampOf(file);
    const known = this.known.get(runId);
    if (known?.fileStamp === fileStamp) return known;
    const { summary, stamp } = readArchiveHead(file);
    const read = { summary, stamp, fileStamp };
    this.known.set(runId, read);
    return read;
  }
}

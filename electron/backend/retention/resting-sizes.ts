/** What runs and archives take up; remembered, as what has ended does not change any more. */
import { statSync } from 'node:fs';
import type { RunStorage } from '../../../shared/api/storage.ts';
import { readArchiveHead } from './archive-file.ts';
import type { Places } from './places.ts';
import { type RunFiles, runStamp, sizeOfRun, stampOf } from './run-files.ts';

type Sizes = Pick<RunStorage, 'archived' | 'bytes' | 'journal' | 'recording' | 'files'>;

export class RestingSizes {
  private readonly places: Places;
  private readonly known = new Map<string, { stamp: string; sizes: Sizes }>();

  constructor(places: Places) {
    this.places = places;
  }

  /** Null where there is no such run. An archive whose head is damaged counts with its length only. */
  async of(runId: string, pause: () => Promise<void> | undefined): Promise<Sizes | null> {
    const archived = this.places.isArchived(runId);
    if (!archived && !this.places.hasRun(runId)) return null;
    const stamp = archived ? stampOf(this.places.archived(runId)) : `${runStamp(this.places.run(runId))} ${stampOf(this.places.run(runId))}`;
    const known = this.known.get(runId);
    if (known?.stamp === stamp && known.sizes.archived === archived) return known.sizes;
    const sizes = archived ? this.sizeOfArchive(runId) : { archived, ...(await sizeOfRun(this.places.run(runId), pause)) };
    this.known.set(runId, { stamp, sizes });
    return sizes;
  }

  private sizeOfArchive(runId: string): Sizes {
    const file = this.places.archived(runId);
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return { archived: true, bytes, ...unpackedFiles(file) };
  }
}

/** What the archived run's files take up when they are brought back. */
function unpackedFiles(file: string): Omit<RunFiles, 'bytes'> {
  try {
    const { files } = readArchiveHead(file);
    const lengthOf = (name: string) => files.find(({ path }) => path === name)?.size ?? 0;
    const journal = lengthOf('journal.jsonl');
    const recording = lengthOf('recording.cast');
    return { journal, recording, files: files.reduce((sum, { size }) => sum + size, 0) - journal - recording };
  } catch {
    return { journal: 0, recording: 0, files: 0 };
  }
}

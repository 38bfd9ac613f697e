/** What a bundle can hold: the record of a run on one machine, or of a fleet run; and how its journal is read. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { largestFleetJournal, parseFleetEvent } from '../fleet/record/fleet-journal.ts';
import { largestJournal, parseRunEvent } from '../runs/journal.ts';
import type { ChainedEvent } from '../runs/journal-check.ts';
import type { BundleManifest } from './bundle-format.ts';

/** An event of either, as far as a bundle is concerned. */
interface BundledEvent extends ChainedEvent {
  recording?: { bytes: number; sha256: string } | null;
}
export interface Begun {
  about: Pick<BundleManifest, 'kind' | 'runId' | 'topicId' | 'topicTitle' | 'rehearsal'>;
  /** Files beside the journal that it names with their digests. */
  files: { path: string; sha256: string }[];
}
interface BundledRecord {
  /** Null for a line that can't be read. */
  parse(line: string): BundledEvent | null;
  /** What the first line creates; null where it creates no such record. */
  begun(line: string): Begun | null;
  /** Bytes. */
  largest: number;
}

export const bundledRecords: Record<BundleManifest['kind'], BundledRecord> = {
  run: {
    parse: parseRunEvent,
    begun: (line) => {
      const event = parseRunEvent(line);
      if (event?.seq !== 0 || event.type !== 'run-created') return null;
      const { runId, topicId, topicTitle, rehearsal } = event;
      return { about: { kind: 'run', runId, topicId, topicTitle, rehearsal }, files: [] };
    },
    largest: largestJournal,
  },
  fleet: {
    parse: parseFleetEvent,
    begun: (line) => {
      const event = parseFleetEvent(line);
      if (event?.seq !== 0 || event.type !== 'fleet-created') return null;
      const { runId, topicId, title, files } = event;
      return {
        about: { kind: 'fleet', runId, topicId, topicTitle: title, rehearsal: false },
        files: files.map(({ path: name, sha256 }) => ({ path: `playbook/${name}`, sha256 })),
      };
    },
    largest: largestFleetJournal,
  },
};

/** What the folder has the record of. Throws TypeError for a folder without one, and file system errors. */
export async function recordIn(folder: string): Promise<Begun['about']> {
  const lines = createInterface({ input: createReadStream(path.join(folder, 'journal.jsonl')) });
  for await (const line of lines) {
    const begun = bundledRecords.run.begun(line) ?? bundledRecords.fleet.begun(line);
    lines.close();
    if (begun) return begun.about;
    break;
  }
  throw new TypeError('A run begins with its creation.');
}

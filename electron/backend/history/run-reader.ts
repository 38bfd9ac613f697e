/** Reads runs for the index: what of them there is, in which state their files are, and what can be found in them. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { toWireError } from '../../../shared/api/error.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import { readJournal } from '../runs/journal.ts';
import { foldRun } from '../runs/run-fold.ts';
import { runSummary } from '../runs/run-view.ts';
import { recordingFile } from '../transcripts/recording-blocks.ts';
import { boundedScreens } from './bounded-screens.ts';
import type { IndexedRun } from './run-index.ts';
import { runSections } from './run-sections.ts';

export class RunReader {
  private readonly folder: string;
  private readonly log: (line: string) => void;

  constructor(dataFolder: string, log: (line: string) => void) {
    this.folder = path.join(dataFolder, 'runs');
    this.log = log;
  }

  /** Newest first. */
  names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => /^\d{8}-\d{6}-/.test(name))
        .sort()
        .reverse();
    } catch {
      return []; // the first run makes it
    }
  }

  /** Changes when a run's folder appears or goes. */
  folderStamp(): string {
    return stampOf(this.folder);
  }

  /** Changes when something is written to the run's journal or recording. Empty for what is no run. */
  stamp(runId: string): string {
    const folder = path.join(this.folder, runId);
    const journal = stampOf(path.join(folder, 'journal.jsonl'));
    return journal && `${journal} ${stampOf(recordingFile(folder))}`;
  }

  /** Null, and logged, when its journal can't be read. */
  summary(runId: string): RunSummary | null {
    return this.record(runId)?.summary ?? null;
  }

  async read(runId: string): Promise<IndexedRun> {
    // Before reading: what is written meanwhile makes it be read again.
    const stamp = this.stamp(runId);
    const read = this.record(runId);
    if (!read) return { runId, stamp, summary: null, sections: [] };
    const screens = await boundedScreens(path.join(this.folder, runId), read.events);
    return { runId, stamp, summary: read.summary, sections: runSections(read.record, read.events, screens) };
  }

  private record(runId: string) {
    try {
      const { events } = readJournal(path.join(this.folder, runId));
      const record = foldRun(events);
      return { events, record, summary: runSummary(record, false) };
    } catch (thrown) {
      this.log(`run ${runId} is left out of the list: ${toWireError(thrown).message}`);
      return null;
    }
  }
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.size}:${stat.mtimeMs}` : '';
}

/** Where runs are in a data folder, archived ones too, and fleet runs beside them. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { draftPrefix } from '../runs/run-drafts.ts';

const extension = '.tar.zst';
const runName = /^\d{8}-\d{6}-[a-z0-9-]{1,80}$/;

export class Places {
  readonly data: string;
  readonly runs: string;
  readonly fleets: string;
  readonly archive: string;

  constructor(dataFolder: string) {
    this.data = dataFolder;
    this.runs = path.join(dataFolder, 'runs');
    this.fleets = path.join(dataFolder, 'fleets');
    this.archive = path.join(dataFolder, 'archive');
  }

  /** Its folder; that of a fleet run where there is such a one. */
  run(runId: string): string {
    return path.join(this.isFleet(runId) ? this.fleets : this.runs, runId);
  }
  isFleet(runId: string): boolean {
    return runName.test(runId) && existsSync(path.join(this.fleets, runId));
  }
  /** Becomes the archive, or was the run: under this name it is neither, and is cleared away when nobody works on it. */
  draft(folder: string, name: string): string {
    return path.join(folder, `${draftPrefix}${name}`);
  }
  archived(runId: string): string {
    return path.join(this.archive, `${runId}${extension}`);
  }

  hasRun(runId: string): boolean {
    return runName.test(runId) && existsSync(path.join(this.run(runId), 'journal.jsonl'));
  }
  /** Where both are, the folder counts: archiving or bringing back was cut off at its end. */
  isArchived(runId: string): boolean {
    return runName.test(runId) && !existsSync(this.run(runId)) && existsSync(this.archived(runId));
  }

  runIds(): string[] {
    return namesIn(this.runs).filter((name) => runName.test(name));
  }
  fleetIds(): string[] {
    return namesIn(this.fleets).filter((name) => runName.test(name));
  }
  archivedIds(): string[] {
    return namesIn(this.archive).flatMap((name) => {
      const runId = name.slice(0, -extension.length);
      return name.endsWith(extension) && this.isArchived(runId) ? [runId] : [];
    });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the first run, or the first archive, makes it
  }
}

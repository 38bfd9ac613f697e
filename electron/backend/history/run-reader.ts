/** Reads runs for the index: what of them there is, in which state their files are, and what can be found in them. */
import { toWireError } from '../../../shared/api/error.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import { fleetAsRun, fleetSections } from '../fleet/record/fleet-as-run.ts';
import { foldFleet } from '../fleet/record/fleet-fold.ts';
import { readFleetJournal } from '../fleet/record/fleet-journal.ts';
import { ArchivedRuns } from '../retention/archived-runs.ts';
import { Places } from '../retention/places.ts';
import { runStamp, stampOf } from '../retention/run-files.ts';
import { readJournal } from '../runs/journal.ts';
import { foldRun } from '../runs/run-fold.ts';
import { runSummary } from '../runs/run-view.ts';
import { boundedScreens } from './bounded-screens.ts';
import type { IndexedRun } from './run-index.ts';
import { runSections } from './run-sections.ts';

export class RunReader {
  private readonly places: Places;
  private readonly folder: string;
  private readonly archived: ArchivedRuns;
  private readonly log: (line: string) => void;

  constructor(dataFolder: string, log: (line: string) => void) {
    this.places = new Places(dataFolder);
    this.folder = this.places.runs;
    this.archived = new ArchivedRuns(this.places);
    this.log = log;
  }

  /** Newest first; archived ones too. */
  names(): string[] {
    return [...new Set([...this.places.runIds(), ...this.places.fleetIds(), ...this.places.archivedIds()])].sort().reverse();
  }

  /** Changes when a run's folder or archive appears or goes. */
  folderStamp(): string {
    return [this.folder, this.places.fleets, this.places.archive].map(stampOf).join(' ');
  }

  /** Changes when something is written to the run's journal or recording; stays when it is archived. Empty for what is no run. */
  stamp(runId: string): string {
    return runStamp(this.places.run(runId)) || (this.places.isArchived(runId) ? this.archived.stamp(runId) : '');
  }

  /** Null, and logged, when its journal or archive can't be read. */
  summary(runId: string): RunSummary | null {
    if (this.places.isFleet(runId)) return this.fleet(runId, this.places.run(runId))?.summary ?? null;
    if (!this.places.isArchived(runId)) return this.record(runId, this.places.run(runId))?.summary ?? null;
    try {
      return this.archived.summary(runId);
    } catch (thrown) {
      this.log(`run ${runId} is left out of the list: ${toWireError(thrown).message}`);
      return null;
    }
  }

  async read(runId: string): Promise<IndexedRun> {
    if (!this.places.isArchived(runId)) return this.readFrom(runId, this.places.run(runId));
    try {
      return await this.archived.use(runId, (folder) => this.readFrom(runId, folder));
    } catch (thrown) {
      this.log(`run ${runId} is left out of the search: ${toWireError(thrown).message}`);
      return { runId, stamp: this.stamp(runId), summary: this.summary(runId), sections: [] };
    }
  }

  private async readFrom(runId: string, folder: string): Promise<IndexedRun> {
    // Before reading: what is written meanwhile makes it be read again.
    const stamp = this.stamp(runId);
    if (this.places.isFleet(runId) || (this.places.isArchived(runId) && this.archived.summary(runId).fleet)) {
      const { summary = null, sections = [] } = this.fleet(runId, folder) ?? {};
      return { runId, stamp, summary, sections };
    }
    const read = this.record(runId, folder);
    if (!read) return { runId, stamp, summary: null, sections: [] };
    const screens = await boundedScreens(folder, read.events);
    return { runId, stamp, summary: read.summary, sections: runSections(read.record, read.events, screens) };
  }

  private fleet(runId: string, folder: string) {
    try {
      const fold = foldFleet(readFleetJournal(folder).events);
      return { summary: fleetAsRun(fold), sections: fleetSections(fold) };
    } catch (thrown) {
      this.log(`fleet run ${runId} is left out of the list: ${toWireError(thrown).message}`);
      return null;
    }
  }

  private record(runId: string, folder: string) {
    try {
      const { events } = readJournal(folder);
      const record = foldRun(events);
      return { events, record, summary: runSummary(record, false) };
    } catch (thrown) {
      this.log(`run ${runId} is left out of the list: ${toWireError(thrown).message}`);
      return null;
    }
  }
}

/**
 * All runs of a data folder, searchable. Keeps the index current in the background, a run at a time, so that questions
 * are answered in between. The journals stay the truth: what the index lacks is read from them.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { toWireError } from '../../../shared/api/error.ts';
import type { RunFilters, RunSearch, SearchResult } from '../../../shared/api/history.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import { type IndexedRun, type LiveOutcomes, RunIndex } from './run-index.ts';
import { RunReader } from './run-reader.ts';

/** Runs written together: one change of the file costs as much as some runs. */
const portion = 16;
/** Between two changes of a file that others use too: its lock is not handed on in turn. */
const makeRoomMs = 10;
/** While another process fills the index this one looks so often what is there now, and whether it is its turn. */
const waitMs = 250;
/** Checks every run's files this often, as another process may write to them. Costs 15 µs a run. */
const lookAgainMs = 30_000;

export class RunHistory {
  private readonly index: RunIndex;
  private readonly reader: RunReader;
  private readonly log: (line: string) => void;
  /** To be read again. */
  private readonly stale = new Set<string>();
  /** Of them, those that this process wrote: they don't wait for its turn. */
  private readonly noted = new Set<string>();
  private names: string[] = [];
  private folderStamp: string | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private generation = -1;
  private work: Promise<void> | null = null;
  private readonly closing = new AbortController();

  constructor(dataFolder: string, log: (line: string) => void) {
    this.index = new RunIndex(dataFolder, log);
    this.reader = new RunReader(dataFolder, log);
    this.log = log;
  }

  /** Throws `storage`. */
  search(search: RunSearch, live: LiveOutcomes): SearchResult {
    const begun = performance.now();
    this.look();
    const { found, total } = this.index.search(search, live);
    if (this.index.generation !== this.generation) this.look(); // it was damaged: what was found is of an empty one
    const hits = found.map(({ summary, matches }) => ({ run: summary, matches }));
    return { hits, total, ms: performance.now() - begun, indexed: this.names.length - this.stale.size, of: this.names.length };
  }

  /** Throws `storage`. */
  filters(live: LiveOutcomes): RunFilters {
    this.look();
    return this.index.filters(live);
  }

  /** Newest first; the ones the index does not know in their present state are read. */
  list(): RunSummary[] {
    try {
      this.look(true);
      const known = new Map(this.index.summaries().map((summary) => [summary.runId, summary]));
      return this.names.flatMap((runId) => (this.stale.has(runId) ? this.reader.summary(runId) : known.get(runId)) ?? []);
    } catch (thrown) {
      // A full or read-only disk must not hide the runs.
      this.log(`the runs are listed without the index: ${toWireError(thrown).message}`);
      return this.reader.names().flatMap((runId) => this.reader.summary(runId) ?? []);
    }
  }

  /** Something was written to this run. */
  note(runId: string): void {
    if (this.folderStamp === null) return; // all will be looked at anyway
    this.stale.add(runId);
    this.noted.add(runId);
    this.begin();
  }

  /** Resolves when all is in the index, or can't be. */
  async settled(): Promise<void> {
    while (this.work) await this.work;
  }

  /** Ends what is being written; the rest is done next time. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.settled();
    this.index.close();
  }

  /** Finds what came, went or changed since it was looked last. */
  private look(everything = false): void {
    const folderStamp = this.reader.folderStamp();
    const anew = this.index.generation !== this.generation;
    const due = everything || anew || performance.now() - this.lookedAt > lookAgainMs;
    if (!due && folderStamp === this.folderStamp) return;
    const stamps = this.index.stamps();
    this.generation = this.index.generation;
    this.folderStamp = folderStamp;
    this.names = this.reader.names();
    const present = new Set(this.names);
    const gone = [...stamps.keys()].filter((runId) => !present.has(runId));
    if (gone.length > 0) this.index.remove(gone);
    for (const runId of this.stale) if (!present.has(runId)) this.isCurrent(runId);
    for (const runId of this.names) {
      const known = stamps.get(runId);
      if (known === undefined || (due && known !== this.reader.stamp(runId))) this.stale.add(runId);
    }
    if (due) this.lookedAt = performance.now();
    this.begin();
  }

  private begin(): void {
    if (this.stale.size > 0 && !this.closed) this.work ??= this.readStale().finally(() => (this.work = null));
  }

  private async readStale(): Promise<void> {
    try {
      while (this.stale.size > 0 && !this.closed) {
        const mine = this.index.takeTurn();
        const taken = [...new Set([...this.noted, ...(mine ? this.stale : [])])].slice(0, portion);
        if (taken.length > 0) await this.readPortion(taken);
        else this.passWhatOthersRead();
        this.startOverWhenAnew();
        if (!mine) await this.pause(waitMs);
        else if (this.index.shared) await this.pause(makeRoomMs);
      }
    } catch (thrown) {
      this.log(`the search index is not kept: ${toWireError(thrown).message}`);
    } finally {
      this.index.giveTurnBack();
    }
  }

  private async readPortion(taken: readonly string[]): Promise<void> {
    const read: IndexedRun[] = [];
    // Another process may have been faster.
    const known = this.index.shared ? this.index.stampsOf(taken) : null;
    for (const runId of taken) {
      await setImmediate();
      if (this.closed) return;
      if (!known || known.get(runId) !== this.reader.stamp(runId)) read.push(await this.reader.read(runId));
    }
    if (read.length > 0) this.index.put(read);
    // A run that is written to all the time is read again when it is noted or looked at next, not in a circle.
    for (const runId of taken) this.isCurrent(runId);
  }

  private passWhatOthersRead(): void {
    const known = this.index.stamps();
    for (const runId of this.stale) if (known.has(runId) && known.get(runId) === this.reader.stamp(runId)) this.isCurrent(runId);
  }

  private isCurrent(runId: string): void {
    this.stale.delete(runId);
    this.noted.delete(runId);
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }
  /** Ends at once when this closes. */
  private async pause(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  /** The file was damaged and thrown away while it was written: everything is missing again. */
  private startOverWhenAnew(): void {
    if (this.index.generation === this.generation) return;
    this.generation = this.index.generation;
    for (const runId of this.names) this.stale.add(runId);
  }
}

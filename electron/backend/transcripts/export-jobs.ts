/** Exports and other long work that is running: how far each is, and how it is called off. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ExportWatch } from './export-watch.ts';

/** Progress is told at most this often. */
const everyMs = 100;

export interface ExportProgress {
  exportId: string;
  /** Bytes of the recording read. */
  done: number;
  total: number;
}

export class ExportJobs {
  private readonly tell: (progress: ExportProgress) => void;
  private readonly calledOff: () => WrenchbookError;
  private readonly jobs = new Set<{ exportId: string | undefined; calledOff: AbortController; ended: Promise<unknown> }>();

  /** `calledOff`: what work that is cancelled rejects with. */
  constructor(tell: (progress: ExportProgress) => void, calledOff: () => WrenchbookError = cancelled) {
    this.tell = tell;
    this.calledOff = calledOff;
  }

  /** Does one export; without an id nobody is told about it. Throws `wrong-state` where the id is in use, `cancelled`, and what `work` throws. */
  async run<T>(exportId: string | undefined, work: (watch: ExportWatch) => Promise<T>): Promise<T> {
    if (exportId !== undefined && this.find(exportId))
      throw new WrenchbookError('wrong-state', `Work named "${exportId}" is already running.`, 'Wait for it, or give this one another name.');
    const calledOff = new AbortController();
    const watch: ExportWatch = { signal: calledOff.signal };
    if (exportId !== undefined) watch.onProgress = this.teller(exportId);
    const ended = work(watch);
    const job = { exportId, calledOff, ended };
    this.jobs.add(job);
    try {
      return await ended;
    } finally {
      this.jobs.delete(job);
    }
  }

  /** Nothing happens where that export has ended. */
  cancel(exportId: string): void {
    this.find(exportId)?.calledOff.abort(this.calledOff());
  }

  async close(): Promise<void> {
    for (const { calledOff } of this.jobs) calledOff.abort(this.calledOff());
    await Promise.allSettled([...this.jobs].map(({ ended }) => ended));
  }

  private find(exportId: string) {
    return [...this.jobs].find((job) => job.exportId === exportId);
  }

  private teller(exportId: string): (done: number, total: number) => void {
    let toldAt = Number.NEGATIVE_INFINITY;
    return (done, total) => {
      const now = performance.now();
      if (now - toldAt < everyMs && done < total) return;
      toldAt = now;
      this.tell({ exportId, done, total });
    };
  }
}

const cancelled = () => new WrenchbookError('cancelled', 'The export was cancelled.', 'Nothing was written; export again when you want to.');

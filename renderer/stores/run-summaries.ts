import type { RunSummary } from '../../shared/api/run.ts';
import type { Route } from './route.ts';

export const isOpen = (run: Pick<RunSummary, 'endedAt'>) => run.endedAt === null;

/** Where a run is opened: what is over is read. */
export const placeOf = (run: Pick<RunSummary, 'runId' | 'endedAt' | 'fleet'>): Route =>
  run.fleet ? { page: 'fleet', runId: run.runId } : isOpen(run) ? { page: 'run', runId: run.runId, view: 'step' } : { page: 'transcript', runId: run.runId };

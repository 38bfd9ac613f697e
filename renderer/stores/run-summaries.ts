import type { RunSummary } from '../../shared/api/run.ts';

export const isOpen = (run: Pick<RunSummary, 'endedAt'>) => run.endedAt === null;

/** What is said between the backend and the history's thread. */
import type { WireError } from '../../../shared/api/error.ts';
import type { RunFilters, RunSearch, SearchResult } from '../../../shared/api/history.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import type { RunHistory } from './run-history.ts';
import type { LiveOutcomes } from './run-index.ts';

export type HistoryQuestion =
  | { kind: 'search'; search: RunSearch; live: LiveOutcomes }
  | { kind: 'filters'; live: LiveOutcomes }
  | { kind: 'list' }
  | { kind: 'note'; runId: string }
  | { kind: 'close' };
export type HistoryAnswer = SearchResult | RunFilters | RunSummary[] | null;
export type HistoryReply = { id: number; answer: HistoryAnswer } | { id: number; error: WireError } | { log: string };

export async function answer(history: RunHistory, question: HistoryQuestion): Promise<HistoryAnswer> {
  switch (question.kind) {
    case 'search':
      return history.search(question.search, question.live);
    case 'filters':
      return history.filters(question.live);
    case 'list':
      return history.list();
    case 'note':
      history.note(question.runId);
      return null;
    case 'close':
      await history.close();
      return null;
  }
}

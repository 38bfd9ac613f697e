/** What is looked for among the runs, and what was found. Kept while other pages are open, so that going back finds it. */
import { create } from 'zustand';
import type { RunFilters, SearchResult } from '../../shared/api/history.ts';
import type { RunStatus } from '../../shared/api/run.ts';
import type { MethodInput } from '../../shared/api.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';

export interface RunQuery {
  text: string;
  topicId: string | null;
  host: string | null;
  outcome: RunStatus | null;
  /** Days as a date field gives them, in local time; empty for none. */
  from: string;
  to: string;
  /** From 1. */
  page: number;
}
interface RunSearchState {
  query: RunQuery;
  result: SearchResult | null;
  filters: RunFilters;
  trouble: string;
}

export const noQuery: RunQuery = { text: '', topicId: null, host: null, outcome: null, from: '', to: '', page: 1 };
export const runsPerPage = 25;
/** After typing, and between looks at an index that is still being built. */
const pauseMs = 150;
const lookAgainMs = 600;

export const useRunSearch = create<RunSearchState>(() => ({
  query: noQuery,
  result: null,
  filters: { topics: [], hosts: [], outcomes: [] },
  trouble: '',
}));

export const isNarrowed = ({ page, text, ...filters }: RunQuery) => text.trim() !== '' || Object.values(filters).some(Boolean);

/** A local day as a moment in UTC: its first, or its last millisecond. */
export function dayEdge(day: string, edge: 'first' | 'last'): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (!year) return undefined;
  const begin = new Date(Number(year), Number(month) - 1, Number(date) + (edge === 'last' ? 1 : 0));
  return new Date(begin.getTime() - (edge === 'last' ? 1 : 0)).toISOString();
}

export const toSearch = ({ text, topicId, host, outcome, from, to, page }: RunQuery): MethodInput<'runs.search'> => ({
  text,
  topicId: topicId ?? undefined,
  host: host ?? undefined,
  outcome: outcome ?? undefined,
  from: dayEdge(from, 'first'),
  to: dayEdge(to, 'last'),
  limit: runsPerPage,
  offset: (page - 1) * runsPerPage,
});

let timer: number | undefined;
let asked = 0;
/** Of how many runs the filters know. */
let offered = 0;

/** Changes what is looked for; anything but the page begins at the first page again. */
export function lookFor(change: Partial<RunQuery>): void {
  useRunSearch.setState(({ query }) => ({ query: { ...query, page: 1, ...change } }));
  searchSoon('text' in change ? pauseMs : 0);
}

/** The runs may have changed: looks again, also at what the filters offer. */
export function lookAgain(ms = pauseMs): void {
  searchSoon(ms);
  void loadFilters();
}

function searchSoon(ms: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void search(), ms);
}

async function search(): Promise<void> {
  const mine = ++asked;
  try {
    const result = await api.runs.search(toSearch(useRunSearch.getState().query));
    if (mine !== asked) return; // something else was asked meanwhile
    useRunSearch.setState({ result, trouble: '' });
    if (result.indexed < result.of) lookAgain(lookAgainMs);
    // What the filters offer was asked before these runs were read.
    else if (result.of !== offered) {
      offered = result.of;
      void loadFilters();
    }
  } catch (thrown) {
    if (mine === asked) useRunSearch.setState({ trouble: errorText(thrown) });
  }
}

async function loadFilters(): Promise<void> {
  try {
    useRunSearch.setState({ filters: await api.runs.filters({}) });
  } catch {
    // The search fails the same way and says so.
  }
}

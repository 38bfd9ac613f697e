/** Fleet runs: the list, and the state of those that were opened, kept up by the backend's news. */
import { create } from 'zustand';
import type { CellStatus, FleetNews, FleetState, FleetSummary } from '../../shared/api/fleet.ts';
import type { TerminalFrame } from '../components/terminal/terminal-source.ts';
import { api } from '../window-api.ts';
import { reportError } from './report-error.ts';
import type { ConnectTerminal } from './run-terminal-source.ts';

interface Fleets {
  /** Newest first; null before they were fetched. */
  list: readonly FleetSummary[] | null;
  states: Readonly<Record<string, FleetState>>;
}
export const useFleets = create<Fleets>(() => ({ list: null, states: {} }));

export async function loadFleets(): Promise<void> {
  try {
    useFleets.setState({ list: await api.fleets.list({}) });
  } catch (thrown) {
    reportError(thrown);
  }
}

export async function openFleet(runId: string): Promise<void> {
  try {
    noteFleet(await api.fleets.get({ runId }));
  } catch (thrown) {
    reportError(thrown);
  }
}

export function noteFleet(state: FleetState): void {
  useFleets.setState(({ states }) => ({ states: { ...states, [state.runId]: state } }));
}

export function takeFleetNews(news: FleetNews): void {
  const kept = useFleets.getState().states[news.runId];
  if (kept) noteFleet(withNews(kept, news));
}

/** Rows that did not change stay the same objects, so that only the others are drawn again. */
export function withNews(state: FleetState, { hostRows, cells, ...rest }: FleetNews): FleetState {
  const rows = hostRows.length === 0 ? state.hostRows : [...state.hostRows];
  if (rows !== state.hostRows) for (const { at, row } of hostRows) (rows as FleetState['hostRows'])[at] = row;
  const matrix: CellStatus[][] = cells.length === 0 ? state.cells : [...state.cells];
  const copied = new Set<number>();
  for (const { host, step, status } of cells) {
    if (!copied.has(host)) matrix[host] = [...(matrix[host] ?? [])];
    copied.add(host);
    (matrix[host] as CellStatus[])[step] = status;
  }
  return { ...state, ...rest, hostRows: rows, cells: matrix };
}

export const fleetTerminalSource: ConnectTerminal = (runId, onCutOff) => ({
  attach: () => api.fleets.attach({ runId }),
  onData: (listener: (frame: TerminalFrame) => void) => {
    const stop = api.on('fleets.data', (frame) => frame.runId === runId && listener(frame));
    return () => {
      stop();
      api.fleets.detach({ runId }).catch(() => undefined);
    };
  },
  // Nothing asks: passwords were given before it started.
  write: () => undefined,
  resize: (cols, rows) => void api.fleets.resize({ runId, cols, rows }).catch(() => undefined),
  acknowledge: (offset) => void api.fleets.acknowledge({ runId, offset }).catch(onCutOff),
});

/** Fleet runs: the list, and the state of those that were opened, kept up by the backend's news. */
import { create } from 'zustand';
import type { FleetNews, FleetState, FleetSummary } from '../../shared/api/fleet.ts';
import type { TerminalFrame } from '../components/terminal/terminal-source.ts';
import { api } from '../window-api.ts';
import { withNews } from './fleet-news.ts';
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

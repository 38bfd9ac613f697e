/** The terminal of one run, as a terminal pane wants it. */
import type { TerminalSource } from '../components/terminal/terminal-source.ts';
import { api } from '../window-api.ts';

/** `onCutOff` is told when the backend stopped sending because this page did not keep up. */
export function runTerminalSource(runId: string, onCutOff: () => void): TerminalSource {
  // Keys and sizes for a session that has just ended are no error; the run's state already tells of the end.
  const ignore = () => undefined;
  return {
    attach: () => api.terminal.attach({ runId }),
    onData: (listener) => {
      const stop = api.on('terminal.data', (frame) => {
        if (frame.runId === runId) listener(frame);
      });
      return () => {
        stop();
        api.terminal.detach({ runId }).catch(ignore);
      };
    },
    write: (data) => void api.terminal.write({ runId, data }).catch(ignore),
    resize: (cols, rows) => void api.terminal.resize({ runId, cols, rows }).catch(ignore),
    acknowledge: (offset) => void api.terminal.acknowledge({ runId, offset }).catch(onCutOff),
  };
}

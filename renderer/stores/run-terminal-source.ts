/** The terminals of runs and of trials, as a terminal pane wants them. */
import type { TerminalFrame, TerminalSource } from '../components/terminal/terminal-source.ts';
import { api } from '../window-api.ts';

/** `onCutOff` is told when the backend stopped sending because this page did not keep up. */
export type ConnectTerminal = (id: string, onCutOff: () => void) => TerminalSource;

export const runTerminalSource: ConnectTerminal = (runId, onCutOff) => ({
  attach: () => api.terminal.attach({ runId }),
  onData: (listener) =>
    following(
      (take) => api.on('terminal.data', (frame) => frame.runId === runId && take(frame)),
      listener,
      () => api.terminal.detach({ runId }),
    ),
  write: (data) => void api.terminal.write({ runId, data }).catch(ignore),
  resize: (cols, rows) => void api.terminal.resize({ runId, cols, rows }).catch(ignore),
  acknowledge: (offset) => void api.terminal.acknowledge({ runId, offset }).catch(onCutOff),
});

export const trialTerminalSource: ConnectTerminal = (trialId, onCutOff) => ({
  attach: () => api.trials.attach({ trialId }),
  onData: (listener) =>
    following(
      (take) => api.on('trials.data', (frame) => frame.trialId === trialId && take(frame)),
      listener,
      () => api.trials.detach({ trialId }),
    ),
  write: (data) => void api.trials.write({ trialId, data }).catch(ignore),
  resize: (cols, rows) => void api.trials.resize({ trialId, cols, rows }).catch(ignore),
  acknowledge: (offset) => void api.trials.acknowledge({ trialId, offset }).catch(onCutOff),
});

type Listener = (frame: TerminalFrame) => void;
function following(follow: (take: Listener) => () => void, listener: Listener, detach: () => Promise<unknown>): () => void {
  const stop = follow(listener);
  return () => {
    stop();
    detach().catch(ignore);
  };
}

/** Keys and sizes for a session that has just ended are no error; the run's or trial's state already tells of the end. */
const ignore = () => undefined;

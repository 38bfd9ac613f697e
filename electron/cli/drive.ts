/** Takes a run from where it stands to its end, or to where it has to be left. */
import type { RunState } from '../../shared/api/run.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import type { Decider, Decision } from './decider.ts';

export interface DriveOptions {
  client: Client;
  decider: Decider;
  /** Terminal output of the run; resolves when it was taken. */
  show(bytes: Uint8Array): Promise<void>;
  /** The person's keystrokes while a command runs; null when nobody is there. Returns how to end it. */
  keys: ((type: (data: string) => void) => () => void) | null;
  say(text: string): void;
  /** Aborted by a signal: the run is left at once. */
  signal: AbortSignal;
}

/** Resolves with the last state; the run is given free then. */
export async function drive(runId: string, options: DriveOptions): Promise<RunState> {
  const { client, decider } = options;
  const api = makeApi(client.call);
  const changes = new StateQueue(options.signal);
  const stops = [
    client.on('runs.changed', (state) => {
      if (state.runId === runId) changes.push(state);
    }),
    client.on('terminal.data', ({ offset, bytes }) => {
      // A cut-off terminal only loses its picture; the run goes on and the recording has everything.
      void options.show(bytes).then(() => api.terminal.acknowledge({ runId, offset: offset + bytes.length }).catch(() => undefined));
    }),
  ];
  try {
    await api.terminal.attach({ runId });
    let state = await api.runs.get({ runId });
    while (!decider.ended(state)) {
      const decision = await Promise.race([decider.next(state), changes.aborted]);
      if (decision.do === 'leave') {
        options.say(decision.because);
        break;
      }
      try {
        state = await act(api, runId, decision);
      } catch (thrown) {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'not-confirmed') || !options.keys) throw thrown;
        options.say(thrown.message);
        continue;
      }
      state = await waitForEnd(state, changes, options, api);
    }
    return state;
  } finally {
    for (const stop of stops) stop();
    await api.runs.leave({ runId }).catch(() => undefined);
  }
}

type CliApi = ReturnType<typeof makeApi>;

function act(api: CliApi, runId: string, decision: Exclude<Decision, { do: 'leave' }>): Promise<RunState> {
  switch (decision.do) {
    case 'advance':
      return api.runs.advance({ runId, stepId: decision.stepId, confirmation: decision.confirmation, shown: decision.shown });
    case 'remedy':
      return api.runs.remedy({ runId, remedyId: decision.remedyId, confirmation: decision.confirmation });
    case 'skip':
      return api.runs.skip({ runId, stepId: decision.stepId, reason: decision.reason });
    case 'undo':
      return api.runs.undo({ runId, from: decision.from });
    case 'stop':
      return api.runs.stop({ runId });
  }
}

async function waitForEnd(begun: RunState, changes: StateQueue, { keys, decider }: DriveOptions, api: CliApi): Promise<RunState> {
  const { runId } = begun;
  const endKeys = begun.status === 'running' ? keys?.((data) => void api.terminal.write({ runId, data })) : undefined;
  let state = begun;
  let asked: string | null = null;
  try {
    while (state.status === 'running') {
      if (state.prompt && state.prompt.id !== asked) {
        asked = state.prompt.id;
        const value = await decider.answer(state.prompt);
        if (value !== null) await api.runs.answer({ runId, promptId: state.prompt.id, value });
      } else if (!state.prompt) {
        asked = null;
      }
      state = await changes.next();
    }
    return state;
  } finally {
    endKeys?.();
  }
}

/** States in the order they came; the newest is enough, so older ones that nobody took are dropped. */
class StateQueue {
  private latest: RunState | null = null;
  private waiting: ((state: RunState) => void) | null = null;
  /** Rejects when the run has to be left. */
  readonly aborted: Promise<never>;

  constructor(signal: AbortSignal) {
    this.aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    this.aborted.catch(() => undefined);
  }
  push(state: RunState): void {
    const taker = this.waiting;
    this.waiting = null;
    if (taker) taker(state);
    else this.latest = state;
  }
  next(): Promise<RunState> {
    const state = this.latest;
    this.latest = null;
    if (state) return Promise.resolve(state);
    return Promise.race([
      this.aborted,
      new Promise<RunState>((resolve) => {
        this.waiting = resolve;
      }),
    ]);
  }
}

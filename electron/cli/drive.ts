/** Takes a run from where it stands to its end, or to where it has to be left. */

import type { PlannedPrompt } from '../../shared/api/plan.ts';
import { isUnderWay, type RunState } from '../../shared/api/run.ts';
import { withNews } from '../../shared/api/run-news.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import { openLinePrompt } from '../backend/sessions/hops/hop-prompts.ts';
import { unansweredMs } from '../backend/sessions/hops/way-watch.ts';
import type { Decider, Decision } from './decider.ts';
import type { BroughtPassword, Unanswered } from './nobody-there.ts';

export interface DriveOptions {
  client: Client;
  decider: Decider;
  /** Terminal output of the run; resolves when it was taken. */
  show(bytes: Uint8Array): Promise<void>;
  /** The person's keystrokes while a command runs; null when nobody is there. Returns how to end it. */
  keys: ((type: (data: string) => void) => () => void) | null;
  /** Whether they go to the command all the time, or only while a question is open that the decider does not answer. */
  keysFor: 'all' | 'questions';
  /** For passwords on the way to the target. */
  password: BroughtPassword | null;
  say(text: string): void;
  /** What stands last in the run's terminal, as it can be read. */
  lastLine(): string;
  /** Aborted by a signal: the run is left at once. */
  signal: AbortSignal;
}

interface Driven {
  state: RunState;
  unanswered: Unanswered | null;
}

/** Resolves with the last state, and with the question that nobody answered, where that ended it; the run is given free then. */
export async function drive(runId: string, options: DriveOptions): Promise<Driven> {
  const { client, decider } = options;
  const api = makeApi(client.call);
  const changes = new StateQueue(options.signal);
  let known: RunState | undefined;
  const stops = [
    // Without this the news that ends a step could be the one that nobody hears.
    client.onMisfit((error) => changes.fail(error)),
    client.on('runs.changed', (news) => {
      // Until the run is fetched, what comes is older than that.
      known = (known && news.runId === runId && withNews(known, news)) || known;
      if (known && news.runId === runId) changes.push(known);
    }),
    client.on('terminal.data', ({ offset, bytes }) => {
      // A cut-off terminal only loses its picture; the run goes on and the recording has everything.
      void options.show(bytes).then(() => api.terminal.acknowledge({ runId, offset: offset + bytes.length }).catch(() => undefined));
    }),
  ];
  try {
    if (options.password) await api.runs.bringPassword({ runId, password: options.password.password });
    await api.terminal.attach({ runId });
    let state = await api.runs.get({ runId });
    known = state;
    while (!decider.ended(state)) {
      const decision = await Promise.race([decider.next(state), changes.aborted]);
      if (decision.do === 'leave') {
        options.say(decision.because);
        break;
      }
      try {
        await act(api, runId, decision);
      } catch (thrown) {
        if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'not-confirmed') || !options.keys) throw thrown;
        options.say(thrown.message);
        continue;
      }
      // What came of it was told before the answer.
      const ended = await waitForEnd(known, changes, options, api);
      state = ended.state;
      if (ended.unanswered) return ended;
    }
    return { state, unanswered: null };
  } finally {
    for (const stop of stops) stop();
    await api.runs.leave({ runId }).catch(() => undefined);
  }
}

type CliApi = ReturnType<typeof makeApi>;

function act(api: CliApi, runId: string, decision: Exclude<Decision, { do: 'leave' }>): Promise<unknown> {
  switch (decision.do) {
    case 'advance':
      return api.runs.advance({ runId, stepId: decision.stepId, confirmation: decision.confirmation, shown: decision.shown, output: decision.output });
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

async function waitForEnd(begun: RunState, changes: StateQueue, options: DriveOptions, api: CliApi): ReturnType<typeof drive> {
  const { runId } = begun;
  const { keys, keysFor, decider, password, say } = options;
  // Ctrl-C is written down, and ends the session where nothing heeds it.
  const type = (data: string) => void (data === ctrlC ? api.runs.interrupt({ runId }).catch(() => undefined) : api.terminal.write({ runId, data }));
  let endKeys = keysFor === 'all' && isUnderWay(begun.status) ? keys?.(type) : undefined;
  let state = begun;
  let asked = '';
  let unanswered: Driven['unanswered'] = null;
  let standing: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  const giveUp = async (prompt: PlannedPrompt, because: string | null) => {
    // Ctrl-C: what asks ends, and the run is told so like any other end of it; where it does not heed that, the next one ends the session.
    unanswered = { prompt, because, screen: options.lastLine() };
    again = setInterval(() => void api.runs.interrupt({ runId }).catch(() => undefined), interruptAgainMs);
    await api.runs.interrupt({ runId });
  };
  let warned = '';
  let told: string | null = null;
  try {
    while (isUnderWay(state.status)) {
      const { prompt, link } = state;
      if (link) endKeys ??= keys?.(type);
      if (state.says !== warned && state.says.startsWith('Ctrl-C ')) say(`\r\n${state.says}\r`);
      warned = state.says;
      const says = link?.says ?? null;
      if (says !== told) say(says === null ? '\r\nConnected to the target again.\r' : `\r\n${says}${endKeys ? ' Ctrl-C stops waiting.' : ''}\r`);
      // The way stood before: what it took may be asked again.
      if (told === null && says !== null) password?.taken();
      told = says;
      const question = prompt && `${prompt.id} ${changes.promptsGone}`;
      if (prompt && question && question !== asked) {
        asked = question;
        clearTimeout(standing);
        const value = await decider.answer(prompt);
        const brought = value === null && password?.takes(prompt) ? await giveAway(api, runId, prompt) : { given: false, because: null };
        if (value !== null) await api.runs.answer({ runId, promptId: prompt.id, value });
        else if (keys && !brought.given) endKeys ??= keys(type);
        else if (!unanswered && !brought.given && prompt.id === openLinePrompt.id)
          standing = setTimeout(() => void giveUp(prompt, null).catch(changes.fail), unansweredMs);
        else if (!unanswered && !brought.given) await giveUp(prompt, brought.because);
      } else if (!prompt) clearTimeout(standing);
      if (!prompt && !link && keysFor === 'questions') {
        endKeys?.();
        endKeys = undefined;
      }
      state = await changes.next();
    }
    if (!unanswered) password?.taken();
    return { state, unanswered };
  } finally {
    clearTimeout(standing);
    clearInterval(again);
    endKeys?.();
  }
}

const ctrlC = '\x03';
/** Longer than a command may take to heed the first one. */
const interruptAgainMs = 6000;

/** The password that was brought, where the way itself asks for it; else why not. */
async function giveAway(api: CliApi, runId: string, { id }: PlannedPrompt): Promise<{ given: boolean; because: string | null }> {
  try {
    await api.runs.answer({ runId, promptId: id, value: secretMark });
    return { given: true, because: null };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'wrong-state') {
      // It may be gone: the terminal only showed something that looked like it.
      const gone = (await api.runs.get({ runId })).prompt?.id !== id;
      return { given: gone, because: gone ? null : thrown.message };
    }
    throw thrown;
  }
}

/** States in the order they came; the newest is enough, so older ones that nobody took are dropped. */
class StateQueue {
  private latest: RunState | null = null;
  private waiting: ((state: RunState) => void) | null = null;
  /** How often there was a state without an open question: the same question after one of them is a new one. */
  promptsGone = 0;
  /** Rejects when the run has to be left. */
  readonly aborted: Promise<never>;
  /** Ends the waiting with an error. */
  fail: (error: unknown) => void = () => undefined;

  constructor(signal: AbortSignal) {
    this.aborted = new Promise((_, reject) => {
      this.fail = reject;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    this.aborted.catch(() => undefined);
  }
  push(state: RunState): void {
    if (!state.prompt) this.promptsGone += 1;
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

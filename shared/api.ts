/**
 * The contract. Every message between the window, the main process, the backend and the terminal command is declared
 * once, here and by area in `api/methods`; the preload API, the dispatchers and the client are derived from this table.
 *
 * `audience` says who may call: `window` over the page's port, `cli` in process, `main` over its own channel. Methods
 * `servedBy: 'main'` need a window or a dialog and are answered by the main process itself.
 */
import { z } from 'zod';
import type { WireError } from './api/error.ts';
import { fleetNews, fleetRunId } from './api/fleet.ts';
import { mediaProgress } from './api/media.ts';
import { appMethods } from './api/methods/app.ts';
import { fleetMethods } from './api/methods/fleets.ts';
import { machineMethods } from './api/methods/machines.ts';
import { byteArray, type MethodSpec, nothing } from './api/methods/method.ts';
import { runMethods } from './api/methods/runs.ts';
import { storageMethods } from './api/methods/storage.ts';
import { targetMethods } from './api/methods/targets.ts';
import { topicMethods } from './api/methods/topics.ts';
import { transcriptMethods } from './api/methods/transcripts.ts';
import { windowMethods } from './api/methods/window.ts';
import { runId } from './api/run.ts';
import { runNews } from './api/run-news.ts';
import { settings } from './api/settings.ts';
import { jobId } from './api/storage.ts';
import { trialId, trialState } from './api/target.ts';
import { exportId } from './api/transcript.ts';
import { watchState } from './api/watch.ts';

export const methods = {
  ...appMethods,
  ...topicMethods,
  ...runMethods,
  ...transcriptMethods,
  ...storageMethods,
  ...targetMethods,
  ...fleetMethods,
  ...machineMethods,
  ...windowMethods,
} satisfies Record<string, MethodSpec>;

export const events = {
  'runs.changed': runNews,
  /** How far the step that is running has come with an image; a few times a second. */
  'media.progress': mediaProgress.extend({ runId }),
  /** Bytes of one run's terminal; `offset` is where they begin, counted from the session's start. */
  'terminal.data': z.object({ runId, offset: z.number(), bytes: byteArray }),
  /** Bytes of the recording read, of all that will be; about ten times a second, to everybody. */
  'transcripts.exportProgress': z.object({ exportId, done: z.number(), total: z.number() }),
  /** Runs looked at, or bytes read and written, of all that will be; about ten times a second, to everybody. */
  'storage.progress': z.object({ jobId, done: z.number(), total: z.number() }),
  /** Runs were archived, restored or deleted. */
  'storage.changed': nothing,
  /** A target was added, edited, removed, or told of itself. */
  'targets.changed': nothing,
  /** A check-up of that machine was kept, or what is ignored there changed. */
  'machines.changed': z.object({ place: z.string() }),
  /** A log is followed, a symptom appeared in it, or it is followed no longer. */
  'watches.changed': watchState,
  'settings.changed': settings,
  'fleets.changed': fleetNews,
  'fleets.data': z.object({ runId: fleetRunId, offset: z.number(), bytes: byteArray }),
  'trials.changed': trialState,
  'trials.data': z.object({ trialId, offset: z.number(), bytes: byteArray }),
} satisfies Record<string, z.ZodType>;

export type MethodName = keyof typeof methods;
export type EventName = keyof typeof events;
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof methods)[M]['output']>;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

type Namespace<M extends string> = M extends `${infer N}.${string}` ? N : never;
type Member<M extends string, N extends string> = M extends `${N}.${infer F}` ? F : never;

/** The API object, `api.runs.start(…)` for `'runs.start'`; made by `makeApi` from the table above. */
export type Api = {
  [N in Namespace<MethodName>]: {
    [F in Member<MethodName, N>]: (input: MethodInput<Extract<`${N}.${F}`, MethodName>>) => Promise<MethodOutput<Extract<`${N}.${F}`, MethodName>>>;
  };
};
/** What the preload puts at `window.wrenchbook`. `on` returns the function that ends the subscription. */
export type WrenchbookApi = Api & {
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Called with what was wrong with an event that is not of the agreed form, and so reached no listener. */
  onMisfit(listener: (error: WireError) => void): () => void;
  /** Called whenever the connection to the backend is made or lost; what was attached has to be attached again. */
  onConnection(listener: (connected: boolean) => void): () => void;
};

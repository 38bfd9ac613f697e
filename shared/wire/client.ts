/** The calling side of the contract: typed methods over a carrier, results and events checked against the schema. */

import { WrenchbookError } from '../api/error.ts';
import { firstIssueText } from '../api/issue-words.ts';
import { type Api, type EventName, type EventPayload, events, type MethodName, methods } from '../api.ts';
import { type Carrier, replyMessage } from './carrier.ts';

export type Call = (method: MethodName, input: unknown) => Promise<unknown>;

export interface Client {
  call: Call;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Told of a message that is not of the agreed form, and so reached nobody: whoever waits for it has to know. */
  onMisfit(listener: (error: WrenchbookError) => void): () => void;
  close(): void;
}

const gone = () =>
  new WrenchbookError(
    'disconnected',
    'The part of Wrenchbook that runs procedures went away during this request.',
    'It restarts automatically; open the run again to see its state.',
  );

/** Makes a client on a carrier. Calls that are running when the carrier closes end with code `disconnected`. */
export function makeClient(carrier: Carrier): Client {
  const pending = new Map<number, { method: MethodName; resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const misfitListeners = new Set<(error: WrenchbookError) => void>();
  let nextId = 1;
  let open = true;

  carrier.onMessage((raw) => {
    const parsed = replyMessage.safeParse(raw);
    if (!parsed.success) return takeMisfit(raw, firstIssueText(parsed.error));
    const message = parsed.data;
    if (message.kind === 'event') return dispatchEvent(message.event, message.payload);
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    if (message.kind === 'error') return call.reject(new WrenchbookError(message.error.code, message.error.message, message.error.next));
    const output = methods[call.method].output.safeParse(message.output);
    if (output.success) call.resolve(output.data);
    else
      call.reject(
        new WrenchbookError(
          'bad-message',
          `The answer to ${call.method} is not of the agreed form: ${firstIssueText(output.error)}`,
          'Please report this; the run itself is not affected.',
        ),
      );
  });
  carrier.onClose(() => {
    open = false;
    for (const call of pending.values()) call.reject(gone());
    pending.clear();
  });

  function dispatchEvent(name: string, payload: unknown): void {
    if (!Object.hasOwn(events, name)) {
      misfit(`An event "${name.slice(0, 64)}" is not known here.`);
      return;
    }
    const event = name as EventName;
    const parsed = events[event].safeParse(payload);
    if (!parsed.success) {
      misfit(`The event ${event} is not of the agreed form: ${firstIssueText(parsed.error)}`);
      return;
    }
    for (const listener of listeners.get(event) ?? []) (listener as (payload: unknown) => void)(parsed.data);
  }

  function misfit(message: string): void {
    const error = new WrenchbookError(
      'bad-message',
      message,
      'Please report this. What is running continues and is recorded; open the run again to see its state.',
    );
    for (const listener of misfitListeners) listener(error);
  }

  /** An answer that can't be read is still the answer to its call. */
  function takeMisfit(raw: unknown, why: string): void {
    const id = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number' ? raw.id : null;
    const call = id === null ? undefined : pending.get(id);
    if (id === null || !call) {
      misfit(`A message is not of the agreed form: ${why}`);
      return;
    }
    pending.delete(id);
    call.reject(
      new WrenchbookError(
        'bad-message',
        `The answer to ${call.method} is not of the agreed form: ${why}`,
        'Please report this; the run itself is not affected.',
      ),
    );
  }

  return {
    call(method, input) {
      if (!open) return Promise.reject(gone());
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { method, resolve, reject });
        carrier.send({ kind: 'call', id, method, input });
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      set.add(listener as (payload: never) => void);
      listeners.set(event, set);
      return () => void set.delete(listener as (payload: never) => void);
    },
    onMisfit(listener) {
      misfitListeners.add(listener);
      return () => void misfitListeners.delete(listener);
    },
    close: () => carrier.close(),
  };
}

/** `api.runs.start(input)` for every `'runs.start'` of the contract. */
export function makeApi(call: Call): Api {
  const api: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = {};
  for (const name of Object.keys(methods) as MethodName[]) {
    const [namespace = '', member = ''] = name.split('.');
    api[namespace] = { ...api[namespace], [member]: (input) => call(name, input) };
  }
  return api as unknown as Api;
}

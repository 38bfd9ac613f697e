/** The answering side of the contract. Every call is checked against the schema; nothing a caller sends can throw out of it. */

import { toWireError, WrenchbookError } from '../api/error.ts';
import { firstIssueText } from '../api/issue-words.ts';
import { type EventName, type EventPayload, type MethodInput, type MethodName, type MethodOutput, methods } from '../api.ts';
import { type Carrier, type ReplyMessage, requestMessage } from './carrier.ts';

type Audience = 'window' | 'cli' | 'main';
type MethodsServedBy<S extends 'backend' | 'main'> = { [M in MethodName]: (typeof methods)[M]['servedBy'] extends S ? M : never }[MethodName];
export type BackendMethod = MethodsServedBy<'backend'>;
export type MainMethod = MethodsServedBy<'main'>;

/** One connected caller, as handlers see it. */
export interface Caller {
  readonly audience: Audience;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Runs when the caller goes away. */
  onGone(listener: () => void): void;
}
type ParsedInput<M extends MethodName> = ReturnType<(typeof methods)[M]['input']['parse']>;
export type Handlers<M extends MethodName> = { [K in M]: (input: ParsedInput<K>, caller: Caller) => Promise<MethodOutput<K>> | MethodOutput<K> };

/** Checks one call and runs its handler. Throws WrenchbookError `bad-message`, `not-allowed`, or what the handler throws. */
export async function dispatch<M extends MethodName>(handlers: Handlers<M>, method: string, input: unknown, caller: Caller): Promise<unknown> {
  if (!Object.hasOwn(handlers, method))
    throw new WrenchbookError('bad-message', `There is no method ${JSON.stringify(method)}.`, 'Use a window and a backend of the same version.');
  const name = method as M;
  const spec = methods[name];
  if (!(spec.audience as readonly Audience[]).includes(caller.audience))
    throw new WrenchbookError('not-allowed', `${name} is not for this caller.`, 'Use the method the window has for it.');
  const parsed = spec.input.safeParse(input);
  if (!parsed.success) {
    throw new WrenchbookError('bad-message', `${name}: ${firstIssueText(parsed.error)}`, 'Correct the value and try again.');
  }
  const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<MethodOutput<M>>;
  return await handler(parsed.data as MethodInput<M>, caller);
}

/** Serves one carrier until it closes. `log` gets one line for every refused or failed call; `onCaller` meets the caller first. */
export function serve<M extends MethodName>(
  carrier: Carrier,
  audience: Audience,
  handlers: Handlers<M>,
  log: (line: string) => void,
  onCaller: (caller: Caller) => void = () => {},
): void {
  const goneListeners: (() => void)[] = [];
  const send = (message: ReplyMessage) => carrier.send(message);
  const caller: Caller = {
    audience,
    emit: (event, payload) => send({ kind: 'event', event, payload }),
    onGone: (listener) => void goneListeners.push(listener),
  };
  onCaller(caller);
  carrier.onClose(() => {
    for (const listener of goneListeners) listener();
  });
  carrier.onMessage((raw) => {
    const request = requestMessage.safeParse(raw);
    if (!request.success) return log('refused a message that is not a call');
    const { id, method, input } = request.data;
    dispatch(handlers, method, input, caller).then(
      (output) => send({ kind: 'result', id, output }),
      (thrown: unknown) => {
        const error = toWireError(thrown);
        log(`${method}: ${error.code}: ${error.message}${error.code === 'internal' && thrown instanceof Error ? `\n${thrown.stack}` : ''}`);
        send({ kind: 'error', id, error });
      },
    );
  });
}

/**
 * The window's side of the connection to the backend. Ports come and go (page loads, backend restarts); calls and
 * subscriptions made here outlive them: a call waits for a port, a subscription moves to the next one.
 */
import { WrenchbookError } from '../shared/api/error.ts';
import type { EventName, EventPayload } from '../shared/api.ts';
import type { Carrier } from '../shared/wire/carrier.ts';
import { type Call, type Client, makeClient } from '../shared/wire/client.ts';

export interface BackendConnection {
  call: Call;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Told false when the connection is lost and true when there is one; a listener that comes late is told the present state if there is one. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /** Told of messages that fit no schema, on whichever connection there is. */
  onMisfit(listener: (error: WrenchbookError) => void): () => void;
  /** Uses this carrier from now on; the one before is closed. */
  connect(carrier: Carrier): void;
}

const notThere = () =>
  new WrenchbookError(
    'disconnected',
    'The part of Wrenchbook that runs procedures does not answer.',
    'Nothing was run. Restart Wrenchbook; if that does not help, start it from a terminal and report what it prints.',
  );

/** `waitMs`: how long a call waits for a connection before it ends with code `disconnected`. */
export function makeBackendConnection(waitMs = 10_000): BackendConnection {
  let client: Client | null = null;
  const waiting = new Set<(client: Client) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  const misfitListeners = new Set<(error: WrenchbookError) => void>();
  const subscriptions = new Set<{ subscribe(client: Client): void }>();

  const tell = (connected: boolean) => {
    for (const listener of connectionListeners) listener(connected);
  };

  function whenConnected(): Promise<Client> {
    if (client) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      const found = (next: Client) => {
        clearTimeout(timer);
        resolve(next);
      };
      const timer = setTimeout(() => {
        waiting.delete(found);
        reject(notThere());
      }, waitMs);
      waiting.add(found);
    });
  }

  return {
    call: async (method, input) => (await whenConnected()).call(method, input),
    on(event, listener) {
      let unsubscribe: (() => void) | null = null;
      const subscription = {
        subscribe(next: Client) {
          unsubscribe = next.on(event, listener);
        },
      };
      subscriptions.add(subscription);
      if (client) subscription.subscribe(client);
      return () => {
        subscriptions.delete(subscription);
        unsubscribe?.();
      };
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      if (client) queueMicrotask(() => connectionListeners.has(listener) && client && listener(true));
      return () => void connectionListeners.delete(listener);
    },
    onMisfit(listener) {
      misfitListeners.add(listener);
      return () => void misfitListeners.delete(listener);
    },
    connect(carrier) {
      const next = makeClient(carrier);
      next.onMisfit((error) => {
        for (const listener of misfitListeners) listener(error);
      });
      const before = client;
      client = next;
      before?.close();
      carrier.onClose(() => {
        if (client === next) client = null;
        tell(false);
      });
      for (const subscription of subscriptions) subscription.subscribe(next);
      for (const found of waiting) found(next);
      waiting.clear();
      tell(true);
    },
  };
}

/** The contract's carrier over the two kinds of message port: Electron's (main, backend process) and the page's. */
import type { MessagePortMain } from 'electron';
import type { Carrier } from '../shared/wire/carrier.ts';

/** Shares the bookkeeping of both kinds: whoever closes first, listeners are told once. */
function carrierOver(port: { post(message: unknown): void; close(): void }): { carrier: Carrier; deliver(message: unknown): void; closed(): void } {
  const messageListeners: ((message: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;
  const closed = () => {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  };
  return {
    closed,
    deliver(message) {
      if (open) for (const listener of messageListeners) listener(message);
    },
    carrier: {
      send(message) {
        if (open) port.post(message);
      },
      onMessage: (listener) => void messageListeners.push(listener),
      onClose: (listener) => void closeListeners.push(listener),
      close() {
        port.close();
        closed();
      },
    },
  };
}

export function carrierOverMainPort(port: MessagePortMain): Carrier {
  const { carrier, deliver, closed } = carrierOver({ post: (message) => port.postMessage(message), close: () => port.close() });
  port.on('message', (event) => deliver(event.data));
  port.on('close', closed);
  port.start();
  return carrier;
}

export function carrierOverPagePort(port: MessagePort): Carrier {
  const { carrier, deliver, closed } = carrierOver({ post: (message) => port.postMessage(message), close: () => port.close() });
  port.addEventListener('message', (event) => deliver(event.data));
  // The event is the remote end's going away: a backend that died, or main that closed its end.
  port.addEventListener('close', closed);
  port.start();
  return carrier;
}

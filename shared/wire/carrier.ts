/** How messages travel between a client and the backend: a MessagePort, in process, or a WebSocket (bench). */
import { z } from 'zod';
import { wireError } from '../api/error.ts';

export interface Carrier {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export const requestMessage = z.object({ kind: z.literal('call'), id: z.number().int(), method: z.string().max(64), input: z.unknown() });
export const replyMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), id: z.number(), output: z.unknown() }),
  z.object({ kind: z.literal('error'), id: z.number(), error: wireError }),
  z.object({ kind: z.literal('event'), event: z.string(), payload: z.unknown() }),
]);
export type ReplyMessage = z.infer<typeof replyMessage>;

/** Two carriers joined back to back; messages arrive in order and asynchronously, as over a real port. */
export function carrierPair(): [Carrier, Carrier] {
  const ends = [makeEnd(), makeEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0], ends[1]];
}

function makeEnd(): Carrier & { peer: ReturnType<typeof makeEnd> | null; deliver(message: unknown): void; closed(): void } {
  const messageListeners: ((message: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;
  return {
    peer: null,
    send(message) {
      const peer = this.peer;
      if (open && peer) void Promise.resolve().then(() => peer.deliver(message));
    },
    deliver(message) {
      if (open) for (const listener of messageListeners) listener(message);
    },
    onMessage(listener) {
      messageListeners.push(listener);
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    closed() {
      if (!open) return;
      open = false;
      for (const listener of closeListeners) listener();
    },
    close() {
      const peer = this.peer;
      this.closed();
      peer?.closed();
    },
  };
}

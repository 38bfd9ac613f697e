/**
 * The contract's carrier over a WebSocket, in place of Electron's MessagePort. A message is a length (4 bytes, big
 * endian), that much JSON, and the bytes of its `bytes` member: copied once on either side, as structured cloning does.
 */
import type { Carrier } from '../../shared/wire/carrier.ts';

/** Where a message of the contract may have bytes: an event's payload or a call's result. */
const holders = ['payload', 'output'] as const;

export function encode(message: unknown): Uint8Array<ArrayBuffer> {
  const { head, bytes } = takeBytes(message as Record<string, unknown>);
  const json = new TextEncoder().encode(JSON.stringify(head));
  const whole = new Uint8Array(4 + json.length + bytes.length);
  new DataView(whole.buffer).setUint32(0, json.length);
  whole.set(json, 4);
  whole.set(bytes, 4 + json.length);
  return whole;
}

export function decode(data: ArrayBuffer): unknown {
  const length = new DataView(data).getUint32(0);
  const message = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length))) as Record<string, Record<string, unknown> | undefined>;
  for (const holder of holders) {
    const within = message[holder];
    if (within?.bytes === null) within.bytes = new Uint8Array(data, 4 + length);
  }
  return message;
}

function takeBytes(message: Record<string, unknown>): { head: unknown; bytes: Uint8Array } {
  for (const holder of holders) {
    const within = message[holder] as { bytes?: unknown } | null | undefined;
    if (within?.bytes instanceof Uint8Array) return { head: { ...message, [holder]: { ...within, bytes: null } }, bytes: within.bytes };
  }
  return { head: message, bytes: new Uint8Array() };
}

interface Socket {
  binaryType: string;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null;
  onclose: (() => void) | null;
}

/** Takes the page's WebSocket and that of `ws`, already open. */
export function carrierOverSocket(given: unknown): Carrier {
  const socket = given as Socket;
  socket.binaryType = 'arraybuffer';
  const messageListeners: ((message: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  socket.onmessage = ({ data }) => {
    const message = decode(data);
    for (const listener of messageListeners) listener(message);
  };
  socket.onclose = () => {
    for (const listener of closeListeners) listener();
  };
  return {
    send: (message) => socket.send(encode(message)),
    onMessage: (listener) => void messageListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
    close: () => socket.close(),
  };
}

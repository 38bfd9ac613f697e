import { describe, expect, it } from 'vitest';
import { decode, encode } from './carrier-websocket.ts';

const throughSocket = (message: unknown) => decode(encode(message).buffer);

describe('a message through the socket', () => {
  it('keeps the bytes of an event and of a result', () => {
    const bytes = new Uint8Array([0, 255, 10, 123]);
    const event = { kind: 'event', event: 'terminal.data', payload: { runId: 'ü', offset: 7, bytes } };
    const result = { kind: 'result', id: 3, output: { bytes: new Uint8Array(), offset: 0 } };
    expect(throughSocket(event)).toEqual(event);
    expect(throughSocket(result)).toEqual(result);
  });

  it('keeps Node’s buffers as bytes, which JSON would write out as numbers', () => {
    const sent = encode({ kind: 'event', event: 'terminal.data', payload: { runId: 'a', offset: 0, bytes: Buffer.alloc(1000) } });
    expect(sent.length).toBeLessThan(1200);
    expect(decode(sent.buffer)).toMatchObject({ payload: { bytes: new Uint8Array(1000) } });
  });

  it('keeps messages without bytes', () => {
    const call = { kind: 'call', id: 1, method: 'terminal.acknowledge', input: { runId: 'a', offset: 5 } };
    expect(throughSocket(call)).toEqual(call);
  });
});

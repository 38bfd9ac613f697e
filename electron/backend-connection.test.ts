import { describe, expect, it, vi } from 'vitest';
import { type Carrier, carrierPair } from '../shared/wire/carrier.ts';
import { makeBackendConnection } from './backend-connection.ts';

const info = { version: '1', platform: 'linux', dataFolder: '/data' };

/** A backend that answers `app.info` and can send events. */
function fakeBackend(): { end: Carrier; emitBytes(): void; calls: string[] } {
  const [end, mine] = carrierPair();
  const calls: string[] = [];
  mine.onMessage((message) => {
    const { id, method } = message as { id: number; method: string };
    calls.push(method);
    mine.send({ kind: 'result', id, output: info });
  });
  const payload = { runId: '20240101-120000-lab', offset: 0, bytes: new Uint8Array([1]) };
  return { end, calls, emitBytes: () => mine.send({ kind: 'event', event: 'terminal.data', payload }) };
}

describe('the connection to the backend', () => {
  it('keeps a call until there is a port', async () => {
    const connection = makeBackendConnection();
    const answer = connection.call('app.info', {});
    connection.connect(fakeBackend().end);
    expect(await answer).toEqual(info);
  });

  it('gives up waiting after a bounded time, with a way on', async () => {
    const connection = makeBackendConnection(10);
    await expect(connection.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected', next: expect.stringContaining('Restart') });
  });

  it('does not send a call that was given up when a port comes later', async () => {
    const connection = makeBackendConnection(10);
    await connection.call('app.info', {}).catch(() => undefined);
    const backend = fakeBackend();
    connection.connect(backend.end);
    await connection.call('app.info', {});
    expect(backend.calls).toEqual(['app.info']);
  });

  it('moves subscriptions to the next port and tells of loss and return', async () => {
    const connection = makeBackendConnection();
    const states: boolean[] = [];
    const heard = vi.fn();
    connection.onConnection((connected) => states.push(connected));
    connection.on('terminal.data', heard);
    const first = fakeBackend();
    connection.connect(first.end);
    first.end.close();
    const second = fakeBackend();
    connection.connect(second.end);
    second.emitBytes();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    expect(states).toEqual([true, false, true]);
  });

  it('ends calls running on the port that was replaced', async () => {
    const connection = makeBackendConnection();
    const [silent] = carrierPair();
    connection.connect(silent);
    const call = connection.call('app.info', {});
    await Promise.resolve();
    connection.connect(fakeBackend().end);
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    expect(await connection.call('app.info', {})).toEqual(info);
  });

  it('stops telling who unsubscribed, and tells the present state to who comes late', async () => {
    const connection = makeBackendConnection();
    const backend = fakeBackend();
    const heard = vi.fn();
    connection.on('terminal.data', heard)();
    connection.connect(backend.end);
    backend.emitBytes();
    const late = vi.fn();
    connection.onConnection(late);
    await connection.call('app.info', {});
    expect(late.mock.calls).toEqual([[true]]);
    expect(heard).not.toHaveBeenCalled();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WrenchbookError } from '../api/error.ts';
import { type MethodName, methods } from '../api.ts';
import { carrierPair } from './carrier.ts';
import { makeApi, makeClient } from './client.ts';
import { type Caller, type Handlers, serve } from './dispatcher.ts';

const handlers = {
  'app.info': () => ({ version: '1', platform: 'linux', dataFolder: '/d' }),
  'topics.list': () => {
    throw new TypeError('a defect');
  },
  'topics.get': () => {
    throw new WrenchbookError('not-found', 'no such topic', 'choose another');
  },
  'transcripts.export': () => ({ path: '/x', bytes: 1 }),
  'terminal.acknowledge': () => ({}),
} as unknown as Handlers<MethodName>;

function connect(audience: Caller['audience'] = 'window') {
  const [here, there] = carrierPair();
  const log: string[] = [];
  let caller: Caller | undefined;
  serve(
    there,
    audience,
    handlers,
    (line) => log.push(line),
    (one) => {
      caller = one;
    },
  );
  const client = makeClient(here);
  return { here, client, api: makeApi(client.call), log, caller: () => caller };
}

describe('the wire', () => {
  it('carries calls, results and typed errors', async () => {
    const { api, log } = connect();
    expect(await api.app.info({})).toEqual({ version: '1', platform: 'linux', dataFolder: '/d' });
    await expect(api.topics.get({ topicId: 'x' })).rejects.toMatchObject({ code: 'not-found', message: 'no such topic', next: 'choose another' });
    await expect(api.topics.list({})).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('a defect') });
    expect(log).toEqual([expect.stringContaining('topics.get: not-found'), expect.stringContaining('topics.list: internal')]);
  });

  it('has a method of the API object for each of the contract', () => {
    const { api } = connect();
    for (const name of Object.keys(methods)) {
      const [namespace = '', member = ''] = name.split('.');
      expect((api as unknown as Record<string, Record<string, unknown>>)[namespace]?.[member]).toBeTypeOf('function');
    }
  });

  it('keeps methods from callers they are not for', async () => {
    const request = { runId: '20260101-000000-x', format: 'md' as const, out: '/x' };
    await expect(connect('window').api.transcripts.export(request)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await connect('main').api.transcripts.export(request)).toEqual({ path: '/x', bytes: 1 });
  });

  it('answers whatever is sent with a result or a typed error, and goes on', async () => {
    const { here, client, api } = connect();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...Object.keys(methods), '__proto__', 'constructor', 'toString'), fc.string()),
        fc.anything(),
        async (method, input) => {
          await expect(
            client.call(method as MethodName, input).then(
              () => 'result',
              (error: unknown) => (error instanceof WrenchbookError ? 'error' : error),
            ),
          ).resolves.toMatch(/result|error/);
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.anything(), (message) => here.send(message)));
    expect(await api.app.info({})).toMatchObject({ version: '1' });
  });

  it('fails the call whose answer is no answer', async () => {
    const [here, there] = carrierPair();
    const client = makeClient(here);
    const misfits: unknown[] = [];
    client.onMisfit((error) => misfits.push(error));
    there.onMessage((message) => there.send({ kind: 'error', id: (message as { id: number }).id, error: { code: 'no-such-code' } }));
    await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'bad-message', message: expect.stringContaining('app.info') });
    there.send('nothing of the contract');
    await expect.poll(() => misfits.length, { timeout: 20_000 }).toBe(1);
  });

  it('ends calls running when the carrier closes, and refuses later ones', async () => {
    const { here, api } = connect();
    const call = api.app.info({});
    here.close();
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await expect(api.app.info({})).rejects.toMatchObject({ code: 'disconnected' });
  });

  it('delivers events that fit, and tells of those that do not', async () => {
    const { client, caller, api } = connect();
    const seen: unknown[] = [];
    const stop = client.on('terminal.data', (frame) => seen.push(frame));
    const misfits: WrenchbookError[] = [];
    client.onMisfit((error) => misfits.push(error));
    const frame = { runId: '20260101-000000-x', offset: 3, bytes: new Uint8Array([1, 2]) };
    caller()?.emit('terminal.data', frame);
    caller()?.emit('terminal.data', { ...frame, bytes: 'text' } as never);
    caller()?.emit('no.such.event' as never, {} as never);
    caller()?.emit('__proto__' as never, {} as never);
    await api.app.info({});
    expect(seen).toEqual([frame]);
    expect(misfits).toHaveLength(3);
    expect(misfits[0]).toMatchObject({ code: 'bad-message', message: expect.stringContaining('terminal.data is not of the agreed form') });
    stop();
    caller()?.emit('terminal.data', frame);
    await api.app.info({});
    expect(seen).toHaveLength(1);
  });
});

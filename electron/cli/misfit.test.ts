/** A backend that says what no schema allows: whoever waits for it is told, and waits no longer. */
import { expect, it } from 'vitest';
import { carrierPair } from '../../shared/wire/carrier.ts';
import { type Call, makeClient } from '../../shared/wire/client.ts';
import { drive } from './drive.ts';

const runId = '20260101-000000-x';
const state = { runId, status: 'waiting', prompt: null, link: null, says: '' };

/** Answers what a run asks, and says that the run changed in a way that can't be. */
function lyingBackend() {
  const [here, there] = carrierPair();
  const left: string[] = [];
  there.onMessage((message) => {
    const { id, method } = message as { id: number; method: string };
    if (method === 'runs.leave') left.push(method);
    if (method === 'runs.advance') there.send({ kind: 'event', event: 'runs.changed', payload: { ...state, steps: [{ exitStatus: Number.NaN }] } });
    there.send({ kind: 'result', id, output: {} });
  });
  const client = makeClient(here);
  // The states of a whole run are not what this is about.
  return {
    client: { ...client, call: ((method, input) => client.call(method, input).catch(() => ({ ...state, status: 'running' }))) as Call },
    left,
  };
}

it('ends a run in the terminal command with an error instead of waiting for ever', async () => {
  const { client, left } = lyingBackend();
  const driven = drive(runId, {
    client,
    decider: { ended: () => false, next: async () => ({ do: 'advance', stepId: 'one' }), answer: async () => null },
    show: async () => undefined,
    lastLine: () => '',
    keys: null,
    keysFor: 'questions',
    password: null,
    say: () => undefined,
    signal: new AbortController().signal,
  });
  await expect(driven).rejects.toMatchObject({ code: 'bad-message', message: expect.stringContaining('runs.changed is not of the agreed form') });
  expect(left).toEqual(['runs.leave']);
});

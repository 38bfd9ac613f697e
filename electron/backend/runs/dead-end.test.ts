/** Every dead end that a procedure can be rehearsed in says one thing: what is left to do. */
import { afterAll, describe, expect, it } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { procedures } from '../topics/topic-registry.ts';

const deadEnds = procedures().flatMap((topic) =>
  topic.lab.failures
    .filter(({ wayOut }) => wayOut === 'none')
    .map((failure) => {
      const way = Array.isArray(failure.inWay) ? failure.inWay[0] : failure.inWay;
      return { topicId: topic.id, failure: failure.id, parameters: way ? (topic.lab.ways?.[way] ?? {}) : {} };
    }),
);

describe('a dead end', () => {
  const rehearsal = new Rehearsal();
  afterAll(() => rehearsal.end());

  it.each(deadEnds)('of $topicId, $failure, has one instruction', { timeout: 600_000 }, async ({ topicId, failure, parameters }) => {
    let state = await rehearsal.advanceWhileWell(await rehearsal.start(topicId, failure, parameters));
    // A step that broke off is looked at again first.
    const retry = state.status === 'interrupted' && state.offers.find(({ action }) => action === 'retry');
    if (retry) state = await rehearsal.take(state, retry);
    expect(state.status).toBe('dead-end');
    const orders = state.steps.flatMap(({ verdicts }) => verdicts).filter(({ next }) => next !== '');
    expect(orders).toHaveLength(1);
    expect(orders[0]?.noWayBack).toBe(true);
    expect(state.says).toContain(`${orders[0]?.means} ${orders[0]?.next}`);
    expect(state.hold).toBeNull();
    expect(state.offers.filter(({ action }) => action === 'remedy' || action === 'retry' || action === 'advance')).toEqual([]);
  });
});

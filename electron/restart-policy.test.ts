import { expect, it } from 'vitest';
import { makeRestartPolicy } from './restart-policy.ts';

it('waits longer after each death and gives up at the fifth within a minute', () => {
  const policy = makeRestartPolicy();
  expect([0, 1000, 2000, 3000, 4000].map((at) => policy.died(at))).toEqual([200, 400, 800, 1600, null]);
});

it('forgets deaths that are a minute old', () => {
  const policy = makeRestartPolicy();
  for (const at of [0, 1000, 2000, 3000]) policy.died(at);
  expect(policy.died(60_500)).toBe(1600);
  expect(policy.died(200_000)).toBe(200);
});

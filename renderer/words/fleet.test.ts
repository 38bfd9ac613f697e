import { expect, it } from 'vitest';
import { listedFleetText } from './fleet.ts';

it.each([
  ['failed', { failed: 1, done: 3 }, '1 failed host'],
  ['failed', { failed: 2, unreachable: 1, unknown: 3 }, '2 failed hosts, 1 host out of reach, 3 hosts unknown'],
  ['failed', { done: 4 }, 'with failures'],
  ['done', { done: 4 }, 'done'],
  ['interrupted', { failed: 1 }, 'interrupted'],
] as const)('says of a listed fleet run that is %s with %j: %s', (status, counts, text) => {
  expect(listedFleetText(status, { hosts: 4, counts })).toBe(text);
});

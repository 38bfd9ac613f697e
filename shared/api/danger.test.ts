import { expect, it } from 'vitest';
import { hasNoWayBack, stepDanger } from './danger.ts';

it.each([
  ['changes', null, 'changes'],
  ['changes', 'The flash was empty before.', 'irreversible'],
  ['destructive', 'What was on it is overwritten.', 'irreversible'],
  ['destructive', null, 'destructive'],
  ['irreversible', null, 'irreversible'],
  ['reads', null, 'reads'],
] as const)('a step that %s, with no way back because of %s, is %s', (danger, irreversible, level) => {
  expect(stepDanger({ danger, irreversible })).toBe(level);
  expect(hasNoWayBack({ danger, irreversible })).toBe(level === 'irreversible');
});

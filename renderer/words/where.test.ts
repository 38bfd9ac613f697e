import { expect, it } from 'vitest';
import { isLab, labValue, placeValue, targetOfValue } from './where.ts';

it.each([
  [labValue(null), { kind: 'lab' }],
  [labValue('power-cut'), { kind: 'lab', failure: 'power-cut' }],
  [placeValue({ kind: 'local' }), { kind: 'local' }],
  [placeValue({ kind: 'book', id: 'lab' }), { kind: 'book', id: 'lab' }],
  [placeValue({ kind: 'book', id: 'db-1' }), { kind: 'book', id: 'db-1' }],
])('%s is that target again', (value, target) => {
  expect(targetOfValue(value)).toEqual(target);
  expect(isLab(value)).toBe(target.kind === 'lab');
});

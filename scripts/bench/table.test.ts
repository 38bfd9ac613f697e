import { expect, it } from 'vitest';
import { against, median, percentile, table } from './table.ts';

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2],
  [[], Number.NaN],
])('median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

it('gives the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.95)).toBe(95);
  expect(percentile([7], 0.95)).toBe(7);
});

it('aligns columns and stays Markdown', () => {
  expect(
    table(
      ['What', 'MB/s'],
      [
        ['plain', '9.5'],
        ['coloured', '10.25'],
      ],
    ).split('\n'),
  ).toEqual(['| What     |  MB/s |', '|----------|------:|', '| plain    |   9.5 |', '| coloured | 10.25 |']);
});

it('says what misses its target', () => {
  expect(against(0.66, '≥', 0.65, 2)).toBe('0.66 (≥ 0.65)');
  expect(against(0.64, '≥', 0.65, 2)).toBe('0.64 (≥ 0.65) MISSED');
  expect(against(40, '≤', 40, 0, ' ms')).toBe('40 ms (≤ 40 ms)');
  expect(against(5, '<', 5, 0)).toBe('5 (< 5) MISSED');
  expect(against(Number.NaN, '≥', 1, 2)).toBe('–');
});

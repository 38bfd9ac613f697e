import { expect, it } from 'vitest';
import { readBatches, readPercent, readStopAt } from './batches.ts';

it('reads batches as numbers and shares, and refuses what is neither', () => {
  expect(readBatches('1, 10')).toEqual([1, 10]);
  expect(readBatches(' 1 10 25% 100% ')).toEqual([1, 10, '25%', '100%']);
  for (const wrong of ['', ' , ', '0', '-1', '1, ten', '101%', '0%', '1.5', '100000', Array.from({ length: 21 }, () => '1').join(',')])
    expect(readBatches(wrong), wrong).toBeNull();
});

it('reads at how many failed hosts it stops, which may be left empty', () => {
  expect([readStopAt(''), readStopAt(' '), readStopAt(' 3 '), readStopAt('99999')]).toEqual([null, null, 3, 99999]);
  for (const wrong of ['0', '-1', '3%', '2.5', 'all', '100000']) expect(readStopAt(wrong), wrong).toBeUndefined();
});

it('reads a percentage from 0 to 100', () => {
  expect([readPercent('0'), readPercent(' 30 '), readPercent('100')]).toEqual([0, 30, 100]);
  for (const wrong of ['', '101', '-1', '3%', '2.5']) expect(readPercent(wrong), wrong).toBeNull();
});

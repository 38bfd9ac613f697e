import { describe, expect, it } from 'vitest';
import { fibreChannelSpeedsOf, shortWaveReach } from './fibre-channel.ts';

describe('Fibre Channel', () => {
  it.each([
    [1, [1]],
    [2, [1, 2]],
    [4, [1, 2, 4]],
    [8, [2, 4, 8]],
    [16, [4, 8, 16]],
    [32, [8, 16, 32]],
    [64, [16, 32, 64]],
    [128, [32, 64, 128]],
    [3, []],
  ])('of %i Gbit/s does %j', (speed, all) => expect(fibreChannelSpeedsOf(speed)).toEqual(all));
  it('reaches less far the faster it is', () => {
    for (const metres of Object.values(shortWaveReach)) {
      const far = Object.keys(metres)
        .map(Number)
        .sort((a, b) => a - b)
        .map((speed) => metres[speed] ?? 0);
      expect(far).toEqual([...far].sort((a, b) => b - a));
    }
  });
});

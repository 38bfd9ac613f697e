import { describe, expect, it } from 'vitest';
import type { SliderRange } from '../../../shared/api/topic.ts';
import { lastPosition, movedTo, positionOf, valueAt } from './slider-scale.ts';

const ranges: Record<string, SliderRange> = {
  linear: { min: 0, max: 0.5, step: 0.001, whole: false, unit: 's' },
  halves: { min: 1, max: 13, step: 0.5, whole: false, unit: '' },
  wide: { min: 1, max: 65_535, step: 'logarithmic', whole: true, unit: '' },
  small: { min: 0.0001, max: 5, step: 'logarithmic', whole: false, unit: 's' },
};

describe.each(Object.entries(ranges))('a %s slider', (_, range) => {
  it('has its bounds at its ends, and round values between them', () => {
    expect([valueAt(range, 0), valueAt(range, lastPosition(range))]).toEqual([range.min, range.max]);
    for (let position = 0; position <= lastPosition(range); position++) {
      const value = valueAt(range, position);
      if (value !== range.max) expect(Number(value.toPrecision(range.step === 'logarithmic' ? 3 : 12))).toBe(value);
      if (range.whole) expect(Number.isInteger(value)).toBe(true);
    }
  });

  it('comes from one end to the other key by key, and back', () => {
    for (const [from, way, to] of [
      [range.min, 1, range.max],
      [range.max, -1, range.min],
    ] as const) {
      let value: number = from;
      for (let presses = 0; presses < 2 * lastPosition(range) && value !== to; presses++) {
        const next = movedTo(range, value, Math.min(lastPosition(range), Math.max(0, positionOf(range, value) + way)));
        expect(Math.sign(next - value), `from ${value}`).toBe(way);
        value = next;
      }
      expect(value).toBe(to);
    }
  });

  it('stands at an end for what is beyond it, or is no number', () => {
    expect([positionOf(range, range.max * 10), positionOf(range, -1), positionOf(range, Number.NaN)]).toEqual([lastPosition(range), 0, 0]);
  });
});

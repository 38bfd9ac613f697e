/** Between a slider's positions, which are whole numbers from 0, and the values of its field. */
import type { SliderRange } from '../../../shared/api/topic.ts';

const stepsInDecade = 40;

export const lastPosition = ({ min, max, step }: SliderRange): number =>
  step === 'logarithmic' ? Math.max(1, Math.round(Math.log10(max / min) * stepsInDecade)) : Math.max(1, Math.round((max - min) / step));

/** The nearest one; what lies outside is at an end. */
export function positionOf(range: SliderRange, value: number): number {
  const { min, max, step } = range;
  const share = step === 'logarithmic' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * lastPosition(range));
}

/** Rounded as it is to be read: to three digits, or as the steps are. */
export function valueAt(range: SliderRange, position: number): number {
  const { min, max, step, whole } = range;
  const share = position / lastPosition(range);
  const exact = step === 'logarithmic' ? min * (max / min) ** share : min + share * (max - min);
  const rounded = Number(position >= lastPosition(range) ? max : exact.toPrecision(step === 'logarithmic' ? 3 : 12));
  return Math.min(max, Math.max(min, whole ? Math.round(rounded) : rounded));
}

/** Where a move leads: always to another value, also where whole numbers are wider apart than positions. */
export function movedTo(range: SliderRange, from: number, position: number): number {
  const there = valueAt(range, position);
  const before = positionOf(range, from);
  if (there !== from || position === before || !range.whole) return there;
  return Math.min(range.max, Math.max(range.min, from + Math.sign(position - before)));
}

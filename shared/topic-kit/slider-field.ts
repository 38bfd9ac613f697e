/** A number that is moved with a slider or typed, between two bounds. */
import { z } from 'zod';
import type { SliderRange } from '../api/topic.ts';
import { field } from './field.ts';

interface SliderMeta {
  label: string;
  help: string;
  /** Where nobody has chosen. */
  usual: number;
  range: SliderRange;
}

/** The schema takes numbers, and text as people type it; its messages say what is wrong in words. Throws TypeError for a usual value out of range. */
export function sliderField({ label, help, usual, range }: SliderMeta) {
  const schema = z.union([z.number(), z.string()], noNumber).transform((given, context) => {
    const value = typeof given === 'number' ? given : readNumber(given);
    const wrong = whyNot(value, range);
    if (wrong === null) return value;
    context.addIssue({ code: 'custom', message: wrong });
    return z.NEVER;
  });
  const wrong = whyNot(usual, range);
  if (wrong !== null) throw new TypeError(`${label}: the usual value ${usual} does not fit. ${wrong}`);
  return field(schema.default(usual), { label, help, control: 'slider', slider: range });
}

const noNumber = 'This is not a number. Write it with a point and without spaces, such as 0.03 or 36000.';
/** NaN where it is none; "" and " " are none. */
const readNumber = (text: string) => (/^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN);

function whyNot(value: number, { min, max, whole, unit }: SliderRange): string | null {
  const bound = (value: number) => `${value} ${unit}`.trim();
  if (!Number.isFinite(value)) return noNumber;
  if (value < min) return `It is less than ${bound(min)}.`;
  if (value > max) return `It is more than ${bound(max)}.`;
  return whole && !Number.isInteger(value) ? 'It must be a whole number.' : null;
}

import { expect, it } from 'vitest';
import { z } from 'zod';
import { formFields } from './field.ts';
import { sliderField } from './slider-field.ts';

const range = { min: 1, max: 100, step: 1, whole: true, unit: 's' } as const;
const form = z.object({ wait: sliderField({ label: 'Wait', help: 'How long.', usual: 7, range }) });
const told = (wait: unknown) =>
  form
    .safeParse({ wait })
    .error?.issues.map(({ message }) => message)
    .join() ?? form.parse({ wait }).wait;

it.each([
  [undefined, 7],
  [42, 42],
  [' 42 ', 42],
  ['1e2', 100],
  ['', /not a number/],
  ['4 2', /not a number/],
  ['3,5', /not a number/],
  ['0x10', /not a number/],
  [Number.NaN, /not a number/],
  ['0', /less than 1 s/],
  ['101', /more than 100 s/],
  ['1.5', /whole number/],
])('%j is taken as a number or refused in words', (given, says) => expect(told(given)).toEqual(says instanceof RegExp ? expect.stringMatching(says) : says));

it('is a form field with its range', () => {
  expect(formFields(form)).toMatchObject([{ name: 'wait', control: 'slider', default: '7', slider: range, optional: true }]);
});

it('refuses a usual value that does not fit', () => {
  expect(() => sliderField({ label: 'Wait', help: '', usual: 0, range })).toThrow('Wait: the usual value 0 does not fit.');
});

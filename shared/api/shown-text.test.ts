import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shownLine, shownText } from './shown-text.ts';

it('writes what steers a terminal or turns the direction of reading', () => {
  expect(shownText('\u001b[2J\u009b31m\u0007\u007f\u202eevil\u2066\u061c\u2028')).toBe('\\u001b[2J\\u009b31m\\u0007\\u007f\\u202eevil\\u2066\\u061c\\u2028');
  expect(shownText('over\rwritten')).toBe('over\\u000dwritten');
});

it('leaves lines, tabs and all writing alone', () => {
  for (const text of ['a\tb\nc\r\nd\r', 'Grüße, 日本語, עברית, 👩‍🔧']) expect(shownText(text)).toBe(text);
});

it('lets no name begin another line', () => {
  expect(shownLine('x\nrun: intact\r\n\ty')).toBe('x\\u000arun: intact\\u000d\\u000a\\u0009y');
});

it('leaves a JSON document the same document', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const document = JSON.stringify({ value, text }, null, 2);
      expect(JSON.parse(shownText(document))).toEqual(JSON.parse(document));
    }),
  );
});

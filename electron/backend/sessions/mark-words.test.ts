import { expect, it } from 'vitest';
import { quotedWords, readyIn, statusIn } from './mark-words.ts';

const words = (text: string) => text.split(';');

it.each([
  ['ready;0;Linux', { uid: 0, system: 'Linux' }],
  ['ready;4294967295;FreeBSD', { uid: 4294967295, system: 'FreeBSD' }],
  ['ready;0;\x1b[2J\x1b]0;', null],
  ['ready;0;\x1b[2JLinux\xe2\x80\xae\x07x', { uid: 0, system: '[2JLinuxx' }],
  [`ready;0;${'x'.repeat(190)}`, { uid: 0, system: 'x'.repeat(64) }],
  ['ready;abc;Linux', null],
  ['ready;1e999;Linux', null],
  ['ready;-1;Linux', null],
  ['ready;;Linux', null],
  ['ready; 1;Linux', null],
  ['ready;0x10;Linux', null],
  ['ready;4294967296;Linux', null],
  ['ready;0;Linux;more', null],
])('reads %j', (text, read) => {
  expect(readyIn(words(text))).toEqual(read);
});

it.each([
  ['end;0', 0],
  ['end;255', 255],
  ['end;271', 271],
  ['end;', null],
  ['end', null],
  ['end;abc', null],
  ['end;-1', null],
  ['end;1e3', null],
  ['end;NaN', null],
  ['end;99999', null],
  ['end;0;0', null],
])('reads the status in %j', (text, status) => {
  expect(statusIn(words(text))).toBe(status);
});

it('quotes what was said without what could act', () => {
  expect(quotedWords(['end', '\x1b[2J\u202e', 'x'.repeat(100)])).toBe(`"end;[2J;${'x'.repeat(52)}"`);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastedText } from './pasted-text.ts';

describe('text from the clipboard', () => {
  it.each([
    ['ls -l', { text: 'ls -l', lines: 1, removed: 0, asks: false }],
    ['a\tb', { text: 'a\tb', lines: 1, removed: 0, asks: false }],
    ['ls\nrm x', { text: 'ls\nrm x', lines: 2, removed: 0, asks: true }],
    ['ls\rrm x\r', { text: 'ls\nrm x\n', lines: 2, removed: 0, asks: true }],
    ['ls\r\n', { text: 'ls\n', lines: 1, removed: 0, asks: true }],
    ['echo \x1b[201~rm x', { text: 'echo rm x', lines: 1, removed: 1, asks: true }],
    ['echo \x9b201~x', { text: 'echo x', lines: 1, removed: 1, asks: true }],
    ['a\x03b\x1bc', { text: 'abc', lines: 1, removed: 2, asks: true }],
    ['', { text: '', lines: 1, removed: 0, asks: false }],
  ])('%j', (clipboard, expected) => expect(pastedText(clipboard)).toEqual(expected));

  it('leaves no control character and no mark, however they are put together', () => {
    const part = fc.constantFrom('\x1b', '[', '201~', '200~', '\x1b[201~', '\x9b', '\x1b[20', '1~', 'x', '\r', '\n', '\x04');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { text } = pastedText(parts.join(''));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
        expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { plainText } from './terminal-text.ts';

describe('plainText', () => {
  it.each([
    ['colours', '\x1b[1m\x1b[33;40mShell> \x1b[0mls\r\n', 'Shell> ls\n'],
    ['titles and links', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'alink'],
    ['a progress line written over itself', '10 %\r100 %\r\n', '100 %\n'],
    ['a shorter text over a longer one', 'abcdef\rxy', 'xycdef'],
    ['backspaces', 'yes\b\b\bno!\n', 'no!\n'],
    ['a bell', 'ding\x07', 'ding'],
  ])('reads %s', (_, raw, plain) => {
    expect(plainText(raw)).toBe(plain);
  });
});

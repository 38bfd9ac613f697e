import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, oneOf } from './in-order.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'ab', 'bc', 'c', ' ', 'x', '\n'), { maxLength: 30 }).map((parts) => parts.join(''));

describe('words in order on one line', () => {
  it.each([
    [/a.*b/, inOrder(/a/, /b/)],
    [/a.*b.*c/, inOrder(/a/, /b/, /c/)],
    [/(?:ab?).*bc/, inOrder(/ab?/, /bc/)],
    [/a.*(?:b|c)|b.*a/, oneOf(inOrder(/a/, /b|c/), inOrder(/b/, /a/))],
    [/\ba\b.*\bb\b|c/, oneOf(inOrder(/\ba\b/, /\bb\b/), /c/)],
  ])('%s is found in the same texts', (slow, quick) => {
    fc.assert(
      fc.property(words, (text) => {
        expect(quick.test(text)).toBe(slow.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the numbers of groups', () => {
    expect(
      inOrder(/a(\d)/, /[(](x|y)\(/)
        .exec('a1 (y(')
        ?.slice(1),
    ).toEqual(['1', 'y']);
    expect(oneOf(/(a)b/, inOrder(/c/, /(d)/)).exec('c d')?.slice(1)).toEqual([undefined, 'd']);
  });

  it('keeps whether case matters, and refuses to guess', () => {
    expect(inOrder(/a/i, /b/i).test('x A y B')).toBe(true);
    expect(inOrder(/a/, /b/).test('A B')).toBe(false);
    expect(() => inOrder(/a/i, /b/)).toThrow('different flags');
  });
});

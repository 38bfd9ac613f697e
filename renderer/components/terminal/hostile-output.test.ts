import { describe, expect, it } from 'vitest';
import { hasSeveralLines, pieces } from './hostile-output.ts';

describe('hasSeveralLines', () => {
  it.each([
    ['ls -l', false],
    ['ls\nrm x', true],
    ['ls\r\n', true],
    ['ls\r', true],
    ['', false],
  ])('%j', (text, expected) => expect(hasSeveralLines(text)).toBe(expected));
});

describe('pieces', () => {
  it('keeps every character and no piece too long', () => {
    const parts = pieces(`a${'😀'.repeat(10)}`, 4);
    expect(parts.join('')).toBe(`a${'😀'.repeat(10)}`);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4);
    expect(parts.every((part) => !/[\uD800-\uDBFF]$/.test(part))).toBe(true);
  });
  it('has none for nothing', () => expect(pieces('')).toEqual([]));
});

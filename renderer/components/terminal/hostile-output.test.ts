import { describe, expect, it } from 'vitest';
import { pieces } from './hostile-output.ts';

describe('pieces', () => {
  it('keeps every character and no piece too long', () => {
    const parts = pieces(`a${'😀'.repeat(10)}`, 4);
    expect(parts.join('')).toBe(`a${'😀'.repeat(10)}`);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4);
    expect(parts.every((part) => !/[\uD800-\uDBFF]$/.test(part))).toBe(true);
  });
  it('has none for nothing', () => expect(pieces('')).toEqual([]));
});

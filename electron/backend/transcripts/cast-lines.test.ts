import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { CastLines } from './cast-lines.ts';

/** The bytes in blocks of this length, each overwritten after it was taken. */
function linesOf(text: string, blockBytes: number, limit?: number): string[] {
  const bytes = Buffer.from(text);
  const cutter = new CastLines(limit);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = Buffer.from(bytes.subarray(at, at + blockBytes));
    lines.push(...cutter.push(block));
    block.fill(0x58);
  }
  return lines;
}
const shown = (lines: string[]) => lines.map((line) => JSON.parse(line)[2]).join('');

describe('CastLines', () => {
  it('gives short lines as they are, whatever the blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), fc.integer({ min: 1, max: 50 }), (texts, blockBytes) => {
        const lines = texts.map((text) => JSON.stringify([0.1, 'o', text]));
        expect(linesOf(lines.map((line) => `${line}\n`).join(''), blockBytes)).toEqual(lines);
      }),
    );
  });

  it('cuts a long output event into events that show the same, none much longer than the limit', () => {
    const unit = fc.constantFrom('a', 'é', '界', '😀', '\x1b', '"', '\\', '\n', '\u2028');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 90 }), fc.boolean(), (text, blockBytes, escaped) => {
        const written = escaped ? JSON.stringify(text).replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`) : JSON.stringify(text);
        const lines = linesOf(`[1.5,"o",${written}]\n`, blockBytes, 60);
        expect(shown(lines)).toBe(text);
        expect(lines.map((line) => JSON.parse(line)[0]).reduce((sum, interval) => sum + interval, 0)).toBe(1.5);
        for (const line of lines) {
          expect(line).not.toMatch(/�/);
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(60 + 90);
        }
      }),
      { numRuns: rounds({ test: 100, soak: 2_000 }) },
    );
  });

  it('loses nothing where the text ends right at the limit', () => {
    for (let length = 1; length <= 120; length++) {
      const text = 'x'.repeat(length);
      for (const blockBytes of [1, 7, 60]) expect(shown(linesOf(`${JSON.stringify([1.5, 'o', text])}\r\n`, blockBytes, 60))).toBe(text);
    }
  });

  it('passes over other lines of that length, and what has no end', () => {
    expect(linesOf(`${'x'.repeat(500)}\n[0,"o","a"]\n[0,"m","${'m'.repeat(500)}"]\n[0,"o","b"]\n{"torn`, 7, 60)).toEqual(['[0,"o","a"]', '[0,"o","b"]']);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { base64Pieces, base64Text, payloadPieces, payloadText } from './file-payload.ts';

/** What printf(1) makes of it, written anew here. */
const printed = (text: string) =>
  Buffer.from(
    text.replace(/\\([0-7]{1,3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
    'latin1',
  );
const texts = (content: Uint8Array) => payloadPieces(content).map((piece) => payloadText(Buffer.from(content), piece).toString('latin1'));

test('any bytes come back, from text without what terminals, hops and printf act on', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (content) => {
      const pieces = texts(content);
      expect(Buffer.concat(pieces.map(printed))).toEqual(Buffer.from(content));
      for (const piece of pieces) expect(piece).toMatch(/^(?!-)(?:[ -$&-[\]-}]|\\[0-7]{1,3})*$/);
    }),
    { numRuns: rounds({ test: 100, soak: 2_000 }) },
  );
});

test('pieces have the length they say, and a digit after an escape stays a digit', () => {
  const content = Buffer.from('\x001\x008\n7-~%\\'.repeat(40_000), 'latin1');
  const pieces = payloadPieces(content);
  expect(pieces.length).toBeGreaterThan(5);
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(120_000);
  expect(texts(content).map(({ length }) => length)).toEqual(pieces.map(({ length }) => length));
  expect(Buffer.concat(texts(content).map(printed)).equals(content)).toBe(true);
  expect(texts(Buffer.from('-\x001\x008-'))).toEqual(['\\55\\0001\\08-']);
  expect(texts(Buffer.alloc(0))).toEqual([]);
});

test('pieces of base64 have the length they say, and only the last one is padded', () => {
  for (const size of [0, 1, 2, 3, 393_215, 393_216, 393_217, 1_000_000]) {
    const content = Buffer.alloc(size, 'Wr\xff', 'latin1');
    const pieces = base64Pieces(content);
    const made = pieces.map((piece) => base64Text(content, piece).toString('latin1'));
    expect(made.map(({ length }) => length)).toEqual(pieces.map(({ length }) => length));
    expect(made.slice(0, -1).join('')).not.toContain('=');
    expect(Buffer.from(made.join(''), 'base64').equals(content)).toBe(true);
  }
});

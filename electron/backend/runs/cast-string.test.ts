import { expect, test } from 'vitest';
import { CastString } from './cast-string.ts';

const characters = ['a', '"', '\\', '\n', '\r', '\t', '\b', '\f', '\x00', '\x1b', '\x1f', '\x7f', 'é', '\u2028', '€', '👩‍🔧', '\ufeff', '\ufffd'];

/** Repeatable numbers from 0 to `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}
function inPieces(bytes: Buffer, next: (below: number) => number): string {
  const text = new CastString();
  const written: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + next(next(2) === 0 ? 7 : 40);
    text.push(bytes.subarray(at, at + size));
    if (next(3) === 0) written.push(text.take().toString());
    at += size;
  }
  written.push(text.take().toString());
  return written.join('');
}

test('any text in any pieces is what JSON.stringify writes', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = numbers(seed);
    const text = Array.from({ length: next(120) }, () => characters[next(characters.length)]).join('');
    expect(`"${inPieces(Buffer.from(text), next)}"`).toBe(JSON.stringify(text));
  }
});

test('bytes that are no UTF-8 in any pieces give valid JSON, and what is valid between them survives', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = numbers(seed);
    const bad = () => Buffer.from(Array.from({ length: 1 + next(5) }, () => 0x80 + next(128)));
    const bytes = Buffer.concat([bad(), Buffer.from(' between '), bad(), Buffer.from(' end')]);
    const text = JSON.parse(`"${inPieces(bytes, next)}"`) as string;
    expect(text).toContain(' between ');
    expect(text).toMatch(/ end$/);
    expect(text).toContain('\ufffd');
  }
});

test('a piece larger than any before it fits', () => {
  const text = new CastString();
  text.push(Buffer.alloc(200_000, 0x1b));
  expect(text.take().toString()).toBe('\\u001b'.repeat(200_000));
});

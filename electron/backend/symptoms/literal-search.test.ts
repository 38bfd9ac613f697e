import { expect, it } from 'vitest';
import { Random } from '../hostile-window/random.test-kit.ts';
import { LiteralSearch } from './literal-search.ts';

const found = (literals: string[], text: string) => {
  const hits: [number, string][] = [];
  const bytes = Buffer.from(text);
  new LiteralSearch(literals).search(bytes, 0, bytes.length, (at, all) => {
    for (const index of all) hits.push([at + 1 - (literals[index] as string).length, literals[index] as string]);
  });
  return hits.sort(([a, x], [b, y]) => a - b || x.localeCompare(y));
};

it('finds what lies within another, at the end of another, and twice', () => {
  expect(found(['he', 'she', 'his', 'hers'], 'uSHErs his')).toEqual([
    [1, 'she'],
    [2, 'he'],
    [2, 'hers'],
    [7, 'his'],
  ]);
  expect(found(['aa'], 'aaaa')).toHaveLength(3);
  expect(found(['ah00161'], 'x')).toEqual([]);
});

it('finds the same as one search after the other', () => {
  const random = new Random(7);
  const letters = (length: number) => Array.from({ length }, () => 'abA-'[random.below(4)]).join('');
  for (let round = 0; round < 300; round++) {
    const literals = [...new Set(Array.from({ length: 1 + random.below(5) }, () => letters(1 + random.below(4)).toLowerCase()))];
    const text = letters(40);
    const wanted = literals.flatMap((literal) =>
      Array.from(text).flatMap((_, at): [number, string][] => (text.toLowerCase().startsWith(literal, at) ? [[at, literal]] : [])),
    );
    expect(found(literals, text), `${literals.join()} in ${text}`).toEqual(wanted.sort(([a, x], [b, y]) => a - b || x.localeCompare(y)));
  }
});

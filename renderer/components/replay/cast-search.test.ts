import { describe, expect, it } from 'vitest';
import { castText, searchCast } from './cast-search.ts';

const cast = (...events: [number, string, string][]) =>
  ['{"version":3,"term":{"cols":80,"rows":24}}', ...events.map((event) => JSON.stringify(event)), 'no event', ''].join('\n');

describe('search in a recording', () => {
  const text = castText(
    cast(
      [0.5, 'o', 'SAS Ad'],
      [1, 'o', '\x1b[32mdress\x1b[0m : 500605b\r\n'],
      [60, 'm', 'Erase'],
      [0.25, 'o', '\x1b]0;title\x07Erasing Flash…\r\nsas address again'],
    ),
  );

  it('finds text that came in pieces and in colours, whatever its case', () => {
    expect(searchCast(text, 'sas address')).toEqual([
      { at: 0.5, before: '', match: 'SAS Address', after: ' : 500605b' },
      { at: 3.75, before: '', match: 'sas address', after: ' again' },
    ]);
  });
  it('counts time as the player does: pauses are shortened', () => {
    expect(searchCast(text, 'Erasing')[0]?.at).toBe(3.75);
  });
  it('takes what is typed as text, not as a pattern', () => {
    expect(searchCast(castText(cast([0, 'o', 'a.b (c)* axb'])), 'a.b (c)*')).toHaveLength(1);
  });
  it('finds nothing for nothing, in nothing, and not what is in a title', () => {
    expect(searchCast(text, '  ')).toEqual([]);
    expect(searchCast(castText(''), 'x')).toEqual([]);
    expect(searchCast(text, 'title')).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { alikeChanges } from './alike-changes.ts';
import type { DiffLine } from './diff-hunks.ts';

const file = (text: string): DiffLine => ({ side: 'file', text });
const change = (context: string, to: string): DiffLine[] => [
  { side: 'folded', count: 3 },
  { side: 'both', text: context },
  { side: 'left', text: 'AuthType Digest' },
  { side: 'right', text: to },
];

it('shows a change that many files share once, and each that differs', () => {
  const lines = [
    file('odd.conf'),
    ...change('x', 'AuthType None'),
    file('a.conf'),
    ...change('a', 'AuthType Basic'),
    file('b.conf'),
    ...change('b', 'AuthType Basic'),
  ];
  const [common, odd, ...more] = alikeChanges(lines);
  expect(common).toEqual({ files: ['a.conf', 'b.conf'], lines: change('a', 'AuthType Basic') });
  expect(odd).toEqual({ files: ['odd.conf'], lines: change('x', 'AuthType None') });
  expect(more).toEqual([]);
});

it('keeps files that differ in their order, and a single one without its name', () => {
  const lines = [file('1'), ...change('', 'one'), file('2'), ...change('', 'two'), file('3'), ...change('', 'three')];
  expect(alikeChanges(lines).map(({ files }) => files)).toEqual([['1'], ['2'], ['3']]);
  expect(alikeChanges(change('', 'one'))).toEqual([{ files: [], lines: change('', 'one') }]);
  expect(alikeChanges([])).toEqual([]);
});

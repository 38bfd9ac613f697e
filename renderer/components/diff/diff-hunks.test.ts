import { describe, expect, it } from 'vitest';
import { diffHunks } from './diff-hunks.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const shown = (diff: Parameters<typeof diffHunks>[0]) =>
  diffHunks(diff, 2).map((line) => (line.side === 'folded' ? `…${line.count}` : `${line.side[0]}${line.text}`));

describe('a folded diff', () => {
  it('keeps lines around a difference', () =>
    expect(
      shown([
        { side: 'both', lines: numbered(6) },
        { side: 'left', lines: ['x'] },
        { side: 'both', lines: numbered(6) },
      ]),
    ).toEqual(['…4', 'b5', 'b6', 'lx', 'b1', 'b2', '…4']));
  it('folds between two differences', () =>
    expect(
      shown([
        { side: 'right', lines: ['x'] },
        { side: 'both', lines: numbered(7) },
        { side: 'left', lines: ['y'] },
      ]),
    ).toEqual(['rx', 'b1', 'b2', '…3', 'b6', 'b7', 'ly']));
  it('folds no single line', () =>
    expect(
      shown([
        { side: 'both', lines: numbered(3) },
        { side: 'left', lines: ['x'] },
      ]),
    ).toEqual(['b1', 'b2', 'b3', 'lx']));
  it('shows every line that differs', () => expect(shown([{ side: 'left', lines: numbered(50) }])).toHaveLength(50));
});

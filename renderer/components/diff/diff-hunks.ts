/** Folds away what is the same in both, but for some lines around each difference. Pure. */
import type { LineDiff } from '../../../shared/api/history.ts';

export type DiffLine = { side: 'both' | 'left' | 'right' | 'note' | 'file'; text: string } | { side: 'folded'; count: number };

export function diffHunks(diff: LineDiff, around = 3): DiffLine[] {
  return diff.flatMap(({ side, lines }, index): DiffLine[] => {
    const shown = lines.map((text): DiffLine => ({ side, text }));
    if (side !== 'both') return shown;
    const after = index === 0 ? 0 : around;
    const before = index === diff.length - 1 ? 0 : around;
    const count = lines.length - after - before;
    // One line folded away would take as much room as the line.
    if (count < 2) return shown;
    return [...shown.slice(0, after), { side: 'folded', count }, ...shown.slice(lines.length - before)];
  });
}

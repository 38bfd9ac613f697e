/** A unified diff as lines to be drawn. Pure. */
import type { DiffLine } from './diff-hunks.ts';

const sides: Record<string, 'both' | 'left' | 'right' | 'note'> = { ' ': 'both', '-': 'left', '+': 'right', '\\': 'note' };

export function unifiedLines(diff: string): DiffLine[] {
  const lines: DiffLine[] = [];
  /** Next line of the old text, from 1. */
  let at = 1;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (hunk) {
      inHunk = true;
      // A hunk without old lines is named by the line before it.
      const from = Number(hunk[1]) + (hunk[2] === '0' ? 1 : 0);
      if (from > at) lines.push({ side: 'folded', count: from - at });
      at = from;
    } else if (inHunk && line !== '') {
      const side = sides[line.charAt(0)] ?? 'note';
      lines.push({ side, text: side === 'note' ? line.replace(/^\\ /, '') : line.slice(1) });
      if (side === 'both' || side === 'left') at++;
    }
  }
  return lines;
}

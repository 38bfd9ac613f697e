/** A unified diff, of one file or several, as lines to be drawn. Pure. */
import type { DiffLine } from './diff-hunks.ts';

const sides: Record<string, 'both' | 'left' | 'right' | 'note'> = { ' ': 'both', '-': 'left', '+': 'right', '\\': 'note' };

/** Files are named where there are several. */
export function unifiedLines(diff: string): DiffLine[] {
  const lines: DiffLine[] = [];
  /** Next line of the old text, from 1. */
  let at = 1;
  /** Lines of the hunk that are still to come, old and new: in it a removed line may look like a header. */
  let old = 0;
  let wanted = 0;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    const within = old > 0 || wanted > 0;
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? /.exec(line);
    const file = within ? null : /^\+\+\+ (.*)$/.exec(line);
    if (hunk) {
      inHunk = true;
      old = Number(hunk[2] ?? 1);
      wanted = Number(hunk[3] ?? 1);
      // A hunk without old lines is named by the line before it.
      const from = Number(hunk[1]) + (hunk[2] === '0' ? 1 : 0);
      if (from > at) lines.push({ side: 'folded', count: from - at });
      at = from;
    } else if (file) {
      lines.push({ side: 'file', text: file[1] ?? '' });
      inHunk = false;
      at = 1;
    } else if (inHunk && line !== '' && (within || line.startsWith('\\'))) {
      const side = sides[line.charAt(0)] ?? 'note';
      lines.push({ side, text: side === 'note' ? line.replace(/^\\ /, '') : line.slice(1) });
      if (side === 'both' || side === 'left') {
        at++;
        old--;
      }
      if (side === 'both' || side === 'right') wanted--;
    }
  }
  return lines.filter(({ side }) => side === 'file').length > 1 ? lines : lines.filter(({ side }) => side !== 'file');
}

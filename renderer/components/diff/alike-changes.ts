/** Files in which the same lines go and come are one change: it is shown once, with the list of them. Pure. */
import type { DiffLine } from './diff-hunks.ts';

export interface FileChange {
  /** Several where they are alike; none where the only file is named elsewhere. */
  files: string[];
  /** Of the first of them. */
  lines: DiffLine[];
}

/** What most files have in common first, then each that differs; in the order they came otherwise. */
export function alikeChanges(lines: readonly DiffLine[]): FileChange[] {
  const each: FileChange[] = [];
  for (const line of lines) {
    if (line.side === 'file') each.push({ files: [line.text], lines: [] });
    else {
      if (each.length === 0) each.push({ files: [], lines: [] });
      each.at(-1)?.lines.push(line);
    }
  }
  const alike = new Map<string, FileChange>();
  for (const change of each) {
    const key = JSON.stringify(change.lines.filter(({ side }) => side === 'left' || side === 'right'));
    const same = alike.get(key);
    if (same) same.files.push(...change.files);
    else alike.set(key, change);
  }
  return [...alike.values()].sort((a, b) => b.files.length - a.files.length);
}

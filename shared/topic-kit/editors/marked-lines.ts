/** Lines of ours between two marks, in a file that belongs to somebody else: a shell's start-up file, crontab, hosts. Pure. */
import { bare, insertLines, lineEndOf, linesOf } from './text-lines.ts';

/**
 * The text with these lines between `# BEGIN name` and `# END name`, at its end where the marks are not there yet; without the marks and
 * what is between them where there are no lines. A mark without its other half is left alone, and the lines come to the end.
 */
export function setMarkedLines(old: string, name: string, wanted: readonly string[], comment = '#'): string {
  const lines = linesOf(old);
  const begin = `${comment} BEGIN ${name}`;
  const end = `${comment} END ${name}`;
  const from = lines.findIndex((line) => bare(line) === begin);
  const to = lines.findIndex((line, at) => at > from && bare(line) === end);
  const marked = wanted.length === 0 ? [] : [begin, ...wanted, end];
  if (from < 0 || to < 0) {
    insertLines(lines, lines.length, marked, lineEndOf(old));
    return marked.length === 0 ? old : lines.join('');
  }
  lines.splice(from, to - from + 1);
  insertLines(lines, from, marked, lineEndOf(old));
  return lines.join('');
}

/** What is between the marks now; null where they are not there. */
export function markedLines(text: string, name: string, comment = '#'): string[] | null {
  const lines = linesOf(text).map(bare);
  const from = lines.indexOf(`${comment} BEGIN ${name}`);
  const to = lines.indexOf(`${comment} END ${name}`, from);
  return from < 0 || to < 0 ? null : lines.slice(from + 1, to);
}

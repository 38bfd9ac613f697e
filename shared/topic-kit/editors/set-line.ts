/** Files in which each line is a thing of its own: modprobe.d options, udev rules, fstab, crontab, authorized_keys. Pure. */
import { bare, endOf, insertLines, lineEndOf, linesOf } from './text-lines.ts';

/**
 * The text with this line: in the place of the last one that is like it, else at the end. Others that are like it stay. Pass null to take
 * them all out. `like` is tried on lines without their ends and must match the wanted line too, or done twice it would be there twice.
 */
export function setLine(old: string, like: RegExp, wanted: string | null): string {
  if (wanted !== null && !like.test(wanted)) throw new TypeError(`${wanted} is not like ${like}`);
  const lines = linesOf(old);
  if (wanted === null) return lines.filter((line) => !like.test(bare(line))).join('');
  const at = lines.findLastIndex((line) => like.test(bare(line)));
  if (at < 0) insertLines(lines, lines.length, [wanted], lineEndOf(old));
  else lines[at] = `${wanted}${endOf(lines[at] ?? '')}`;
  return lines.join('');
}

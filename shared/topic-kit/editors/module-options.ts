/** Options of a kernel module in modprobe.d(5). Pure. */

import { setLine } from './set-line.ts';
import { escapeRegExp } from './text-lines.ts';

/** The last line of the module has these options beside those it has; others of the module stay. `null` takes one out of that line. */
export function setModuleOptions(old: string, module: string, options: Readonly<Record<string, string | null>>): string {
  // `-` and `_` in a module's name are the same.
  const name = escapeRegExp(module).replace(/\\-|_/g, '[-_]');
  const like = new RegExp(`^\\s*options\\s+${name}(?:\\s|$)`);
  const there = old.split(/\r?\n/).findLast((line) => like.test(line));
  const kept = new Map((there?.trim().split(/\s+/).slice(2) ?? []).map((option) => [option.split('=')[0] ?? '', option]));
  for (const [key, value] of Object.entries(options)) {
    if (value === null) kept.delete(key);
    else if (/[\s#]/.test(value)) throw new TypeError(`"${value}" can't be the value of a module's option`);
    else kept.set(key, `${key}=${value}`);
  }
  const line = ['options', there?.trim().split(/\s+/)[1] ?? module, ...kept.values()].join(' ');
  if (there?.trim().split(/\s+/).join(' ') === line || (there === undefined && kept.size === 0)) return old;
  return setLine(old, like, kept.size === 0 ? null : line);
}

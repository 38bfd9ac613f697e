/** Lines of a printer description (PPD) on a client of a CUPS server that pass each document on as it is. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';

const types = ['application/pdf', 'image/*', 'application/postscript', 'application/vnd.cups-postscript', 'application/vnd.cups-command'] as const;

/** A line of its own, not one within a value of several lines. `at`: its number, from 0. */
interface FilterLine {
  at: number;
  second: boolean;
  source: string;
  cost: number;
  program: string;
}

/**
 * The text with the five lines, each once, and without vendor lines that cost as little for the same type: those become comments. Where the
 * text has `*cupsFilter2`, CUPS reads no `*cupsFilter`, so the lines are of that kind. All else stays as it is, whatever its line ends.
 */
export function withPassLines(old: string): string | EditRefusal {
  if (!/^\ufeff?\*PPD-Adobe:/.test(old))
    return { rule: 'not-ppd', means: 'The file does not begin with *PPD-Adobe: it is not a PPD.', next: 'Check the queue with "lpstat -v" and its PPD.' };
  const lines = old.split(/(?<=\n|\r(?!\n))/);
  const top = topLevel(lines);
  if (top === null)
    return {
      rule: 'open-quote',
      means: 'A value in quotes does not end in this PPD.',
      next: 'Correct it ("cupstestppd -v" names the line), or fetch it again.',
    };
  const filters = top.flatMap((at) => filterLine(lines[at] ?? '', at));
  const second = filters.some((line) => line.second);
  const counting = filters.filter((line) => line.second === second);
  for (const { at, source, cost, program } of counting)
    if (program !== '-' && cost <= 0 && types.some((type) => isOf(source, type))) lines[at] = `*% ${lines[at]}`;
  const missing = types.filter((type) => !counting.some(({ source, cost, program }) => source === type && cost === 0 && program === '-'));
  const end = /\r\n|\n|\r/.exec(old)?.[0] ?? '\n';
  const added = missing.map((type) => (second ? `*cupsFilter2: "${type} ${type} 0 -"` : `*cupsFilter: "${type} 0 -"`) + end);
  const place = placeFor(lines, top, filters);
  const before = lines[place - 1];
  if (added.length > 0 && before !== undefined && !/[\r\n]$/.test(before)) lines[place - 1] = before + end;
  lines.splice(place, 0, ...added);
  return lines.join('');
}

/** Numbers of the lines that begin outside a quoted value; null where the last value does not end. */
function topLevel(lines: readonly string[]): number[] | null {
  let quoted = false;
  const top: number[] = [];
  lines.forEach((line, at) => {
    if (!quoted) top.push(at);
    if (!quoted && (line.startsWith('*%') || !line.includes(':'))) return;
    const value = quoted ? line : line.slice(line.indexOf(':') + 1);
    if (value.split('"').length % 2 === 0) quoted = !quoted;
  });
  return quoted ? null : top;
}

function filterLine(line: string, at: number): FilterLine[] {
  const [, two, value] = /^\*cupsFilter(2?):\s*"([^"]*)"/.exec(line) ?? [];
  if (value === undefined) return [];
  const words = value.trim().split(/\s+/);
  const [cost = '', ...program] = words.slice(two ? 2 : 1);
  return [{ at, second: two === '2', source: words[0] ?? '', cost: Number(cost), program: program.join(' ') }];
}

const isOf = (source: string, type: string) => source === type || (type.endsWith('/*') && source.startsWith(type.slice(0, -1)));

/** Behind the filters that are there, else behind `*cupsVersion`, else before the first option. */
function placeFor(lines: readonly string[], top: readonly number[], filters: readonly FilterLine[]): number {
  const last = filters.at(-1);
  if (last) return last.at + 1;
  const version = top.find((at) => lines[at]?.startsWith('*cupsVersion:'));
  return version !== undefined ? version + 1 : (top.find((at) => /^\*(?:JCL)?Open(?:UI|Group|SubGroup)\b/.test(lines[at] ?? '')) ?? lines.length);
}

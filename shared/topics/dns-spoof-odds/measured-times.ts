/** Measured times to success: a table as R's `read.table(header=TRUE)` reads it, with a column `time` in milliseconds. */
import type { DataImport, DataIssue } from '../../topic-kit/index.ts';

export interface MeasuredTimes {
  /** In seconds, in rising order; at least one. */
  times: readonly number[];
}

/** Blank lines and comments (`#`) are passed over. Cells may be in quotes; a line may begin with its row's name, as R writes it. */
function parse(text: string): { data: MeasuredTimes } | { issues: DataIssue[] } {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, cells: cellsOf(line), byCommas: /[,;]/.test(line) }))
    .filter(({ cells }) => cells.length > 0);
  const [head, ...rows] = lines;
  if (!head) return { issues: [{ line: 0, message: 'There is nothing in it.' }] };
  const column = head.cells.indexOf('time');
  if (column < 0) return { issues: [{ line: head.number, message: 'This first line names no column “time”. Put a line with that word above the numbers.' }] };
  if (rows.length === 0) return { issues: [{ line: head.number, message: 'No line follows the heads of the columns.' }] };
  const issues: DataIssue[] = [];
  const times = rows.flatMap(({ number, cells, byCommas }) => {
    // With commas a cell more is as likely a number with a decimal comma.
    const named = !byCommas && cells.length === head.cells.length + 1 ? 1 : 0;
    const cell = cells[column + named];
    const wrong =
      cells.length - named !== head.cells.length ? `It has ${cells.length} columns; the first line has ${head.cells.length}.` : whyNoTime(cell ?? '');
    if (wrong) issues.push({ line: number, message: wrong });
    return wrong ? [] : [Number(cell) / 1000];
  });
  return issues.length > 0 ? { issues } : { data: { times: times.sort((a, b) => a - b) } };
}

function cellsOf(line: string): string[] {
  const bare = line.replace(/#.*/, '').trim();
  if (bare === '') return [];
  return bare.split(/\s*[,;\t]\s*|\s+/).map((cell) => cell.replace(/^(["'])(.*)\1$/, '$2'));
}

function whyNoTime(cell: string): string | null {
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
  if (/^-\d/.test(cell)) return `“${shown}” is less than 0.`;
  return /^\+?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(cell) && Number.isFinite(Number(cell)) ? null : `“${shown}” is not a number of milliseconds.`;
}

export const measuredTimes: DataImport<MeasuredTimes> = {
  label: 'Measured times',
  help: 'A table with a column “time”: how long each attempt took until it succeeded, in milliseconds, one a line. It is compared with the curve.',
  example: 'time\n1386\n412\n2950.5\n',
  parse,
};

/** Of times in rising order, none empty. */
export function medianOf(times: readonly number[]): number {
  const middle = Math.floor(times.length / 2);
  const upper = times[middle] ?? Number.NaN;
  return times.length % 2 === 1 ? upper : ((times[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Medians, percentiles and aligned tables. Pure. */

/** The value below which `share` of the values lie (nearest rank). NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
export const median = (values: readonly number[]) => percentile(values, 0.5);

/** A Markdown table whose columns are aligned in a terminal too; the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A measured value beside what it is meant to be: `0.71 (≥ 0.65)`, with `MISSED` where it is not. */
export function against(value: number, bound: '≥' | '≤' | '<', target: number, digits: number, unit = ''): string {
  if (Number.isNaN(value)) return '–';
  const met = bound === '≥' ? value >= target : bound === '≤' ? value <= target : value < target;
  return `${value.toFixed(digits)}${unit} (${bound} ${target}${unit})${met ? '' : ' MISSED'}`;
}

/** Where the boxes of a ring lie in a grid of 12 columns, so that each is beside the next, and the last beside the first. Pure. */

/** Column 0 leads back from the last row to the first; the rest goes to and fro, row by row. */
export function ringPlaces(count: number): { column: number; row: number }[] {
  const rows = count <= 10 ? 2 : count <= 30 ? 4 : count <= 60 ? 6 : count <= 96 ? 8 : 12;
  const there = Math.max(0, count - rows);
  const wide = (row: number) => Math.floor(there / rows) + (row < there % rows ? 1 : 0);
  const snake = Array.from({ length: rows }, (_, row) => {
    const columns = Array.from({ length: wide(row) }, (__, at) => at + 1);
    return (row % 2 === 0 ? columns : columns.reverse()).map((column) => ({ column, row }));
  }).flat();
  const back = Array.from({ length: rows - 1 }, (_, at) => ({ column: 0, row: rows - 1 - at }));
  return [{ column: 0, row: 0 }, ...snake, ...back].slice(0, count);
}

/** News of a fleet run, applied to what is kept of it. */
import type { CellStatus, FleetNews, FleetState } from '../../shared/api/fleet.ts';

/** Rows that did not change stay the same objects, so that only the others are drawn again. */
export function withNews(state: FleetState, { hostRows, cells, ...rest }: FleetNews): FleetState {
  const rows = hostRows.length === 0 ? state.hostRows : [...state.hostRows];
  if (rows !== state.hostRows) for (const { at, row } of hostRows) (rows as FleetState['hostRows'])[at] = row;
  const matrix: CellStatus[][] = cells.length === 0 ? state.cells : [...state.cells];
  const copied = new Set<number>();
  for (const { host, step, status } of cells) {
    if (!copied.has(host)) matrix[host] = [...(matrix[host] ?? [])];
    copied.add(host);
    (matrix[host] as CellStatus[])[step] = status;
  }
  return { ...state, ...rest, hostRows: rows, cells: matrix };
}

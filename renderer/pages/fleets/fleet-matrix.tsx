import { Button, NativeSelect, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, memo, useCallback, useRef, useState } from 'react';
import type { CellStatus, FleetHostState, FleetState, FleetStep } from '../../../shared/api/fleet.ts';
import { cellWords, hostWords } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import classes from './fleets.module.css';

export interface CellPlace {
  host: string;
  step: string;
}
interface MatrixProps {
  state: FleetState;
  chosen: CellPlace | null;
  onChoose(place: CellPlace): void;
}

const filters = {
  all: { label: 'All hosts', fits: () => true },
  trouble: { label: 'With trouble', fits: ({ status }: FleetHostState) => status === 'failed' || status === 'unreachable' || status === 'unknown' },
  changed: { label: 'Changed', fits: ({ changed }: FleetHostState) => changed },
  open: { label: 'Not done', fits: ({ status }: FleetHostState) => status !== 'done' && status !== 'undone' },
} as const;
/** So many rows are drawn at once; all of them when asked for. */
const firstRows = 300;
/** With more steps than this a column has its number only, and the words are below. */
const mostTitles = 6;

/** Hosts by steps. One stop of the Tab key; arrows go from cell to cell. */
export function FleetMatrix({ state: { steps, hostRows, cells }, chosen, onChoose }: MatrixProps) {
  const [filter, setFilter] = useState<keyof typeof filters>('all');
  const [whole, setWhole] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState({ row: 0, column: 0 });
  const shown = hostRows.flatMap((row, at) => (filters[filter].fits(row) ? [{ row, at }] : []));
  const drawn = whole ? shown : shown.slice(0, firstRows);
  const titled = steps.length <= mostTitles;
  const move = (event: KeyboardEvent) => {
    const by = moves[event.key];
    const from = (event.target as HTMLElement).dataset;
    if (!by || from.row === undefined) return;
    event.preventDefault();
    const [row, column] = by(Number(from.row), Number(from.column), drawn.length - 1, steps.length - 1);
    table.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
    setStop({ row, column });
  };
  const choose = useCallback((host: string, step: string) => onChoose({ host, step }), [onChoose]);
  return (
    <section aria-labelledby="matrix" className={classes.section}>
      <div className={classes.matrixBar}>
        <h2 id="matrix">Hosts and steps</h2>
        <NativeSelect
          aria-label="Show"
          size="xs"
          value={filter}
          data={Object.entries(filters).map(([value, { label }]) => ({ value, label }))}
          onChange={(event) => setFilter(event.currentTarget.value as keyof typeof filters)}
        />
        <span className={classes.quiet}>
          {shown.length} of {hostRows.length}
        </span>
      </div>
      <div className={classes.scroll}>
        <table
          ref={table}
          className={classes.matrix}
          aria-label="Hosts and steps; arrow keys go from cell to cell"
          onKeyDown={move}
          data-titled={titled || undefined}
        >
          <thead>
            <tr>
              <th scope="col">Host</th>
              {steps.map(({ id, title }, at) => (
                <th key={id} scope="col" title={title}>
                  {at + 1}
                  {titled ? <span className={classes.stepTitle}> {title}</span> : <VisuallyHidden> {title}</VisuallyHidden>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map(({ row, at }, index) => (
              <HostRow
                key={row.name}
                row={row}
                cells={cells[at] ?? none}
                steps={steps}
                index={index}
                chosen={chosen?.host === row.name ? chosen.step : null}
                stop={stop.row === index ? stop.column : stop.row >= drawn.length && index === 0 ? 0 : null}
                titled={titled}
                onChoose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
      {drawn.length < shown.length && (
        <Button size="xs" variant="default" mt="xs" onClick={() => setWhole(true)}>
          Show all {shown.length} hosts
        </Button>
      )}
      <Legend steps={titled ? [] : steps} />
    </section>
  );
}

const none: readonly CellStatus[] = [];
type Move = (row: number, column: number, lastRow: number, lastColumn: number) => [number, number];
const moves: Readonly<Record<string, Move>> = {
  ArrowUp: (row, column) => [Math.max(0, row - 1), column],
  ArrowDown: (row, column, last) => [Math.min(last, row + 1), column],
  ArrowLeft: (row, column) => [row, Math.max(0, column - 1)],
  ArrowRight: (row, column, _, last) => [row, Math.min(last, column + 1)],
  Home: (row) => [row, 0],
  End: (row, _column, _, last) => [row, last],
  PageUp: (row, column) => [Math.max(0, row - 10), column],
  PageDown: (row, column, last) => [Math.min(last, row + 10), column],
};

interface HostRowProps {
  row: FleetHostState;
  cells: readonly CellStatus[];
  steps: readonly FleetStep[];
  index: number;
  chosen: string | null;
  /** Column that the Tab key leads to; null in all rows but one. */
  stop: number | null;
  titled: boolean;
  onChoose(host: string, step: string): void;
}
/** Drawn again only when something of this host changed. */
const HostRow = memo(function HostRow({ row: { name, role, status, says }, cells, steps, index, chosen, stop, titled, onChoose }: HostRowProps) {
  const { label, tone } = hostWords[status];
  return (
    <tr>
      <th scope="row" title={says || undefined}>
        <span className={classes.hostName}>{name}</span>
        {role && <span className={classes.quiet}> {role}</span>} <small style={{ color: toneColor(tone) }}>{label}</small>
      </th>
      {steps.map(({ id, title }, column) => {
        const words = cellWords[cells[column] ?? 'pending'];
        return (
          <td key={id}>
            <button
              type="button"
              className={classes.cell}
              data-status={cells[column]}
              data-row={index}
              data-column={column}
              tabIndex={stop === column ? 0 : -1}
              aria-pressed={chosen === id}
              aria-label={`${name}, ${title}: ${words.label}`}
              style={{ color: toneColor(words.tone) }}
              onClick={() => onChoose(name, id)}
            >
              <span aria-hidden>{words.sign}</span>
              {titled && <span aria-hidden> {words.label}</span>}
            </button>
          </td>
        );
      })}
    </tr>
  );
});

function Legend({ steps }: { steps: readonly FleetStep[] }) {
  return (
    <>
      {steps.length > 0 && (
        <ol className={classes.steps} aria-label="Steps">
          {steps.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ol>
      )}
      <p className={classes.legend}>
        {Object.values(cellWords).map(({ label, sign, tone }) => (
          <span key={label}>
            <span style={{ color: toneColor(tone) }} aria-hidden>
              {sign}
            </span>{' '}
            {label}
          </span>
        ))}
      </p>
    </>
  );
}

import { NativeSelect, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, memo, useCallback, useLayoutEffect, useRef, useState } from 'react';
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
/** Fewer hosts than this are all drawn. Of more, those that can be seen: thousands of cells would keep the window busy. */
const mostDrawn = 60;
/** Pixels, as fleets.module.css has it. */
const rowHeight = 27;
const seenRows = 18;
const beyond = 8;
/** With more steps than this a column has its number only, and the words are below. */
const mostTitles = 6;

/** Hosts by steps. One stop of the Tab key; arrows go from cell to cell. */
export function FleetMatrix({ state: { steps, hostRows, cells }, chosen, onChoose }: MatrixProps) {
  const [filter, setFilter] = useState<keyof typeof filters>('all');
  const [top, setTop] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState({ row: 0, column: 0 });
  const moved = useRef(false);
  const shown = hostRows.flatMap((row, at) => (filters[filter].fits(row) ? [{ row, at }] : []));
  const all = shown.length <= mostDrawn;
  const from = all ? 0 : Math.max(0, Math.min(Math.floor(top / rowHeight) - beyond, shown.length - seenRows));
  const to = all ? shown.length : Math.min(shown.length, from + seenRows + 2 * beyond);
  const stopRow = Math.min(stop.row, shown.length - 1);
  const titled = steps.length <= mostTitles;
  // The cell may have to be drawn before it can have the keyboard.
  useLayoutEffect(() => {
    const cell = moved.current && frame.current?.querySelector<HTMLElement>(`[data-row="${stop.row}"][data-column="${stop.column}"]`);
    if (!cell) return;
    moved.current = false;
    cell.focus({ preventScroll: true });
  });
  const move = (event: KeyboardEvent) => {
    const by = moves[`${event.ctrlKey ? 'Ctrl+' : ''}${event.key}`];
    const at = (event.target as HTMLElement).dataset;
    if (!by || at.row === undefined) return;
    event.preventDefault();
    const [row, column] = by(Number(at.row), Number(at.column), shown.length - 1, steps.length - 1);
    moved.current = true;
    setStop({ row, column });
    scrollTo(frame.current, row);
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
      <div className={classes.scroll} ref={frame} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table
          aria-rowcount={shown.length + 1}
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
            <Undrawn rows={from} />
            {shown.slice(from, to).map(({ row, at }, index) => (
              <HostRow
                key={row.name}
                row={row}
                cells={cells[at] ?? none}
                steps={steps}
                index={from + index}
                chosen={chosen?.host === row.name ? chosen.step : null}
                stop={stopRow === from + index ? stop.column : null}
                titled={titled}
                onChoose={choose}
              />
            ))}
            <Undrawn rows={shown.length - to} />
          </tbody>
        </table>
      </div>
      <Legend steps={titled ? [] : steps} />
    </section>
  );
}

/** The room of rows that are not drawn. */
const Undrawn = ({ rows }: { rows: number }) => (rows === 0 ? null : <tr aria-hidden style={{ height: rows * rowHeight }} />);

/** Brings a row into sight, below the heading. */
function scrollTo(frame: HTMLElement | null, row: number): void {
  if (!frame) return;
  const [above, below] = [row * rowHeight, (row + 2) * rowHeight];
  if (frame.scrollTop > above) frame.scrollTop = above;
  else if (frame.scrollTop + frame.clientHeight < below) frame.scrollTop = below - frame.clientHeight;
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
  'Ctrl+Home': () => [0, 0],
  'Ctrl+End': (_row, _column, last, lastColumn) => [last, lastColumn],
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
    <tr className={classes.row} aria-rowindex={index + 2}>
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

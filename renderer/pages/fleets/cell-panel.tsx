import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CellDetail, CellStatus, CellTask } from '../../../shared/api/fleet.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { cellWords } from '../../words/fleet.ts';
import { toneColor } from '../../words/status.ts';
import page from '../page.module.css';
import type { CellPlace } from './fleet-matrix.tsx';
import classes from './fleets.module.css';
import { Output } from './output.tsx';

interface CellPanelProps {
  runId: string;
  place: CellPlace;
  /** What the matrix shows; another one is fetched anew. */
  status: CellStatus | undefined;
  says: string;
  onClose(): void;
}

/** Exactly what ran on one host in one step, and what it said. */
export function CellPanel({ runId, place: { host, step }, status, says, onClose }: CellPanelProps) {
  const [detail, setDetail] = useState<CellDetail | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another status is another content
  useEffect(() => {
    let current = true;
    api.fleets.cell({ runId, host, step }).then((found) => {
      if (current) setDetail(found);
    }, reportError);
    return () => {
      current = false;
    };
  }, [runId, host, step, status]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell is read from its beginning
  useEffect(() => heading.current?.focus(), [host, step]);
  if (!detail || detail.host !== host || detail.step.id !== step) return null;
  return (
    <section className={`${page.panel} ${classes.section}`} aria-labelledby="cell">
      <div className={classes.matrixBar}>
        <h2 id="cell" ref={heading} tabIndex={-1}>
          {host}, {detail.step.title}: <span style={{ color: toneColor(cellWords[detail.status].tone) }}>{cellWords[detail.status].label}</span>
        </h2>
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </div>
      {says && <p>{says}</p>}
      {detail.tasks.length === 0 && <p className={classes.quiet}>Nothing has run here.</p>}
      {detail.tasks.map((task) => (
        <Task key={`${task.attempt} ${task.name} ${task.at}`} task={task} />
      ))}
    </section>
  );
}

function Task({ task: { name, status, exit, attempt, kind, command, output, error, message, diff } }: { task: CellTask }) {
  const parts = [
    { label: 'Command', text: command },
    { label: 'Output', text: output },
    { label: 'Errors', text: error },
    { label: 'Change', text: diff },
  ].filter(({ text }) => text !== '');
  return (
    <article className={classes.task} aria-label={name}>
      <h3>
        {name}: <span style={{ color: toneColor(cellWords[status].tone) }}>{cellWords[status].label}</span>
        <small className={classes.quiet}>
          {' '}
          {exit === null ? '' : `exit status ${exit}, `}attempt {attempt}
          {kind === 'check' ? ', a check: nothing was changed' : ''}
        </small>
      </h3>
      {message && <p>{message}</p>}
      {parts.map(({ label, text }) => (
        <div key={label}>
          <div className={classes.label}>
            {label} <CopyButton text={text} what={`${label.toLowerCase()} of ${name}`} />
          </div>
          <Output label={`${label} of ${name}`} text={text} />
        </div>
      ))}
    </article>
  );
}

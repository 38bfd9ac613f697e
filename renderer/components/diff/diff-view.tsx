import { VisuallyHidden } from '@mantine/core';
import type { DiffLine } from './diff-hunks.ts';
import classes from './diff-view.module.css';

const signs = { both: ' ', left: '−', right: '+' } as const;

interface DiffViewProps {
  title: string;
  /** Of what it is, for who hears the page. */
  of: string;
  lines: readonly DiffLine[];
  /** What a line of one side alone is called, for who hears the page. */
  spoken: { left: string; right: string };
}

/** Lines of one side alone carry its sign and its colour. */
export function DiffView({ title, of, lines, spoken }: DiffViewProps) {
  return (
    <figure className={classes.diff}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <section className={classes.lines} tabIndex={0} aria-label={`${title} of ${of}, differences`}>
        <DiffLines lines={lines} spoken={spoken} />
      </section>
    </figure>
  );
}

export function DiffLines({ lines, spoken }: Pick<DiffViewProps, 'lines' | 'spoken'>) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places
    <Line key={index} line={line} spoken={spoken} />
  ));
}

function Line({ line, spoken }: { line: DiffLine; spoken: DiffViewProps['spoken'] }) {
  if (line.side === 'folded') return <div className={classes.folded}>{line.count === 1 ? '1 line' : `${line.count} lines`} the same</div>;
  if (line.side === 'file') return null;
  if (line.side === 'note') return <div className={classes.folded}>{line.text}</div>;
  return (
    <div className={`${classes.line} ${line.side === 'both' ? '' : (classes[line.side] ?? '')}`}>
      <span className={classes.sign} aria-hidden>
        {signs[line.side]}
      </span>
      {line.side !== 'both' && <VisuallyHidden>{spoken[line.side]}: </VisuallyHidden>}
      <span>{line.text}</span>
    </div>
  );
}

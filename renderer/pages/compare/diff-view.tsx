import { VisuallyHidden } from '@mantine/core';
import type { LineDiff } from '../../../shared/api/history.ts';
import classes from './compare.module.css';
import { diffHunks } from './diff-hunks.ts';

const signs = { both: ' ', left: '−', right: '+' } as const;
const spoken = { both: '', left: 'first run: ', right: 'second run: ' } as const;

/** Lines of one side alone carry its sign and its colour. */
export function DiffView({ title, step, diff }: { title: string; step: string; diff: LineDiff }) {
  return (
    <figure className={classes.diff}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <section className={classes.lines} tabIndex={0} aria-label={`${title} of ${step}, differences`}>
        {diffHunks(diff).map((line, index) =>
          line.side === 'folded' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places
            <div key={index} className={classes.folded}>
              {line.count} lines the same
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places
            <div key={index} className={line.side === 'both' ? undefined : classes[line.side]}>
              <span className={classes.sign} aria-hidden>
                {signs[line.side]}
              </span>
              <VisuallyHidden>{spoken[line.side]}</VisuallyHidden>
              <span>{line.text}</span>
            </div>
          ),
        )}
      </section>
    </figure>
  );
}

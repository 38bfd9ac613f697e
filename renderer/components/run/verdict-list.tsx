/** What a step's output means: the worst finding with the one thing to do about it; the others below, on demand. */
import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Verdict } from '../../../shared/api/run.ts';
import { byWeight, worstVerdict } from '../../../shared/api/verdict-order.ts';
import { arrivedAtVerdict, showLine, useVerdictJumps, verdictKey } from '../../stores/verdict-jumps.ts';
import { toneColor, verdictWords } from '../../words/status.ts';
import { VerdictMark } from '../status/status-mark.tsx';
import classes from './verdict-list.module.css';

interface VerdictListProps {
  /** Of a run whose terminal is on the page: its lines lead there, and all but the worst are folded. Missing: a record. */
  stepId?: string;
  verdicts: readonly Verdict[];
  label: string;
}

export function VerdictList({ stepId = '', verdicts, label }: VerdictListProps) {
  const [open, setOpen] = useState(false);
  const jump = useVerdictJumps((state) => state.verdict);
  const ordered = byWeight(verdicts);
  const worst = worstVerdict(verdicts);
  const live = stepId !== '';
  const folded = live && worst !== null && ordered.length > 1;
  const isFolded = folded && !open;
  const wanted = jump && ordered.some((verdict) => verdictKey(stepId, verdict) === jump.key) ? jump : null;
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  if (ordered.length === 0) return null;
  return (
    <div className={classes.all}>
      <ul className={classes.list} aria-label={label}>
        {(isFolded ? ordered.slice(0, 1) : ordered).map((verdict) => {
          const key = verdictKey(stepId, verdict);
          return (
            <Finding
              key={key}
              verdict={verdict}
              lineKey={live ? key : ''}
              next={live && verdict !== worst ? '' : verdict.next || (verdict === worst ? (ordered.find(({ next }) => next !== '')?.next ?? '') : '')}
              wanted={wanted?.key === key ? wanted.count : 0}
            />
          );
        })}
      </ul>
      {folded && (
        <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide why' : `Why: ${ordered.length - 1} more ${ordered.length === 2 ? 'finding' : 'findings'}`}
        </Button>
      )}
    </div>
  );
}

interface FindingProps {
  verdict: Verdict;
  lineKey: string;
  /** What to do; only one finding of a step says so. */
  next: string;
  /** Above 0: somebody came for it, for the so-manieth time. */
  wanted: number;
}

function Finding({ verdict, lineKey, next, wanted }: FindingProps) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (wanted === 0) return;
    place.current?.scrollIntoView({ block: 'nearest' });
    place.current?.focus({ preventScroll: true });
    arrivedAtVerdict();
  }, [wanted]);
  return (
    <li ref={place} tabIndex={-1} className={`${classes.verdict} ${classes[verdict.kind] ?? ''}`} style={{ color: toneColor(verdictWords(verdict.kind).tone) }}>
      <div className={classes.head}>
        <VerdictMark kind={verdict.kind} />
        {verdict.line && lineKey === '' && <span className={classes.seen}>{verdict.line}</span>}
        {verdict.line && lineKey !== '' && (
          <UnstyledButton className={`${classes.seen} ${classes.line}`} title="Show this line in the terminal" onClick={() => showLine(lineKey)}>
            {verdict.line}
          </UnstyledButton>
        )}
        {!verdict.line && verdict.kind === 'failure' && <span>an expected line was missing</span>}
      </div>
      <div>
        {verdict.means} {next && <span className={classes.next}>{next}</span>}
        {verdict.noWayBack && <strong> This cannot be undone.</strong>}
      </div>
    </li>
  );
}

import type { Fact } from '../../../shared/api/run.ts';
import { CopyButton } from '../copy-button.tsx';
import classes from './facts-table.module.css';

interface FactsTableProps {
  facts: readonly Fact[];
  /** Value that has to be typed now: it is to be read from the thing itself, and not from here. */
  asked?: string | null;
}

/** What was read on the way and is kept with the run. */
export function FactsTable({ facts, asked = null }: FactsTableProps) {
  if (facts.length === 0) return null;
  return (
    <dl className={classes.facts} aria-label="Values found">
      {facts.map((fact) => (
        <div key={fact.id} className={classes.fact}>
          <dt>{fact.title}</dt>
          <dd>
            {fact.value === asked ? (
              <span>hidden while you type it</span>
            ) : (
              <>
                <code>{fact.value}</code>
                {fact.value.length >= worthCopying && <CopyButton text={fact.value} what={fact.title} />}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Characters; what is shorter is typed faster. */
const worthCopying = 8;

import type { Fact } from '../../../shared/api/run.ts';
import { CopyButton } from '../copy-button.tsx';
import classes from './facts-table.module.css';

/** What was read on the way and is kept with the run. */
export function FactsTable({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className={classes.facts} aria-label="Read and kept">
      {facts.map((fact) => (
        <div key={fact.id} className={classes.fact}>
          <dt>{fact.title}</dt>
          <dd>
            <code>{fact.value}</code>
            <CopyButton text={fact.value} what={fact.title} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { clockText, systemText } from '../../../shared/api/facts-text.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import { ageText } from '../../words/targets.ts';
import classes from './targets.module.css';

/** What a target said of itself, and how old that is. */
export function TargetFactsList({ facts }: { facts: TargetFacts }) {
  const tools = Object.entries(facts.tools).flatMap(([tool, where]) => (where === null ? [] : [tool]));
  const rows = [
    ['System', `${systemText(facts)}, ${facts.kernel}, ${facts.architecture}`],
    ['Host name', facts.hostName],
    ['User', `${facts.user} (${facts.uid ?? '?'}), ${facts.loginShell}`],
    ['Tools', tools.join(', ') || 'none of those checked'],
    ['Clock', clockText(facts.clockSkewSeconds)],
    ['Read', ageText(facts.readAt, Date.now())],
  ] as const;
  return (
    <dl className={classes.facts} aria-label="What it reported">
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

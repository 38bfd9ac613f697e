/** Lines that are typed elsewhere, each group in a box with a word about it. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { CommandBox } from './command-box.tsx';
import classes from './step-cards.module.css';

export function StepCards({ cards }: Pick<PlannedStep, 'cards'>) {
  if (cards.length === 0) return null;
  return (
    <div className={classes.cards}>
      {cards.map(({ title, lines, note }) => (
        <div key={title}>
          <CommandBox title={title} script={lines.join('\n')} language="plaintext" />
          {note && <p className={classes.note}>{note}</p>}
        </div>
      ))}
    </div>
  );
}

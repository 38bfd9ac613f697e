/** Lines that are typed elsewhere, each group in a box with a word about it; they can be printed, and files for a stick saved. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { CardActions } from './card-actions.tsx';
import { CommandBox } from './command-box.tsx';
import classes from './step-cards.module.css';

export function StepCards({ cards }: Pick<PlannedStep, 'cards'>) {
  if (cards.length === 0) return null;
  return (
    <div className={classes.cards}>
      {cards.map((card) => (
        <div key={card.title}>
          <CommandBox title={card.title} script={card.lines.join('\n')} language="plaintext" short={card.lines.length > longCard} />
          {card.note && <p className={classes.note}>{card.note}</p>}
          <CardActions card={card} />
        </div>
      ))}
    </div>
  );
}

/** Lines; a longer one scrolls in its box. */
const longCard = 16;

/** One card on a sheet of paper: only it is printed, in black on white. */
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import classes from './printed-card.module.css';

interface PrintedCardProps {
  card: PlannedStep['cards'][number];
  /** Has to stay the same function: another one prints again. */
  onPrinted: () => void;
}

/** Beside the page in the document, so that the page can be left out. */
export function PrintedCard({ card: { title, lines, note }, onPrinted }: PrintedCardProps) {
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted);
    document.body.dataset.printsCard = 'yes';
    window.print();
    return () => {
      window.removeEventListener('afterprint', onPrinted);
      delete document.body.dataset.printsCard;
    };
  }, [onPrinted]);
  return createPortal(
    <section className={classes.sheet} aria-label={`${title}, as it is printed`}>
      <h1>{title}</h1>
      <ol>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may be the same, and never move
          <li key={index}>{line}</li>
        ))}
      </ol>
      {note && <p>{note}</p>}
      <p>Wrenchbook</p>
    </section>,
    document.body,
  );
}

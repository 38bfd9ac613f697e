/** One card on a sheet of paper: only it is printed, in black on white. */
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { endPrinting, type PrintableCard, usePrinting } from '../../stores/printing.ts';
import classes from './printed-card.module.css';

const restMs = 1000;

/** Beside the page in the document, so that the page can be left out. */
export function PrintedCard() {
  const card = usePrinting((state) => state.card);
  return card && <Sheet key={card.title} card={card} />;
}

function Sheet({ card: { title, lines, note } }: { card: PrintableCard }) {
  useEffect(() => {
    // The event may come before the sheet was drawn, as when a PDF is made; on the screen it is not seen anyway.
    let resting: number | undefined;
    const rest = () => {
      resting = window.setTimeout(endPrinting, restMs);
    };
    window.addEventListener('afterprint', rest);
    document.body.dataset.printsCard = 'yes';
    window.print();
    return () => {
      window.clearTimeout(resting);
      window.removeEventListener('afterprint', rest);
      delete document.body.dataset.printsCard;
    };
  }, []);
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

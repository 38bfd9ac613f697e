import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { TroubleNote } from '../trouble-note.tsx';
import { PrintedCard } from './printed-card.tsx';
import classes from './step-cards.module.css';

type Card = PlannedStep['cards'][number];

/** Puts a card on paper, alone on its sheet, and saves one that is a file. */
export function CardActions({ card }: { card: Card }) {
  const { title, file, lines } = card;
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const [told, setTold] = useState<{ saved: string } | { trouble: string } | null>(null);
  const save = async (name: string) => {
    setTold(null);
    try {
      const { path } = await api.window.saveCard({ name, lines });
      if (path === null) return;
      setTold({ saved: path });
      announce(`Saved to ${path}.`);
    } catch (thrown) {
      setTold({ trouble: errorText(thrown) });
    }
  };
  return (
    <>
      <div className={classes.actions}>
        {file !== undefined && (
          <Button variant="default" size="xs" leftSection={<IconDownload size={15} aria-hidden />} onClick={() => void save(file)}>
            Save {file}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={15} aria-hidden />}
          aria-label={`Print: ${title}`}
          onClick={() => setPrinting(true)}
        >
          Print
        </Button>
        {told && 'saved' in told && (
          <span className={classes.saved}>
            Saved to <code>{told.saved}</code>
          </span>
        )}
      </div>
      {told && 'trouble' in told && <TroubleNote text={told.trouble} />}
      {printing && <PrintedCard card={card} onPrinted={printed} />}
    </>
  );
}

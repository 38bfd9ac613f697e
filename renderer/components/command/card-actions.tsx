import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { api } from '../../window-api.ts';
import { SavedTo, SaveTrouble, useSaving } from '../saving.tsx';
import { PrintedCard } from './printed-card.tsx';
import classes from './step-cards.module.css';

type Card = PlannedStep['cards'][number];

/** Puts a card on paper, alone on its sheet, and saves one that is a file. */
export function CardActions({ card }: { card: Card }) {
  const { title, file, lines } = card;
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const { told, save } = useSaving();
  return (
    <>
      <div className={classes.actions}>
        {file !== undefined && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => void save(() => api.window.saveCard({ name: file, lines }))}
          >
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
        <SavedTo told={told} />
      </div>
      <SaveTrouble told={told} />
      {printing && <PrintedCard card={card} onPrinted={printed} />}
    </>
  );
}

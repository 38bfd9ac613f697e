import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { type PrintableCard, printCard } from '../../stores/printing.ts';
import { api } from '../../window-api.ts';
import { SavedTo, SaveTrouble, useSaving } from '../saving.tsx';
import classes from './step-cards.module.css';

/** Puts a card on paper, alone on its sheet, and saves one that is a file. */
export function CardActions({ card }: { card: PrintableCard }) {
  const { title, file, lines } = card;
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
        <Button variant="default" size="xs" leftSection={<IconPrinter size={15} aria-hidden />} aria-label={`Print: ${title}`} onClick={() => printCard(card)}>
          Print
        </Button>
        <SavedTo told={told} />
      </div>
      <SaveTrouble told={told} />
    </>
  );
}

/** The card that is being printed: kept beside all pages, as a page may be laid out anew for the paper's width while it is drawn. */
import { create } from 'zustand';
import type { PlannedStep } from '../../shared/api/plan.ts';

export type PrintableCard = PlannedStep['cards'][number];

export const usePrinting = create<{ card: PrintableCard | null }>(() => ({ card: null }));

export const printCard = (card: PrintableCard): void => usePrinting.setState({ card });
/** A function that stays the same. */
export const endPrinting = (): void => usePrinting.setState({ card: null });

/** What the backend offers, put in places on the page and turned back into calls. What is allowed is decided there, not here. */
import type { Offer } from '../../../shared/api/run.ts';
import { api } from '../../window-api.ts';

export interface OfferInput {
  typed: string;
  reason: string;
  /** What was printed on a machine that is not reached. */
  output: string;
}

export const noInput: OfferInput = { typed: '', reason: '', output: '' };

export interface ArrangedOffers {
  /** The step's own buttons. */
  onwards: Offer[];
  remedies: Offer[];
  /** Leaving the planned way: skip and undo. */
  aside: Offer[];
  stop: Offer | null;
}

export function arrangeOffers(offers: readonly Offer[]): ArrangedOffers {
  return {
    onwards: offers.filter((offer) => offer.action === 'advance' || offer.action === 'retry' || offer.action === 'rejoin'),
    remedies: offers.filter((offer) => offer.action === 'remedy'),
    aside: offers.filter((offer) => offer.action === 'skip' || offer.action === 'undo'),
    stop: offers.find((offer) => offer.action === 'stop') ?? null,
  };
}

/** Shortest reason for skipping that the contract takes. */
const shortestReason = 3;

/** Compared as the backend does, which has the last word. */
export const isConfirmed = ({ confirm }: Offer, typed: string): boolean =>
  !confirm || (confirm.type !== '' && typed.trim().toLowerCase() === confirm.type.toLowerCase());

/** Whether the button may be pressed: what had to be typed is typed. */
export function isReady(offer: Offer, input: OfferInput): boolean {
  if (!isConfirmed(offer, input.typed)) return false;
  if (offer.wantsOutput && input.output.trim() === '') return false;
  return offer.action !== 'skip' || input.reason.trim().length >= shortestReason;
}

/** Something is run or written by it that changes something: all of that has to have been in view. What is typed by hand is seen there. */
export const mustBeSeen = (offer: Offer): boolean => offer.danger !== 'reads' && !offer.wantsOutput && (offer.script !== null || offer.change !== null);

/** Red where there is no way back. */
export const offerColor = ({ danger }: Pick<Offer, 'danger'>): { color?: string } => (danger === 'irreversible' ? { color: 'red.9' } : {});

export function performOffer(runId: string, offer: Offer, input: OfferInput): Promise<unknown> {
  const confirmation = offer.confirm ? { confirmation: input.typed.trim() } : {};
  switch (offer.action) {
    case 'advance':
    case 'retry':
    case 'rejoin':
      return api.runs.advance({
        runId,
        stepId: offer.id,
        ...confirmation,
        ...(offer.change && { shown: offer.change.shown }),
        ...(offer.wantsOutput && { output: input.output }),
      });
    case 'skip':
      return api.runs.skip({ runId, stepId: offer.id, reason: input.reason.trim() });
    case 'remedy':
      return api.runs.remedy({ runId, remedyId: offer.id, ...confirmation });
    case 'undo':
      return api.runs.undo({ runId, from: offer.id, ...confirmation });
    case 'stop':
      return api.runs.stop({ runId });
  }
}

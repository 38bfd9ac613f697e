/** What the backend offers, put in places on the page and turned back into calls. What is allowed is decided there, not here. */
import type { Offer, RunState } from '../../../shared/api/run.ts';
import { api } from '../../window-api.ts';

export interface OfferInput {
  typed: string;
  reason: string;
  /** What was printed on a machine that is not reached. */
  output: string;
}

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

/** Whether the button may be pressed: what had to be typed is typed. Compared as the backend does, which has the last word. */
export function isReady(offer: Offer, input: OfferInput): boolean {
  if (offer.confirm && (offer.confirm.type === '' || input.typed.trim().toLowerCase() !== offer.confirm.type.toLowerCase())) return false;
  if (offer.wantsOutput && input.output.trim() === '') return false;
  return offer.action !== 'skip' || input.reason.trim().length >= shortestReason;
}

export function performOffer(runId: string, offer: Offer, input: OfferInput): Promise<RunState> {
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

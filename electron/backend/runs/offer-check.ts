/** Whether what the admin chose is offered now and was confirmed as it has to be. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Offer } from '../../../shared/api/run.ts';
import type { Prompt } from '../../../shared/topic-kit/index.ts';
import { confirms } from './offers.ts';

/** The offer that was chosen. Throws `wrong-state` with what is possible instead. */
export function findOffer(offers: readonly Offer[], wanted: (offer: Offer) => boolean, otherwise: string, busy: boolean): Offer {
  const offer = busy ? undefined : offers.find(wanted);
  if (offer) return offer;
  const possible = offers.map((candidate) => candidate.title).join(', ');
  const next = busy ? 'Wait until the running command has finished.' : possible ? `Possible now: ${possible}.` : 'The run has ended.';
  throw new WrenchbookError('wrong-state', `${otherwise}.`, next);
}

/** Throws `bad-parameters` for what is not among the prompt's answers. */
export function checkAnswer({ answers }: Prompt, value: string): void {
  if (answers.some((answer) => answer.value === value)) return;
  throw new WrenchbookError(
    'bad-parameters',
    `"${value}" is not an answer to this question.`,
    `Answer with ${answers.map((answer) => answer.value).join(' or ')}.`,
  );
}

/** Throws `wrong-state` where a change would be written that is not the one the admin saw. */
export function checkShown(offer: Offer, shown: string | undefined): void {
  if (!offer.change || offer.change.shown === shown) return;
  throw new WrenchbookError('wrong-state', 'The change shown now is a different one.', 'Review it, then choose again.');
}

/** Throws `bad-parameters` where what was printed is missing, or comes where nobody asked for it. */
export function checkOutput(offer: Offer, output: string | undefined): void {
  const brought = (output ?? '').trim() !== '';
  if (offer.wantsOutput && !brought)
    throw new WrenchbookError('bad-parameters', 'The output of the commands is missing.', 'Type them on that machine, and paste everything they print.');
  if (!offer.wantsOutput && output !== undefined)
    throw new WrenchbookError('bad-parameters', 'This step reads its output itself.', 'Continue without pasting anything.');
}

/** Throws `not-confirmed` with what has to be typed. */
export function checkConfirmation(offer: Offer, typed: string | undefined): void {
  if (!offer.confirm || confirms(offer.confirm.type, typed)) return;
  const wanted = offer.confirm.type;
  throw new WrenchbookError(
    'not-confirmed',
    `${offer.confirm.object} was not confirmed.`,
    wanted ? `Type exactly: ${wanted}` : 'The text to type was never read from the target: run the step that reads it first.',
  );
}

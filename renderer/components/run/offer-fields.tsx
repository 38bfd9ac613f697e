/** What an offer wants written before it may be taken, where that takes more room than the bar has. */
import { Textarea } from '@mantine/core';
import type { Offer } from '../../../shared/api/run.ts';
import type { OfferInput } from './offer-actions.ts';
import classes from './offer-form.module.css';

interface OfferFieldsProps {
  offer: Offer;
  input: OfferInput;
  onInput(input: OfferInput): void;
}

export function OfferFields({ offer, input, onInput }: OfferFieldsProps) {
  return (
    <>
      {offer.action === 'skip' && (
        <Textarea
          label="Why is it skipped?"
          description="Kept in the transcript."
          autosize
          minRows={1}
          maxRows={4}
          value={input.reason}
          onChange={(event) => onInput({ ...input, reason: event.currentTarget.value })}
        />
      )}
      {offer.wantsOutput && (
        <Textarea
          label="Output on that machine"
          description="All of it, unchanged. It is checked, and kept in the transcript."
          placeholder="Paste it here"
          autosize
          minRows={4}
          maxRows={14}
          spellCheck={false}
          classNames={{ input: classes.output ?? '' }}
          value={input.output}
          onChange={(event) => onInput({ ...input, output: event.currentTarget.value })}
        />
      )}
    </>
  );
}

import { Button, Group } from '@mantine/core';
import type { Offer } from '../../../shared/api/run.ts';
import { CommandBox } from '../command/command-box.tsx';
import { MustSee } from './must-see.tsx';
import type { OfferInput } from './offer-actions.ts';
import { OfferFields } from './offer-fields.tsx';
import classes from './offer-form.module.css';

export const offerKey = (offer: Offer): string => `${offer.action} ${offer.id}`;

interface AsideOffersProps {
  offers: readonly Offer[];
  /** Key of the one that was chosen; its button stands in the bar then. */
  open: string | null;
  onOpen(key: string | null): void;
  input: OfferInput;
  onInput(input: OfferInput): void;
}

/** Ways off the planned way: one button each, and what belongs to it only once it was pressed. */
export function AsideOffers({ offers, open, onOpen, input, onInput }: AsideOffersProps) {
  const shown = offers.find((offer) => offerKey(offer) === open);
  return (
    <div className={classes.form}>
      <Group gap="xs">
        {offers.map((offer) => (
          <Button
            key={offerKey(offer)}
            size="compact-sm"
            variant="subtle"
            aria-expanded={open === offerKey(offer)}
            onClick={() => onOpen(open === offerKey(offer) ? null : offerKey(offer))}
          >
            {offer.title} …
          </Button>
        ))}
      </Group>
      {shown && (
        <section className={`${classes.form} ${classes.card}`} aria-label={shown.title}>
          <div className={classes.title}>{shown.title}</div>
          {shown.explanation && <p className={classes.explanation}>{shown.explanation}</p>}
          {shown.script !== null && (
            <div>
              <CommandBox title={`Will run: ${shown.title}`} script={shown.script} />
              <MustSee what="command" />
            </div>
          )}
          <OfferFields offer={shown} input={input} onInput={onInput} />
        </section>
      )}
    </div>
  );
}

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Offer } from '../../../shared/api/run.ts';
import { OfferForm } from './offer-form.tsx';

/** Ways off the planned way: one button each, and what belongs to it only once it was pressed. */
export function AsideOffers({ runId, offers }: { runId: string; offers: readonly Offer[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const keyOf = (offer: Offer) => `${offer.action} ${offer.id}`;
  const shown = offers.find((offer) => keyOf(offer) === open);
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Group gap="xs">
        {offers.map((offer) => (
          <Button
            key={keyOf(offer)}
            size="compact-sm"
            variant="subtle"
            aria-expanded={open === keyOf(offer)}
            onClick={() => setOpen(open === keyOf(offer) ? null : keyOf(offer))}
          >
            {offer.title} …
          </Button>
        ))}
      </Group>
      {shown && <OfferForm key={keyOf(shown)} runId={runId} offer={shown} card look={{ variant: 'default', size: 'xs' }} onDone={() => setOpen(null)} />}
    </div>
  );
}

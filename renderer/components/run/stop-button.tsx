import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Offer } from '../../../shared/api/run.ts';
import { OfferForm } from './offer-form.tsx';

/** Stopping ends the run for good, so it is asked once more, with what it means. */
export function StopButton({ runId, offer }: { runId: string; offer: Offer }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={() => setOpen(!open)}>
          Stop
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Stop the run">
        <OfferForm runId={runId} offer={offer} look={{ size: 'xs', color: 'red.9' }} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

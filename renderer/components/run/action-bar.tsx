/** The one thing that can be done next, always in reach below what it is about: what has to be typed, and the button that names the act. */
import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react';
import type { Offer } from '../../../shared/api/run.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import classes from './action-bar.module.css';
import { ConfirmField } from './confirm-field.tsx';
import { isConfirmed, isReady, mustBeSeen, type OfferInput, offerColor, performOffer } from './offer-actions.ts';
import { seeText } from './see-text.ts';
import type { Unseen } from './use-unseen.ts';

interface ActionBarProps {
  runId: string;
  offer: Offer;
  input: OfferInput;
  onInput(input: OfferInput): void;
  unseen: Unseen;
  /** Of how many files the change is shown. */
  changes: number;
  /** There is a better way: it stands back. */
  quiet: boolean;
  /** A side way: back to the planned one. */
  onCancel?: (() => void) | undefined;
  onDone(): void;
}

export function ActionBar({ runId, offer, input, onInput, unseen, changes, quiet, onCancel, onDone }: ActionBarProps) {
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const judging = unseen.parts === null;
  const toSee = unseen.parts !== null && unseen.parts.length > 0;
  const ready = isReady(offer, input);
  const settling = useSettling(mustBeSeen(offer) ? `${offer.action} ${offer.id} ${offer.change?.shown} ${judging} ${toSee}` : '');
  const take = async (event: FormEvent) => {
    event.preventDefault();
    if (toSee) unseen.showNext();
    else if (!judging && !settling && ready && (await changeRun(runId, () => performOffer(runId, offer, input)))) onDone();
  };
  return (
    <form className={classes.bar} onSubmit={(event) => void take(event)} onKeyDown={ignoreHeldKey} aria-label={offer.title}>
      {offer.confirm && (
        <ConfirmField confirm={offer.confirm} typed={input.typed} right={isConfirmed(offer, input.typed)} onTyped={(typed) => onInput({ ...input, typed })} />
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          size="sm"
          variant={quiet || toSee ? 'default' : 'filled'}
          {...offerColor(offer)}
          disabled={!toSee && !judging && !ready}
          loading={busy}
          aria-disabled={settling || judging || undefined}
          data-main-action
          title="Ctrl+Enter"
        >
          {toSee && unseen.parts ? seeText(unseen.parts, changes) : offer.title}
        </Button>
        {onCancel && (
          <Button size="sm" variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

/** Long enough for the second press of a double click, in ms: it was meant for what the button said before. */
const settlesIn = 400;

/** True for a moment after what the button does has changed. Empty: it does no harm. */
function useSettling(what: string): boolean {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(what), settlesIn);
    return () => clearTimeout(timer);
  }, [what]);
  return what !== '' && settled !== what;
}

/** A key that is held down repeats: it must not press the next step's button as well. */
function ignoreHeldKey(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}

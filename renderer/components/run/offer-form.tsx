/** One offer as a card of its own: what it does, what it wants before it may be taken, and its button. */
import { Button, type ButtonProps } from '@mantine/core';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { Offer } from '../../../shared/api/run.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import { CommandBox } from '../command/command-box.tsx';
import { EditDiff } from '../diff/edit-diff.tsx';
import { ConfirmField } from './confirm-field.tsx';
import { MustSee } from './must-see.tsx';
import { isConfirmed, isReady, mustBeSeen, noInput, offerColor, performOffer } from './offer-actions.ts';
import { OfferFields } from './offer-fields.tsx';
import classes from './offer-form.module.css';
import { seeText } from './see-text.ts';
import { useUnseen } from './use-unseen.ts';

interface OfferFormProps {
  runId: string;
  offer: Offer;
  look?: Pick<ButtonProps, 'variant' | 'color' | 'size'>;
  onDone?(): void;
}

export function OfferForm({ runId, offer, look, onDone }: OfferFormProps) {
  const [input, setInput] = useState(noInput);
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const form = useRef<HTMLFormElement>(null);
  const stakeId = useId();
  const unseen = useUnseen(form, mustBeSeen(offer) ? `${offer.action} ${offer.id} ${offer.script}` : '');
  const toSee = unseen.parts === null || unseen.parts.length > 0;
  const ready = isReady(offer, input);

  const take = async (event: FormEvent) => {
    event.preventDefault();
    if (toSee) unseen.showNext();
    else if (ready && (await changeRun(runId, () => performOffer(runId, offer, input)))) onDone?.();
  };

  return (
    <form ref={form} className={`${classes.form} ${classes.card}`} onSubmit={(event) => void take(event)} aria-label={offer.title}>
      <div className={classes.title}>{offer.title}</div>
      {offer.explanation && <p className={classes.explanation}>{offer.explanation}</p>}
      {offer.confirm && (
        <p className={classes.explanation} id={stakeId}>
          This affects: <span className={classes.object}>{offer.confirm.object}</span>
        </p>
      )}
      {offer.script !== null && (
        <div>
          <CommandBox title={`Will run: ${offer.title}`} script={offer.script} />
          <MustSee what="command" />
        </div>
      )}
      {offer.change && (
        <div>
          <EditDiff title={`Will be written: ${offer.title}`} file={offer.title} diff={offer.change.diff} approved />
        </div>
      )}
      <OfferFields offer={offer} input={input} onInput={setInput} />
      <div className={classes.confirm}>
        {offer.confirm && (
          <ConfirmField
            confirm={offer.confirm}
            typed={input.typed}
            right={isConfirmed(offer, input.typed)}
            onTyped={(typed) => setInput({ ...input, typed })}
          />
        )}
        <Button type="submit" size="xs" disabled={!toSee && !ready} loading={busy} {...offerColor(offer)} {...look}>
          {toSee && unseen.parts !== null ? seeText(unseen.parts, 1) : offer.title}
        </Button>
      </div>
    </form>
  );
}

/** One offer with all it wants before it may be taken: typed confirmation, a reason. */
import { Button, type ButtonProps, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import type { Offer } from '../../../shared/api/run.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import { CommandBox } from '../command/command-box.tsx';
import { EditDiff } from '../diff/edit-diff.tsx';
import { isReady, performOffer } from './offer-actions.ts';
import classes from './offer-form.module.css';

interface OfferFormProps {
  runId: string;
  offer: Offer;
  /** As a card of its own, with title, explanation and script; else only what has to be filled in, and the button. */
  card?: boolean;
  look?: Pick<ButtonProps, 'variant' | 'color' | 'size'>;
  onDone?(): void;
}

export function OfferForm({ runId, offer, card = false, look, onDone }: OfferFormProps) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [output, setOutput] = useState('');
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const stakeId = useId();
  const ready = isReady(offer, { typed, reason, output });

  const take = async (event: FormEvent) => {
    event.preventDefault();
    if (ready && (await changeRun(runId, () => performOffer(runId, offer, { typed, reason, output })))) onDone?.();
  };

  return (
    <form className={card ? `${classes.form} ${classes.card}` : classes.form} onSubmit={(event) => void take(event)} aria-label={offer.title}>
      {card && <div className={classes.title}>{offer.title}</div>}
      {card && offer.explanation && <p className={classes.explanation}>{offer.explanation}</p>}
      {card && offer.script !== null && <CommandBox title={`Will run: ${offer.title}`} script={offer.script} short />}
      {card && offer.change && <EditDiff title={`Will be written: ${offer.title}`} file={offer.title} diff={offer.change.diff} />}
      {offer.action === 'skip' && (
        <Textarea
          label="Why is it skipped?"
          description="Kept in the transcript."
          autosize
          minRows={1}
          maxRows={4}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {offer.wantsOutput && (
        <Textarea
          label="What it printed there"
          description="All of it, as it stands. It is judged, and kept in the transcript."
          placeholder="Paste it here"
          autosize
          minRows={4}
          maxRows={14}
          spellCheck={false}
          classNames={{ input: classes.output ?? '' }}
          value={output}
          onChange={(event) => setOutput(event.currentTarget.value)}
        />
      )}
      {offer.confirm && (
        <p className={classes.explanation} id={stakeId}>
          At stake: <span className={classes.object}>{offer.confirm.object}</span>
        </p>
      )}
      <div className={classes.confirm}>
        {offer.confirm && (
          <TextInput
            className={classes.typed ?? ''}
            size="xs"
            label={offer.confirm.ask}
            aria-describedby={stakeId}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={typed.length >= offer.confirm.type.length && !ready ? `Not the same: it has to be ${offer.confirm.type}` : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <Button type="submit" size="xs" disabled={!ready} loading={busy} {...look}>
          {offer.title}
        </Button>
      </div>
    </form>
  );
}

/** One step: what it does and what is lost by it, exactly what will run or ran, and what it said. Its button stands in the bar below. */
import { IconAlertOctagon } from '@tabler/icons-react';
import { type RefObject, useId } from 'react';
import { hasNoWayBack, stepDanger } from '../../../shared/api/danger.ts';
import { targetOfStep, whereText } from '../../../shared/api/machine.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Offer, RunState } from '../../../shared/api/run.ts';
import { StepCards } from '../command/step-cards.tsx';
import { DangerMark } from '../danger/danger-mark.tsx';
import { StickMap } from '../media/stick-map.tsx';
import { WriteProgress } from '../media/write-progress.tsx';
import { RunStatusMark, StepStatusMark } from '../status/status-mark.tsx';
import { MustSee } from './must-see.tsx';
import { arrangeOffers, type OfferInput } from './offer-actions.ts';
import { OfferFields } from './offer-fields.tsx';
import { OfferForm } from './offer-form.tsx';
import { RunningStrip } from './running-strip.tsx';
import classes from './step-card.module.css';
import { StepAfterwards, StepChange, StepCommand } from './step-text.tsx';
import { VerdictList } from './verdict-list.tsx';

interface StepCardProps {
  run: RunState;
  step: PlannedStep;
  /** What its button will do; null where it has none now. */
  main: Offer | null;
  input: OfferInput;
  onInput(input: OfferInput): void;
  headingRef: RefObject<HTMLHeadingElement | null>;
}

export function StepCard({ run, step, main, input, onInput, headingRef }: StepCardProps) {
  const id = useId();
  const state = run.steps.find((candidate) => candidate.id === step.id);
  const current = step.id === run.current;
  const { remedies } = arrangeOffers(current && run.status !== 'interrupted' ? run.offers : []);
  const started = state !== undefined && state.status !== 'pending';
  const asks = current && run.prompt !== null;
  // What is looked at on a machine by hand is looked at after the work of the hands.
  const lookAfterwards = targetOfStep(run, step).kind === 'hand' && step.kind === 'manual';
  const command = <StepCommand run={run} step={step} main={main} comes={!started || main !== null} afterwards={lookAfterwards} />;
  const explained = main?.explanation && main.explanation !== step.intro ? main.explanation : '';
  return (
    <section className={classes.card} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} ref={headingRef} tabIndex={-1}>
          Step {step.number}: {step.title}
        </h2>
        {asks ? <RunStatusMark status="asks" /> : state && started && <StepStatusMark status={state.status} />}
        <DangerMark level={stepDanger(step)} />
      </div>
      <p className={classes.meta}>
        <span>
          Runs on: <strong>{whereText(step, run.machines)}</strong>
        </span>
        {step.asUser !== '–' && (
          <span>
            as: <strong>{step.asUser}</strong>
          </span>
        )}
        <span>
          undo: <strong>{wayBack(step)}</strong>
        </span>
        {step.edit && <span>Edits: {step.edit.find === undefined ? <code>{step.edit.file}</code> : <strong>{step.edit.file}</strong>}</span>}
      </p>
      {started && <VerdictList stepId={step.id} verdicts={state.verdicts} label={`Step ${step.number}: what was seen`} />}
      {state?.skipReason && <p className={classes.intro}>Skipped because: {state.skipReason}</p>}
      {remedies.length > 0 && (
        <div className={classes.ways}>
          <h3 className={classes.section}>How to fix this</h3>
          {remedies.map((offer) => (
            <OfferForm key={offer.id} runId={run.runId} offer={offer} look={{ size: 'xs' }} />
          ))}
        </div>
      )}
      {hasNoWayBack(step) && (!started || main) && <NoWayBack step={step} confirm={main?.confirm ?? null} approves={main !== null} />}
      {!hasNoWayBack(step) && main?.confirm && <p className={classes.intro}>This affects: {main.confirm.object}</p>}
      <p className={classes.intro}>{step.intro}</p>
      {step.instructions.length > 0 && (
        <ol className={classes.instructions} aria-label="What to do">
          {step.instructions.map((instruction) => (
            <li key={instruction}>{instruction}</li>
          ))}
        </ol>
      )}
      <StepCards cards={step.cards} />
      {explained && <p className={classes.intro}>{explained}</p>}
      {step.mayShow.length > 0 && state?.status !== 'done' && (
        <div>
          {step.mayShow.map((message) => (
            <p key={message.text} className={classes.harmless}>
              You may see <code>{message.text}</code>: harmless. {message.means}
            </p>
          ))}
        </div>
      )}
      {command}
      <StepChange step={step} edit={state?.edit ?? null} approves={main?.change !== null && main !== null} />
      <StepAfterwards step={step} comes={!started || main !== null} approves={main?.change != null} />
      {step.writer && !started && <StickMap parameters={run.parameters} />}
      {step.writer && started && <WriteProgress runId={run.runId} />}
      {state?.status === 'running' && run.status === 'running' && run.link === null && <RunningStrip since={state.startedAt} />}
      {main && <OfferFields offer={main} input={input} onInput={onInput} />}
    </section>
  );
}

interface NoWayBackProps {
  step: PlannedStep;
  confirm: Offer['confirm'];
  approves: boolean;
}

/** What is lost. Said once, above everything that is approved. */
function NoWayBack({ step, confirm, approves }: NoWayBackProps) {
  return (
    <div className={classes.noway} role="note" aria-label="Cannot be undone">
      <IconAlertOctagon size={18} aria-hidden />
      <div>
        <strong>This cannot be undone:</strong> {step.irreversible}
        {confirm && (
          <>
            {' '}
            This affects: <strong>{confirm.object}</strong>.
          </>
        )}
        {approves && <MustSee what="warning" />}
      </div>
    </div>
  );
}

function wayBack(step: PlannedStep): string {
  if (hasNoWayBack(step)) return 'not possible';
  if (step.undoScript !== null || step.edit) return 'possible';
  return step.danger === 'reads' ? 'not needed' : 'see the plan';
}

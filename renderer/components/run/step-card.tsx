/** One step: what it does, exactly what will run or ran, what it said, and what can be done about it now. */
import { type RefObject, useId } from 'react';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState, Verdict } from '../../../shared/api/run.ts';
import { CommandBox } from '../command/command-box.tsx';
import { StepCards } from '../command/step-cards.tsx';
import { DangerMark } from '../danger/danger-mark.tsx';
import { EditDiff } from '../diff/edit-diff.tsx';
import { StickMap } from '../media/stick-map.tsx';
import { WriteProgress } from '../media/write-progress.tsx';
import { StepStatusMark } from '../status/status-mark.tsx';
import { AsideOffers } from './aside-offers.tsx';
import { arrangeOffers } from './offer-actions.ts';
import { OfferForm } from './offer-form.tsx';
import { RunningStrip } from './running-strip.tsx';
import classes from './step-card.module.css';
import { VerdictList } from './verdict-list.tsx';

interface StepCardProps {
  run: RunState;
  step: PlannedStep;
  /** Null where the offers are shown elsewhere. */
  withOffers: boolean;
  headingRef: RefObject<HTMLHeadingElement | null>;
}

export function StepCard({ run, step, withOffers, headingRef }: StepCardProps) {
  const id = useId();
  const state = run.steps.find((candidate) => candidate.id === step.id);
  const current = step.id === run.current;
  const offers = arrangeOffers(current && withOffers ? run.offers : []);
  const main = offers.onwards[0];
  const script = main?.script ?? step.script;
  const willRun = current && state?.status !== 'running';
  const started = state !== undefined && state.status !== 'pending';
  // Before a step runs, its command must not be below the fold; afterwards what was seen comes first.
  const toDo = !started;
  // What is looked at on a machine by hand is looked at after the work of the hands.
  const lookAfterwards = run.target.kind === 'hand' && step.kind === 'manual';
  const command = script !== null && <CommandBox title={commandTitle(run, willRun || !started, lookAfterwards)} script={script} short loud />;
  const change = step.edit && state?.edit && <EditDiff title={changeTitle(state.edit)} file={step.edit.file} diff={state.edit.diff} />;
  const [first, rest] = splitVerdicts(state?.verdicts ?? [], offers.remedies.length > 0);
  return (
    <section className={classes.card} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} ref={headingRef} tabIndex={-1}>
          Step {step.number}: {step.title}
        </h2>
        {state && started && <StepStatusMark status={state.status} />}
        <DangerMark level={step.danger} />
      </div>
      <p className={classes.meta}>
        <span>
          Runs on: <strong>{step.runsOn}</strong>
        </span>
        {step.asUser !== '–' && (
          <span>
            as: <strong>{step.asUser}</strong>
          </span>
        )}
        <span>
          way back:{' '}
          {step.irreversible !== null ? (
            <>
              <span className={classes.noway}>none.</span> {step.irreversible}
            </>
          ) : (
            <strong>{wayBack(step)}</strong>
          )}
        </span>
      </p>
      {step.edit && (
        <p className={classes.meta}>
          <span>Edits: {step.edit.find === undefined ? <code>{step.edit.file}</code> : <strong>{step.edit.file}</strong>}</span>
        </p>
      )}
      {toDo && !lookAfterwards && command}
      {change}
      <p className={classes.intro}>{step.intro}</p>
      {step.instructions.length > 0 && (
        <ol className={classes.instructions} aria-label="What to do">
          {step.instructions.map((instruction) => (
            <li key={instruction}>{instruction}</li>
          ))}
        </ol>
      )}
      <StepCards cards={step.cards} />
      {toDo && lookAfterwards && command}
      <VerdictList verdicts={first} label={`Step ${step.number}: what was seen`} />
      {state?.skipReason && <p className={classes.intro}>Skipped because: {state.skipReason}</p>}
      {offers.remedies.length > 0 && (
        <div className={classes.ways}>
          <h3 className={classes.section}>Ways out</h3>
          {offers.remedies.map((offer) => (
            <OfferForm key={offer.id} runId={run.runId} offer={offer} card look={{ size: 'xs' }} />
          ))}
        </div>
      )}
      <VerdictList verdicts={rest} label={`Step ${step.number}: also seen`} />
      {!toDo && command}
      {step.writer && !started && <StickMap parameters={run.parameters} />}
      {step.writer && started && <WriteProgress runId={run.runId} />}
      {state?.status === 'running' && run.status === 'running' && run.link === null && <RunningStrip since={state.startedAt} />}
      {step.mayShow.length > 0 && state?.status !== 'done' && (
        <div>
          {step.mayShow.map((message) => (
            <p key={message.text} className={classes.harmless}>
              You may see <code>{message.text}</code>: harmless. {message.means}
            </p>
          ))}
        </div>
      )}
      {offers.aside.length > 0 && <AsideOffers runId={run.runId} offers={offers.aside} />}
      {offers.onwards.map((offer) => (
        <div key={`${offer.action} ${offer.id}`} className={offers.remedies.length > 0 || offer.wantsOutput ? classes.bar : `${classes.bar} ${classes.sticky}`}>
          {offer.explanation && offer.explanation !== step.intro && <p className={classes.intro}>{offer.explanation}</p>}
          <OfferForm runId={run.runId} offer={offer} look={{ variant: offers.remedies.length > 0 ? 'default' : 'filled' }} />
        </div>
      ))}
    </section>
  );
}

/** Where there is a way out, it comes right below what went wrong, and what was fine below that. */
function splitVerdicts(verdicts: readonly Verdict[], withWayOut: boolean): [Verdict[], Verdict[]] {
  const isTrouble = ({ kind }: Verdict) => kind === 'failure' || kind === 'warning';
  return withWayOut ? [verdicts.filter(isTrouble), verdicts.filter((verdict) => !isTrouble(verdict))] : [[...verdicts], []];
}

function commandTitle({ target }: RunState, comes: boolean, after: boolean): string {
  if (target.kind === 'hand') return comes ? (after ? 'Then type there' : 'Type there') : 'Typed there';
  return comes ? 'Will run' : 'Ran';
}

const changeTitles = { shown: 'Will be written', written: 'Written', left: 'Shown, not written' } as const;
function changeTitle({ stage, found, files }: NonNullable<RunState['steps'][number]['edit']>): string {
  if (found === null) return changeTitles[stage];
  const written = files.filter((file) => file.written).length;
  const number = files.length === 1 ? '1 file' : `${files.length} files`;
  return stage === 'left' && written > 0 ? `${changeTitles.shown}: ${number}, of which ${written} are written` : `${changeTitles[stage]}: ${number}`;
}

function wayBack(step: PlannedStep): string {
  if (step.undoScript !== null || step.edit) return 'undo';
  return step.danger === 'reads' ? 'none needed' : 'see the plan';
}

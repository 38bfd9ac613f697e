/** What the run stands at, and below it, always in reach, the bar with the one thing to do. */
import { Button } from '@mantine/core';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { targetOfStep } from '../../../shared/api/machine.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { PictureView } from '../../components/picture/picture.tsx';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { ActionBar } from '../../components/run/action-bar.tsx';
import { AsideOffers, offerKey } from '../../components/run/aside-offers.tsx';
import { EndPanel } from '../../components/run/end-panel.tsx';
import { InterruptedPanel } from '../../components/run/interrupted-panel.tsx';
import { LastStep } from '../../components/run/last-step.tsx';
import { LinkNote } from '../../components/run/link-note.tsx';
import { MissingSecrets } from '../../components/run/missing-secrets.tsx';
import { arrangeOffers, mustBeSeen, noInput } from '../../components/run/offer-actions.ts';
import { PromptPanel } from '../../components/run/prompt-panel.tsx';
import { StepCard } from '../../components/run/step-card.tsx';
import { useUnseen } from '../../components/run/use-unseen.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import classes from './run.module.css';

interface RunActionProps {
  run: RunState;
  view: 'step' | 'plan';
  /** Step that is looked at; null shows the run's end. */
  viewed: string | null;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onBackToCurrent(): void;
  /** Above and below it where there is no room beside it. */
  before?: ReactNode;
  after?: ReactNode;
}

export function RunAction({ run, view, viewed, headingRef, onBackToCurrent, before, after }: RunActionProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const at = `${run.current} ${run.status}`;
  const [side, setSide] = useState({ at, key: '' });
  const [held, setHeld] = useState({ key: '', input: noInput });

  const step = run.plan.find((candidate) => candidate.id === viewed);
  const elsewhere = viewed !== run.current;
  const here = view === 'step' && !elsewhere;
  const { onwards, remedies, aside } = arrangeOffers(here ? run.offers : []);
  const [main = null] = onwards;
  const chosen = aside.find((offer) => side.at === at && offerKey(offer) === side.key) ?? null;
  const offer = chosen ?? main;
  const key = offer ? `${at} ${offerKey(offer)} ${offer.change?.shown ?? ''}` : '';
  const input = held.key === key ? held.input : noInput;
  const onInput = (now: typeof input) => setHeld({ key, input: now });
  const unseen = useUnseen(scroll, offer && mustBeSeen(offer) ? key : '');
  const changes = run.steps.find(({ id }) => id === run.current)?.edit?.files.length ?? 0;
  const close = () => setSide({ at, key: '' });
  // What was typed was for this once: a step that is done again wants it again.
  const done = () => {
    close();
    setHeld({ key: '', input: noInput });
  };

  return (
    <div className={classes.column}>
      <div ref={scroll} className={classes.scroll}>
        {before}
        <div className={classes.action}>
          {view === 'plan' ? (
            <PlanView
              title={run.topicTitle}
              target={run.targetLabel}
              rehearsal={run.rehearsal}
              machines={run.machines}
              isByHand={(planned) => targetOfStep(run, planned).kind === 'hand'}
              steps={run.plan}
              inputs={[]}
            />
          ) : (
            <div className={classes.stack}>
              {run.trouble && run.status !== 'interrupted' && <TroubleNote text={`${run.trouble.message} ${run.trouble.next}`} />}
              {run.missingSecrets.length > 0 && <MissingSecrets run={run} />}
              {run.link && <LinkNote runId={run.runId} link={run.link} />}
              {run.prompt && <PromptPanel runId={run.runId} prompt={run.prompt} />}
              {elsewhere && (
                <div className={classes.back}>
                  You are looking at another step.
                  <Button size="compact-sm" variant="default" onClick={onBackToCurrent}>
                    {run.current === null ? 'Back to the result' : 'Back to the current step'}
                  </Button>
                </div>
              )}
              {here && run.status === 'interrupted' && <InterruptedPanel run={run} main={main} remedies={remedies} />}
              {here && run.current !== null && (run.status === 'waiting' || run.status === 'running') && <LastStep key={`before ${run.current}`} run={run} />}
              {step && (
                <StepCard key={`step ${step.id}`} run={run} step={step} main={chosen ? null : main} input={input} onInput={onInput} headingRef={headingRef} />
              )}
              {!step && <EndPanel run={run} headingRef={headingRef} />}
              {aside.length > 0 && (
                <AsideOffers
                  offers={aside}
                  open={chosen && offerKey(chosen)}
                  onOpen={(open) => setSide({ at, key: open ?? '' })}
                  input={input}
                  onInput={onInput}
                />
              )}
              {run.pictures.map((picture) => (
                <section key={picture.id} aria-label={picture.title}>
                  <h3 className={classes.picture}>{picture.title}</h3>
                  <PictureView picture={picture} />
                </section>
              ))}
            </div>
          )}
        </div>
        {after}
      </div>
      {offer && (
        <ActionBar
          runId={run.runId}
          offer={offer}
          input={input}
          onInput={onInput}
          unseen={unseen}
          changes={changes}
          quiet={offer === main && remedies.length > 0}
          onCancel={chosen ? close : undefined}
          onDone={done}
        />
      )}
    </div>
  );
}

/** From a run's record to what the window and the terminal command see. Pure. */
import type { WireError } from '../../../shared/api/error.ts';
import { isUnderWay, type RunState, type RunSummary, type Verdict } from '../../../shared/api/run.ts';
import { planPrompt, type Topic } from '../../../shared/topic-kit/index.ts';
import { hopPrompts, openLinePrompt } from '../sessions/hops/hop-prompts.ts';
import { topicPictures } from '../topics/topic-pictures.ts';
import { shownStep } from './filled-step.ts';
import { offersOf } from './offers.ts';
import { currentStep, holdOf, type RunRecord, runStatus } from './run-fold.ts';
import { runSays } from './run-words.ts';

/** Why a run can be read and not gone on with. */
export interface ReadOnly {
  because: WireError;
  /** Its commands are this workstation's own, as they were shown when it was begun. */
  mayUndo: boolean;
}

export interface ViewContext {
  /** Something of this run is running in this process. */
  live: boolean;
  link: RunState['link'];
  /** What is said where a command does not heed Ctrl-C. */
  deaf?: string | null;
  /** Undefined where this Wrenchbook does not have it. */
  topic: Topic | undefined;
  readOnly: ReadOnly | null;
  trouble: RunState['trouble'];
  missingSecrets: RunState['missingSecrets'];
}

/** Asked on the way to the target, whatever the step. */
const wayPrompts = [...hopPrompts, openLinePrompt].map(planPrompt);

export function runState(record: RunRecord, context: ViewContext): RunState {
  const { created } = record;
  const status = runStatus(record, context.live);
  const possible = offersNow(record, status, context);
  const missingSecrets = possible.length > 0 ? context.missingSecrets : [];
  const asks = missingSecrets.length > 0 && record.outcome === null;
  const underWay = created.plan.find((step) => step.id === record.underWay?.stepId);
  return {
    runId: created.runId,
    topicId: created.topicId,
    topicTitle: created.topicTitle,
    target: created.target,
    targetLabel: created.targetLabel,
    ...(created.machines && { machines: created.machines.map((machine) => ({ ...machine, facts: record.targetFacts.get(machine.id) ?? null })) }),
    rehearsal: created.rehearsal,
    createdAt: created.at,
    endedAt: record.endedAt,
    status,
    parameters: created.parameters,
    plan: created.plan.map((step) => shownStep(step, record)),
    // A step that began and whose end nobody sees any more was interrupted, whether or not that was written down yet.
    steps: toldOnce(record.steps.map((step) => (step.status === 'running' && !context.live ? { ...step, status: 'interrupted' } : step))),
    current: record.outcome ? null : (currentStep(record)?.id ?? null),
    facts: record.facts,
    targetFacts: record.targetFacts.get(created.machines?.[0]?.id ?? '') ?? null,
    pictures: topicPictures(context.topic, {
      parameters: created.parameters,
      rehearsal: created.rehearsal,
      facts: Object.fromEntries(record.facts.map(({ id, value }) => [id, value])),
      done: record.steps.flatMap(({ id, status: step }) => (step === 'done' ? [id] : [])),
    }),
    prompt: [...(underWay?.prompts ?? []), ...wayPrompts].find((prompt) => prompt.id === record.promptId) ?? null,
    // What is not known can't be masked: nothing may run that could show it.
    offers: missingSecrets.length > 0 ? possible.filter((offer) => offer.action === 'stop') : possible,
    hold: holdOf(record),
    says: context.link
      ? context.link.says
      : context.deaf && isUnderWay(status)
        ? context.deaf
        : asks
          ? asksForSecrets(missingSecrets)
          : context.readOnly
            ? `${runSays(record, status)} ${context.readOnly.because.message} ${context.readOnly.because.next}`
            : context.trouble && status === 'waiting'
              ? `${context.trouble.message} ${context.trouble.next}`
              : runSays(record, status),
    trouble: context.trouble ?? context.readOnly?.because ?? null,
    sessionOpen: record.sessionOpen || record.consoleOpen,
    link: context.link,
    missingSecrets,
  };
}

/** Where there is no way back, only the verdict that says so says what is left to do: any other order would be a wrong one. */
function toldOnce(steps: RunState['steps']): RunState['steps'] {
  const last = steps.flatMap(({ status, verdicts }) => (status === 'failed' ? verdicts : [])).find(({ noWayBack }) => noWayBack);
  const quiet = (verdict: Verdict): Verdict => (verdict === last ? verdict : { ...verdict, next: '', remedies: [] });
  return last ? steps.map((step) => ({ ...step, verdicts: step.verdicts.map(quiet) })) : steps;
}

const asksForSecrets = (missing: RunState['missingSecrets']) =>
  `Wrenchbook keeps secrets in memory only and no longer has ${missing.map(({ label }) => `"${label}"`).join(', ')}. Give ${missing.length > 1 ? 'them' : 'it'} again to continue.`;

function offersNow(record: RunRecord, status: RunState['status'], { topic, readOnly }: ViewContext): RunState['offers'] {
  if (!readOnly) return offersOf(record, status, topic?.remedies ?? []);
  return offersOf(record, status, []).filter(({ action }) => action === 'stop' || (action === 'undo' && readOnly.mayUndo));
}

export function runSummary(record: RunRecord, live: boolean): RunSummary {
  const { created } = record;
  const status = runStatus(record, live);
  return {
    runId: created.runId,
    topicId: created.topicId,
    topicTitle: created.topicTitle,
    targetLabel: created.targetLabel,
    rehearsal: created.rehearsal,
    createdAt: created.at,
    endedAt: record.endedAt,
    status,
    says: runSays(record, status),
    stepsDone: record.steps.filter((step) => step.status === 'done').length,
    stepsTotal: record.steps.length,
  };
}

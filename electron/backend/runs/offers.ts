/** What the admin can do at this point of a run. Pure; the window and the terminal command only draw it. */
import { stepDanger } from '../../../shared/api/danger.ts';
import { machineTitle, targetOfStep } from '../../../shared/api/machine.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { type Fact, isUnderWay, type Offer, type RunStatus } from '../../../shared/api/run.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import {
  type ConsoleLine,
  isConsoleLine,
  type Remedy,
  type RenderedText,
  renderForConsole,
  renderText,
  type Script,
  typedScript,
} from '../../../shared/topic-kit/index.ts';
import { editOffer, restoredWords } from './edit-offers.ts';
import { shownStep } from './filled-step.ts';
import { lastingWords, rejoinOffer } from './link/lasting-offers.ts';
import { currentStep, type RunRecord } from './run-fold.ts';

type OfferConfirm = Offer['confirm'];

/** `remedies` are the topic's; scripts of remedies are rendered with the facts read so far. */
export function offersOf(record: RunRecord, status: RunStatus, remedies: readonly Remedy[]): Offer[] {
  if (isUnderWay(status)) return [];
  const undo = undoOffers(record);
  if (status === 'done' || status === 'stopped') return undo;
  if (status === 'undone') return [];
  if (record.undo === 'running' || record.undo === 'failed') return [...undo, stopOffer];
  const current = currentStep(record);
  const planned = record.created.plan.find(({ id }) => id === current?.id);
  const step = planned && stepToCome(planned, record);
  if (!current || !step) return [...undo, stopOffer];
  if (status === 'dead-end') return [...undo, stopOffer];
  // Before anything else: nothing may be done beside a command that still runs.
  if (record.goingOn?.stepId === step.id) return [rejoinOffer(step, record.goingOn.how), stopOffer];
  const again = status !== 'waiting';
  const confirm = confirmOf(step, record.facts);
  const byHand = isByHand(record, step);
  const run: Offer = step.edit
    ? editOffer(step, step.edit, current, again, confirm)
    : {
        action: again ? 'retry' : 'advance',
        id: step.id,
        title: again ? `Run "${step.title}" again` : runTitle(step, byHand),
        explanation: [
          current.attempts > 0 && step.danger !== 'reads' ? 'It has already started once. Check the state of the target before you run it again.' : step.intro,
          ...lastingWords(step, record.keepers.get(step.on ?? '')),
        ].join(' '),
        script: byHand ? handText(step) : step.script,
        ...(byHand && handText(step) !== null && { wantsOutput: true }),
        change: null,
        confirm,
        danger: stepDanger(step),
      };
  const ids = again ? [...new Set(current.verdicts.flatMap((verdict) => verdict.remedies))] : [];
  const ways = ids
    .flatMap((id) => remedies.filter((remedy) => remedy.id === id && leadsBack(remedy, record, step.id)))
    .map((remedy) => remedyOffer(remedy, record));
  return [...ways, run, skipOffer(step), ...undo, stopOffer];
}

/** As it would run now; what it reads first is read once. */
function stepToCome(planned: PlannedStep, record: RunRecord): PlannedStep {
  const { beforeScript, ...step } = shownStep(planned, { ...record, ran: new Map() });
  return beforeScript === undefined || (record.remembered.has(planned.id) && !planned.beforeEachTime) ? step : { ...step, beforeScript };
}

const isByHand = ({ created }: RunRecord, step: Pick<PlannedStep, 'on'>) => targetOfStep(created, step).kind === 'hand';

/** A remedy that starts again at a later step would leave the run where it is. One on a machine that takes no part leads nowhere. */
function leadsBack({ afterwards, on }: Remedy, { steps, created }: RunRecord, current: string): boolean {
  if (on !== undefined && !created.machines?.some(({ id }) => id === on)) return false;
  const at = (stepId: string) => steps.findIndex(({ id }) => id === stepId);
  return afterwards === 'retry' || at(afterwards.again) <= at(current);
}

/** Step and proof together; null where there is nothing to type. */
const handText = ({ beforeScript, script, verifyScript }: PlannedStep) =>
  [beforeScript, script, verifyScript].filter((text) => text != null).join('\n') || null;

/** Names the act: that is what is agreed to by pressing it. */
const runTitle = (step: PlannedStep, byHand: boolean) => {
  if (byHand && handText(step) !== null) return 'Check the output';
  return step.act ?? (step.kind === 'manual' ? 'Done, continue' : step.title);
};

const stopOffer: Offer = {
  action: 'stop',
  id: '',
  title: 'Stop here',
  explanation: 'Ends the run here. Nothing else is run and nothing is undone; the transcript stays.',
  script: null,
  change: null,
  confirm: null,
  danger: 'reads',
};

const skipOffer = (step: PlannedStep): Offer => ({
  action: 'skip',
  id: step.id,
  title: `Skip "${step.title}"`,
  explanation: 'The run continues without it. Your reason is kept in the transcript.',
  script: null,
  change: null,
  confirm: null,
  danger: 'reads',
});

function confirmOf(step: PlannedStep, facts: readonly Fact[]): OfferConfirm {
  if (!step.confirm) return null;
  const { type, fact, ...said } = step.confirm;
  return { ...said, type: type ?? factValue(facts, fact ?? '') };
}

function remedyOffer(remedy: Remedy, record: RunRecord): Offer {
  const confirm = remedy.confirm;
  const wanted = confirm && ('text' in confirm.type ? confirm.type.text : factValue(record.facts, confirm.type.fact));
  return {
    action: 'remedy',
    id: remedy.id,
    title: remedy.title,
    explanation: remedyWords(remedy, record),
    script: remedyText(remedy, record)?.script ?? null,
    ...(remedy.on !== undefined && { on: remedy.on }),
    change: null,
    confirm: confirm ? { object: confirm.object, ask: confirm.ask, type: wanted ?? '', ...(confirm.where && { where: confirm.where }) } : null,
    danger: remedy.danger,
  };
}

const factValue = (facts: readonly Fact[], id: string) => facts.find((fact) => fact.id === id)?.value ?? '';

const factsOf = ({ facts }: RunRecord) => Object.fromEntries(facts.map((fact) => [fact.id, fact.value]));

/** Where a remedy runs: on its own machine, or that of the step that comes next. */
function targetOfRemedy({ on }: Remedy, record: RunRecord): TargetRef {
  const { created } = record;
  const step = created.plan.find(({ id }) => id === currentStep(record)?.id);
  return targetOfStep(created, { on: on ?? step?.on });
}
const typedByHand = (script: Script | ConsoleLine, target: TargetRef): script is ConsoleLine =>
  isConsoleLine(script) && target.kind !== 'lab' && target.kind !== 'console' && target.kind !== 'hand';

function remedyWords(remedy: Remedy, record: RunRecord): string {
  const script = remedy.script?.(factsOf(record));
  if (!script || !typedByHand(script, targetOfRemedy(remedy, record))) return remedy.explanation;
  const lines = typedScript(renderForConsole(script)).split('\n');
  return `${remedy.explanation} Type there: ${lines.join(', then ')}`;
}

/**
 * What a remedy runs or types, byte for byte; null where only hands are needed and this is no rehearsal. A line for a console is
 * typed by hand where the run has none.
 */
export function remedyText(remedy: Remedy, record: RunRecord): RenderedText | null {
  const { rehearsal } = record.created;
  const target = targetOfRemedy(remedy, record);
  const dialect = target.kind === 'console' ? target.console.dialect : undefined;
  const rendering = {
    rehearsal,
    byHand: target.kind === 'hand',
    ...(dialect && { console: dialect }),
    mapFile: (path: string) => (rehearsal ? `root${path}` : path),
  };
  const script = remedy.script?.(factsOf(record));
  const own = script && !typedByHand(script, target) ? renderText(script, rendering) : null;
  const hands = rehearsal && remedy.lab ? renderText(remedy.lab, rendering) : null;
  return hands && own ? { script: `${hands.script} && ${own.script}`, typed: null } : (own ?? hands);
}

/** Steps that can be undone, last first: all of them, or those from one step on. */
export const undoableSteps = (record: RunRecord, from = ''): PlannedStep[] =>
  planFrom(record, from)
    .filter((step) => (step.edit ? record.edits.has(step.id) : step.undoScript !== null && hasRun(record, step.id)))
    .reverse();

const planFrom = (record: RunRecord, from: string): PlannedStep[] =>
  record.created.plan.slice(
    Math.max(
      0,
      record.created.plan.findIndex((step) => step.id === from),
    ),
  );

const hasRun = (record: RunRecord, stepId: string) => {
  const state = record.steps.find((step) => step.id === stepId);
  return state !== undefined && state.attempts > 0 && !record.takenBack.has(stepId);
};

/** What stays as it is whatever is undone, with the reason. */
export const remainsAfterUndo = (record: RunRecord, from = ''): string[] =>
  planFrom(record, from)
    .filter((step) => step.undoScript === null && step.irreversible !== null && hasRun(record, step.id))
    .map((step) => `${step.title}: ${step.irreversible}`);

/** Everything, and where more than one step can be undone, a part: the last steps down to one of them. */
function undoOffers(record: RunRecord): Offer[] {
  // One that was cut off goes on as it was begun, even where only its end is still to be written down.
  if (record.undo === 'running') return [undoOffer(record, '', 'Continue the undo', record.undoFrom ?? '')];
  const steps = undoableSteps(record);
  if (steps.length === 0 || record.undo === 'done') return [];
  const parts = steps.slice(0, -1);
  return [undoOffer(record, '', 'Undo everything that can be undone'), ...parts.map((step) => undoOffer(record, step.id, `Undo back to "${step.title}"`))];
}

/** What the admin types before the undo. */
function byHandWords(record: RunRecord, steps: readonly PlannedStep[]): string[] {
  const { created } = record;
  const typed = steps.filter((step) => isByHand(record, step));
  if (!created.machines) return created.target.kind === 'hand' ? ['Type this on that machine first.'] : [];
  return typed.length > 0 ? [`Type this first: ${typed.map((step) => `${machineTitle(created, step)}: ${step.undoScript}`).join('; ')}.`] : [];
}

function undoOffer(record: RunRecord, id: string, title: string, from = id): Offer {
  const steps = undoableSteps(record, from);
  const remains = remainsAfterUndo(record, from);
  const undoes =
    steps.length > 0 ? `Undoes: ${steps.map((step) => step.title).join(', ')}.` : 'Every step was undone; only the end of the undo is still to be recorded.';
  const hand = byHandWords(record, steps);
  const says = [undoes, ...hand, ...restoredWords(steps, record), ...(remains.length > 0 ? [`Not undone: ${remains.join(' ')}`] : [])];
  // What takes it back, and what proves that.
  const scripts = steps
    .map((step) => shownStep(step, record))
    .flatMap(({ afterwardsScript, undoScript, undoneScript }) => [afterwardsScript, undoScript, undoneScript])
    .filter((script) => script != null);
  return {
    action: 'undo',
    id,
    title,
    explanation: says.join(' '),
    script: scripts.length > 0 ? scripts.join('\n') : null,
    change: null,
    confirm: null,
    danger: 'changes',
  };
}

/** Whether what was typed is what had to be typed: spaces around it and letter case do not count. */
export const confirms = (wanted: string, typed: string | undefined): boolean => wanted !== '' && (typed ?? '').trim().toLowerCase() === wanted.toLowerCase();

/** The texts of a planned step with what earlier steps have read filled in. Pure. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { type FactProblem, fillFacts } from '../../../shared/topic-kit/index.ts';
import { labRendering } from '../targets/lab-target.ts';
import type { RunRecord } from './run-fold.ts';

type Known = Pick<RunRecord, 'created' | 'facts'>;

/** A text of the step as it runs now; `problem`: why it can't. */
export const filledText = (text: string, { facts: planned }: PlannedStep, { created, facts }: Known): ReturnType<typeof fillFacts> =>
  fillFacts(text, planned, facts, created.rehearsal ? labRendering(null).mapFile : null);

/**
 * The step as it is shown: what is not known yet keeps its mark. A step that ran shows what ran. Only to be looked at: filling it in again would
 * take a value for a mark.
 */
export function shownStep(step: PlannedStep, record: Known & { ran: RunRecord['ran'] }): PlannedStep {
  const { facts, ...shown } = step;
  if (!facts) return step;
  const fill = <Text extends string | null | undefined>(text: Text) => (typeof text === 'string' ? filledText(text, step, record).text : text);
  return {
    ...shown,
    script: record.ran.get(step.id) ?? fill(step.script),
    ...(step.beforeScript !== undefined && { beforeScript: fill(step.beforeScript) }),
    ...(step.afterwardsScript !== undefined && { afterwardsScript: fill(step.afterwardsScript) }),
    verifyScript: fill(step.verifyScript),
    undoScript: fill(step.undoScript),
    ...(step.undoneScript !== undefined && { undoneScript: fill(step.undoneScript) }),
    edit: step.edit && { ...step.edit, ...(step.edit.find !== undefined && { find: fill(step.edit.find) }) },
  };
}

export const factWords = ({ title, step, because }: FactProblem) => `It needs "${title}", which step ${step} reads, and ${because}.`;
const factNext = ({ step }: FactProblem) => `Check what step ${step} printed. Undo back to it and run it again, or start a new run.`;

export const factError = (planned: PlannedStep, problem: FactProblem) =>
  new WrenchbookError('wrong-state', `Step ${planned.number}, "${planned.title}", can't run. ${factWords(problem)}`, factNext(problem));

export const factVerdict = (problem: FactProblem): Verdict => ({
  kind: 'failure',
  rule: 'fact-unread',
  line: '',
  means: `The step could not be proved. ${factWords(problem)}`,
  next: factNext(problem),
  remedies: [],
  noWayBack: false,
});

export const beforeUnread = (title: string): Verdict => ({
  kind: 'failure',
  rule: 'before-unread',
  line: '',
  means: `"${title}" could not be read, so the undo could not restore it. The step was not run, and nothing was changed.`,
  next: 'Read the output in the terminal, fix the cause and run the step again.',
  remedies: [],
  noWayBack: false,
});

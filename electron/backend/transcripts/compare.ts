/** Two runs of one topic, step by step. Nothing is normalised: an address or a time that differs is a difference. */
import { diffLines } from 'diff';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ComparedAspect, ComparedStep, ComparedValue, Comparison, ComparisonRow, LineDiff } from '../../../shared/api/history.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { isUnderWay, type StepState, type Verdict } from '../../../shared/api/run.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunStore } from '../runs/run-store.ts';
import { runSummary } from '../runs/run-view.ts';
import { attemptScreens } from './attempt-screens.ts';

/** Edits looked for before two screens are shown as wholly different: a diff's time grows with the square of
 * these, and terminals are served meanwhile: 500 take about 40 ms a step. */
const mostEdits = 500;

/** Of a transcript, what is compared. */
export type ComparedRun = Pick<Transcript, 'run' | 'summary' | 'screens'>;

/** Reads of its recording only what is shown. Throws `not-found`, `storage`. */
export async function comparedRun(store: RunStore, runId: string): Promise<ComparedRun> {
  const folder = store.folder(runId);
  const run = store.get(runId);
  return {
    run,
    summary: runSummary(store.record(runId), isUnderWay(run.status)),
    screens: await attemptScreens(folder, readJournal(folder).events),
  };
}

/** Pure. Throws `bad-parameters` for runs of different topics. */
export function compareRuns(left: ComparedRun, right: ComparedRun): Comparison {
  if (left.run.topicId !== right.run.topicId)
    throw new WrenchbookError(
      'bad-parameters',
      `These are runs of two procedures: "${left.run.topicTitle}" and "${right.run.topicTitle}".`,
      'Choose two runs of the same procedure.',
    );
  return {
    left: left.summary,
    right: right.summary,
    rows: stepIds(left, right).map((stepId) => compareStep(stepId, left, right)),
    facts: differingValues(factValues(left), factValues(right)),
    parameters: differingValues(parameterValues(left), parameterValues(right)),
  };
}

/** In the left plan's order; steps that only the right one has come after the step they follow there. */
function stepIds(left: ComparedRun, right: ComparedRun): string[] {
  const ids = left.run.plan.map((step) => step.id);
  for (const [index, { id }] of right.run.plan.entries()) {
    if (ids.includes(id)) continue;
    const before = right.run.plan[index - 1]?.id;
    ids.splice(before === undefined ? 0 : ids.indexOf(before) + 1, 0, id);
  }
  return ids;
}

function compareStep(stepId: string, left: ComparedRun, right: ComparedRun): ComparisonRow {
  const [a, b] = [sideOf(stepId, left), sideOf(stepId, right)];
  const verdicts = pairVerdicts(a?.state.verdicts ?? [], b?.state.verdicts ?? []);
  const script = diffOf(scriptOf(a?.planned), scriptOf(b?.planned));
  const screen = diffOf(left.screens[stepId] ?? '', right.screens[stepId] ?? '');
  const differing: [ComparedAspect, boolean][] = [
    ['presence', !a !== !b],
    ['status', a?.state.status !== b?.state.status],
    ['attempts', a?.state.attempts !== b?.state.attempts],
    ['exit status', a?.state.exitStatus !== b?.state.exitStatus],
    [
      'verdicts',
      verdicts.some((pair) => pair.left?.kind !== pair.right?.kind || pair.left?.line !== pair.right?.line || pair.left?.means !== pair.right?.means),
    ],
    ['script', script !== null],
    ['screen', screen !== null],
  ];
  const planned = a?.planned ?? b?.planned;
  return {
    stepId,
    title: planned ? `${planned.number}. ${planned.title}` : stepId,
    left: a && comparedStep(a.state),
    right: b && comparedStep(b.state),
    differs: differing.flatMap(([aspect, differs]) => (differs ? [aspect] : [])),
    verdicts,
    script,
    screen,
  };
}

function sideOf(stepId: string, { run }: ComparedRun): { planned: PlannedStep; state: StepState } | null {
  const planned = run.plan.find((step) => step.id === stepId);
  const state = run.steps.find((step) => step.id === stepId);
  return planned && state ? { planned, state } : null;
}

const comparedStep = ({ status, attempts, exitStatus, skipReason, startedAt, endedAt }: StepState): ComparedStep => ({
  status,
  attempts,
  ms: startedAt !== null && endedAt !== null ? Date.parse(endedAt) - Date.parse(startedAt) : null,
  exitStatus,
  skipReason,
});

const scriptOf = (planned: PlannedStep | undefined) =>
  [planned?.script, planned?.afterwardsScript, planned?.verifyScript].filter((text) => text != null).join('\n');

/** A rule that spoke more than once is paired in order. */
function pairVerdicts(left: readonly Verdict[], right: readonly Verdict[]): ComparisonRow['verdicts'] {
  const rules = [...new Set([...left, ...right].map((verdict) => verdict.rule))];
  return rules.flatMap((rule) => {
    const [a, b] = [left, right].map((verdicts) => verdicts.filter((verdict) => verdict.rule === rule)) as [Verdict[], Verdict[]];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => ({ rule, left: a[index] ?? null, right: b[index] ?? null }));
  });
}

function diffOf(left: string, right: string): LineDiff | null {
  if (left === right) return null;
  // A last line without a break is the same line as one with it.
  const [a, b] = [left, right].map((text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)) as [string, string];
  const changes = diffLines(a, b, { maxEditLength: mostEdits }) ?? [
    { removed: true, added: false, value: a },
    { removed: false, added: true, value: b },
  ];
  return changes
    .filter(({ value }) => value !== '')
    .map(({ added, removed, value }) => ({ side: removed ? 'left' : added ? 'right' : 'both', lines: value.replace(/\n$/, '').split('\n') }));
}

const factValues = ({ run }: ComparedRun) => new Map(run.facts.map((fact) => [fact.title, fact.value]));
const parameterValues = ({ run }: ComparedRun) => new Map(Object.entries(run.parameters).map(([name, value]) => [name, String(value)]));

function differingValues(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): ComparedValue[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => ({ name, left: left.get(name) ?? null, right: right.get(name) ?? null }))
    .filter((value) => value.left !== value.right);
}

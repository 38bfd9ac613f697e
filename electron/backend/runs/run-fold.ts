/** State of a run = fold of its journal. Pure; the only place where events become state. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Fact, RunStatus, StepState } from '../../../shared/api/run.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import { asList, type BegunEdits, beginEdit, beginFile, leaveEdit, noteWritten, showEdits } from './edit-fold.ts';
import type { GoesOn, RunEvent } from './run-event.ts';

type Created = Extract<RunEvent, { type: 'run-created' }>;
/** What was begun and not yet seen to end. */
export type UnderWay = { kind: 'step' | 'undo'; stepId: string } | { kind: 'remedy'; stepId: string; remedyId: string };

export type Keeper = 'tmux' | 'screen' | 'none';

export interface RunRecord {
  created: Created;
  steps: StepState[];
  facts: Fact[];
  /** By machine: what each said of itself last. With one machine only its name is empty. */
  targetFacts: ReadonlyMap<string, TargetFacts>;
  underWay: UnderWay | null;
  promptId: string | null;
  /** Outcome once the run was ended by its last step or by the admin. */
  outcome: 'done' | 'stopped' | null;
  undo: 'none' | 'running' | 'failed' | 'done';
  /** Where an undo of a part stops: the first step that is taken back; null when all are. */
  undoFrom: string | null;
  /** Steps that were taken back and not run again since. */
  takenBack: Set<string>;
  /** By step; gone once they were taken back. */
  edits: BegunEdits;
  /** A step that may still go on on the target, though its end was not seen here. */
  goingOn: { stepId: string; how: GoesOn } | null;
  /** By machine: what holds commands there; `none`: nothing. One that is missing was not asked. */
  keepers: ReadonlyMap<string, Keeper>;
  /** By step: what its proof said before it was first done. Gone once it was taken back. */
  baselines: Map<string, ReadonlySet<string>>;
  /** Steps for which it was read what stood there before. */
  remembered: Set<string>;
  /** By step: what its last attempt ran, as it was shown. */
  ran: Map<string, string>;
  /** What an undo could not take back, in words. */
  remains: string[];
  sessionOpen: boolean;
  consoleOpen: boolean;
  endedAt: string | null;
}

/** Throws TypeError when the first event is not `run-created`. */
export function foldRun(events: readonly RunEvent[]): RunRecord {
  const [created, ...rest] = events;
  if (created?.type !== 'run-created') throw new TypeError('A journal begins with run-created');
  const record: RunRecord = {
    created,
    steps: created.plan.map(newStep),
    facts: [],
    targetFacts: new Map(),
    underWay: null,
    promptId: null,
    outcome: null,
    undo: 'none',
    undoFrom: null,
    takenBack: new Set(),
    edits: new Map(),
    goingOn: null,
    keepers: new Map(),
    baselines: new Map(),
    remembered: new Set(),
    ran: new Map(),
    remains: [],
    sessionOpen: false,
    consoleOpen: false,
    endedAt: null,
  };
  for (const event of rest) apply(record, event);
  return record;
}

/** The record with more events; `record` itself stays what it is, as others may hold it. */
export function extendRecord(record: RunRecord, events: readonly RunEvent[]): RunRecord {
  if (events.length === 0) return record;
  const next: RunRecord = {
    ...record,
    steps: record.steps.map((step) => ({ ...step })),
    takenBack: new Set(record.takenBack),
    edits: new Map([...record.edits].map(([stepId, files]) => [stepId, new Map(files)])),
    baselines: new Map(record.baselines),
    remembered: new Set(record.remembered),
    ran: new Map(record.ran),
  };
  for (const event of events) apply(next, event);
  return next;
}

const newStep = (step: PlannedStep): StepState => ({
  id: step.id,
  status: 'pending',
  attempts: 0,
  startedAt: null,
  endedAt: null,
  exitStatus: null,
  verdicts: [],
  skipReason: null,
  recordingMs: null,
  recordingMarker: null,
  edit: null,
});

function apply(record: RunRecord, event: RunEvent): void {
  const step = 'stepId' in event ? record.steps.find((candidate) => candidate.id === event.stepId) : undefined;
  switch (event.type) {
    case 'session-opened':
      record.sessionOpen = true;
      break;
    case 'session-ended':
      record.sessionOpen = false;
      record.promptId = null;
      break;
    case 'facts-read':
      record.targetFacts = new Map([...record.targetFacts, [event.machine ?? '', event.facts]]);
      break;
    case 'console-opened':
      record.consoleOpen = true;
      break;
    case 'console-closed':
      record.consoleOpen = false;
      record.promptId = null;
      break;
    case 'step-started':
      record.underWay = { kind: 'step', stepId: event.stepId };
      record.takenBack.delete(event.stepId);
      record.goingOn = event.goesOn ? { stepId: event.stepId, how: event.goesOn } : null;
      if (event.script !== null && !event.part) record.ran.set(event.stepId, event.script);
      if (event.part === 'write' && step) beginEdit(step, record.edits);
      if (step)
        Object.assign(step, {
          status: 'running',
          attempts: event.attempt,
          startedAt: event.at,
          endedAt: null,
          exitStatus: null,
          verdicts: [],
          skipReason: null,
          recordingMs: event.recordingMs,
          recordingMarker: event.recordingMarker,
        });
      break;
    case 'edit-shown':
      endUnderWay(record);
      if (step) showEdits(step, asList(event, record.created.plan.find(({ id }) => id === step.id)?.edit?.file ?? event.place), record.edits);
      break;
    case 'edits-shown':
      endUnderWay(record);
      if (step) showEdits(step, event, record.edits);
      break;
    case 'file-backed-up':
      beginFile(step, event, record.edits);
      break;
    case 'file-written':
      noteWritten(step, event);
      break;
    case 'file-restored':
      record.edits.get(event.stepId)?.delete(event.name);
      break;
    case 'prompt-shown':
      record.promptId = event.promptId;
      break;
    case 'prompt-answered':
      record.promptId = null;
      break;
    case 'fact-saved':
      if (event.before) record.remembered.add(event.stepId);
      record.facts = [...record.facts.filter((fact) => fact.id !== event.id), { id: event.id, title: event.title, value: event.value }];
      break;
    case 'keeper-looked':
      record.keepers = new Map([...record.keepers, [event.machine ?? '', event.by ?? 'none']]);
      break;
    case 'step-rejoined':
      record.underWay = { kind: 'step', stepId: event.stepId };
      if (step) Object.assign(step, { status: 'running', endedAt: null, recordingMs: event.recordingMs, recordingMarker: event.recordingMarker });
      break;
    case 'step-gone':
      record.goingOn = null;
      break;
    case 'step-ended':
      endUnderWay(record);
      record.goingOn = null;
      if (step) Object.assign(step, { status: event.ok ? 'done' : 'failed', endedAt: event.at, exitStatus: event.exitStatus, verdicts: event.verdicts });
      leaveEdit(step);
      break;
    case 'baseline-seen':
      record.baselines.set(event.stepId, new Set(event.lines));
      break;
    case 'step-interrupted':
      endUnderWay(record);
      if (step && step.status !== 'undone') Object.assign(step, { status: step.status === 'running' ? 'interrupted' : step.status, endedAt: event.at });
      break;
    case 'step-skipped':
      if (step) Object.assign(step, { status: 'skipped', skipReason: event.reason, endedAt: event.at });
      leaveEdit(step);
      break;
    case 'remedy-started':
      record.underWay = { kind: 'remedy', stepId: event.stepId, remedyId: event.remedyId };
      break;
    case 'remedy-ended':
      endUnderWay(record);
      if (event.ok) startAgainFrom(record, event.again);
      else if (step) step.verdicts = [...event.verdicts, ...step.verdicts];
      break;
    case 'undo-started':
      record.undo = 'running';
      record.undoFrom = event.from;
      break;
    case 'step-undo-started':
      record.underWay = { kind: 'undo', stepId: event.stepId };
      break;
    case 'step-undone':
      endUnderWay(record);
      if (!event.ok || !step) break;
      step.status = 'undone';
      step.edit = null;
      record.takenBack.add(step.id);
      record.edits.delete(step.id);
      record.baselines.delete(step.id);
      record.remembered.delete(step.id);
      record.ran.delete(step.id);
      break;
    case 'undo-ended':
      endUndo(record, event);
      break;
    case 'run-ended':
      record.outcome = event.outcome;
      record.endedAt = event.at;
      break;
    case 'run-created':
    case 'hop-entered':
    case 'hop-left':
    case 'ctrl-c':
    case 'note':
      break;
  }
}

function endUnderWay(record: RunRecord): void {
  record.underWay = null;
  record.promptId = null;
}

/** After the undo of a part the run stands before the first step that was taken back, and can go on. */
function endUndo(record: RunRecord, event: Extract<RunEvent, { type: 'undo-ended' }>): void {
  record.remains = event.remains;
  if (event.ok && record.undoFrom !== null) {
    record.undo = 'none';
    record.outcome = null;
    record.endedAt = null;
    startAgainFrom(record, record.undoFrom);
    return;
  }
  record.undo = event.ok ? 'done' : 'failed';
  // What was done and is half taken back is not done any more.
  record.outcome = event.ok ? record.outcome : null;
  record.endedAt = event.ok ? event.at : null;
}

/** A remedy sends the run back: the named step and all after it are to be done (again). */
function startAgainFrom(record: RunRecord, stepId: string): void {
  const from = record.steps.findIndex((step) => step.id === stepId);
  for (const step of record.steps.slice(Math.max(0, from))) {
    if (step.status !== 'pending') Object.assign(step, { status: 'pending', verdicts: [], exitStatus: null, skipReason: null });
    // What was shown may be another by now.
    step.edit = null;
  }
}

/** The step that runs or comes next; null when none is left. */
export const currentStep = (record: RunRecord): StepState | null =>
  record.undo === 'done' ? null : (record.steps.find((step) => step.status !== 'done' && step.status !== 'skipped' && step.status !== 'undone') ?? null);

/** `live` says whether something of the run is going on now: if not, what is running was interrupted. */
export function runStatus(record: RunRecord, live: boolean): RunStatus {
  if (live) return record.promptId === null ? 'running' : 'asks';
  if (record.underWay) return 'interrupted';
  if (record.undo === 'done') return 'undone';
  if (record.undo === 'running') return 'interrupted';
  if (record.outcome) return record.outcome;
  if (record.undo === 'failed') return 'failed';
  const current = currentStep(record);
  if (current?.status === 'interrupted') return 'interrupted';
  if (current?.status !== 'failed') return 'waiting';
  return isDeadEnd(current) ? 'dead-end' : 'failed';
}

const isDeadEnd = ({ status, verdicts }: StepState) => status === 'failed' && verdicts.some(({ noWayBack }) => noWayBack);

/** What must be kept in mind now, e.g. that power must stay; null when there is nothing, or nothing is left to be lost. */
export function holdOf(record: RunRecord): string | null {
  if (record.undo === 'done' || record.outcome) return null;
  const plan = record.created.plan;
  const current = currentStep(record);
  if (current && isDeadEnd(current)) return null;
  const index = record.steps.findIndex((step) => step.id === current?.id);
  const here = plan[index]?.hold ?? null;
  if (current?.status !== 'pending') return here;
  return here === null ? null : (plan[index - 1]?.hold ?? null);
}

/** A run as the window and the terminal command see it: the fold of its journal. */
import { z } from 'zod';
import { stepEdit } from './edit.ts';
import { errorCode } from './error.ts';
import { linkState } from './link.ts';
import { runMachine } from './machine.ts';
import { picture } from './picture.ts';
import { plannedPrompt, plannedStep } from './plan.ts';
import { targetFacts } from './target.ts';
import { dangerLevel, parameterValues, targetRef } from './topic.ts';

export const runId = z
  .string()
  .regex(/^\d{8}-\d{6}-[a-z0-9-]{1,80}$/, 'This is not the ID of a run, such as 20260101-120000-web1. The list of runs has them.')
  .max(100);

export const verdictKind = z.enum(['expected', 'harmless', 'warning', 'failure']);
export type VerdictKind = z.infer<typeof verdictKind>;

export const verdict = z.object({
  kind: verdictKind,
  /** Which rule said so; stable, so that transcripts can be compared. */
  rule: z.string(),
  /** The line that was seen; empty where something expected was missing. */
  line: z.string(),
  means: z.string(),
  next: z.string(),
  remedies: z.array(z.string()),
  noWayBack: z.boolean(),
});
export type Verdict = z.infer<typeof verdict>;

export const stepStatus = z.enum(['pending', 'running', 'done', 'failed', 'interrupted', 'skipped', 'undone']);
export type StepStatus = z.infer<typeof stepStatus>;

export const stepState = z.object({
  id: z.string(),
  status: stepStatus,
  attempts: z.number().int(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  exitStatus: z.number().nullable(),
  verdicts: z.array(verdict),
  skipReason: z.string().nullable(),
  /** Moment in the recording, in milliseconds from its start, where the last attempt began. */
  recordingMs: z.number().nullable(),
  /** Which marker of the recording that moment is, counted from 0: players that cut pauses can still jump to it. */
  recordingMarker: z.number().int().nullable(),
  /** Of a step that edits a file: the change that was shown last. */
  edit: stepEdit.nullable(),
});
export type StepState = z.infer<typeof stepState>;

export const runStatus = z.enum([
  'waiting', // the next step waits for the admin
  'running', // a step, remedy or undo is running
  'asks', // so it is, and what runs waits for an answer
  'failed', // stopped by a failure with a way on
  'dead-end', // stopped by a failure without one
  'interrupted', // a step began and its end was never seen
  'stopped', // ended by the admin
  'done', // every step done and verified
  'undone', // walked back
]);
export type RunStatus = z.infer<typeof runStatus>;
/** Something runs: nothing else can be done with the run, but to answer it or stop it. */
export const isUnderWay = (status: RunStatus): boolean => status === 'running' || status === 'asks';

export const fact = z.object({ id: z.string(), title: z.string(), value: z.string() });
export type Fact = z.infer<typeof fact>;

/** Something the admin can do now. The window draws these; it never works out for itself what is allowed. */
export const offer = z.object({
  /** `rejoin`: looks what became of a step that may still go on on the target; nothing is run again by it. */
  action: z.enum(['advance', 'retry', 'rejoin', 'skip', 'remedy', 'undo', 'stop']),
  /** Step or remedy it is about; empty for undo and stop. */
  id: z.string(),
  title: z.string(),
  explanation: z.string(),
  script: z.string().nullable(),
  /** Where that runs, where it may be another machine than the step's. */
  on: z.string().optional(),
  /** The admin types the script on a machine that Wrenchbook does not reach; what it printed there is given with the offer. */
  wantsOutput: z.literal(true).optional(),
  /** The change of a file that it writes, as a unified diff; `shown` says which one it is when the offer is taken. */
  change: z.object({ diff: z.string(), shown: z.string() }).nullable(),
  /** `type` has to be typed: compared with, never printed beside the field. `where`: where it can be read. */
  confirm: z.object({ object: z.string(), type: z.string(), ask: z.string(), where: z.string().optional() }).nullable(),
  /** What taking it does. */
  danger: dangerLevel,
});
export type Offer = z.infer<typeof offer>;

export const runState = z.object({
  runId,
  topicId: z.string(),
  topicTitle: z.string(),
  target: targetRef,
  targetLabel: z.string(),
  /** Of a procedure with several machines: those that take part, and what each said of itself when it was reached last. The first is the target. */
  machines: z.array(runMachine.extend({ facts: targetFacts.nullable() })).optional(),
  rehearsal: z.boolean(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  status: runStatus,
  parameters: parameterValues,
  plan: z.array(plannedStep),
  steps: z.array(stepState),
  /** Step that is running or comes next; null when the run has ended. */
  current: z.string().nullable(),
  facts: z.array(fact),
  /** What the target said of itself when it was reached last; null before that, and in the lab. */
  targetFacts: targetFacts.nullable(),
  /** What the procedure draws of what is known so far. */
  pictures: z.array(picture),
  prompt: plannedPrompt.nullable(),
  offers: z.array(offer),
  hold: z.string().nullable(),
  /** One sentence on where the run stands and what comes next. */
  says: z.string(),
  /** Why the last action did not come about, e.g. a full disk; gone with the next one. Not part of the record. */
  trouble: z.object({ code: errorCode, message: z.string(), next: z.string() }).nullable(),
  sessionOpen: z.boolean(),
  /** Null while the way to the target stands, or is not needed. */
  link: linkState.nullable(),
  /** Secret parameters whose values are not in memory any more; nothing is run before they are given again. */
  missingSecrets: z.array(z.object({ name: z.string(), label: z.string() })),
});
export type RunState = z.infer<typeof runState>;

export const runSummary = runState
  .pick({ runId: true, topicId: true, topicTitle: true, targetLabel: true, rehearsal: true, createdAt: true, endedAt: true, status: true, says: true })
  .extend({
    stepsDone: z.number(),
    stepsTotal: z.number(),
    /** Of a fleet run: how many hosts it has, and how many of them are done, failed and so on. Its steps count hosts then. */
    fleet: z.object({ hosts: z.number().int(), counts: z.record(z.string(), z.number().int()) }).optional(),
  });
export type RunSummary = z.infer<typeof runSummary>;

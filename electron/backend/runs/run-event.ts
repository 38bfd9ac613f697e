/**
 * What a run's journal is made of. State is the fold of these events and nothing else (run-fold.ts). The format is
 * documented in docs/journal-format.md; `v` goes up when a reader of the old form would misunderstand the new one.
 */
import { z } from 'zod';
import { fileBefore, shownEdits, shownFile } from '../../../shared/api/edit.ts';
import { runMachine } from '../../../shared/api/machine.ts';
import { inputFile, plannedStep } from '../../../shared/api/plan.ts';
import { runId, verdict } from '../../../shared/api/run.ts';
import { targetFacts } from '../../../shared/api/target.ts';
import { parameterValues, targetRef } from '../../../shared/api/topic.ts';

export const journalVersion = 1;

/** Where the recording stood, so that cutting or editing it shows. `sha256` is over the file's first `bytes` bytes. */
const recordingMark = z.object({ bytes: z.number(), sha256: z.string(), ms: z.number() });
export type RecordingMark = z.infer<typeof recordingMark>;

/** When it began in the recording: milliseconds, and which of its markers (from 0). */
const moment = { recordingMs: z.number(), recordingMarker: z.number().int() };
const stepId = z.string();
/** What may go on on the target when the end of a step is not seen, and how it is found again. */
const goesOn = z.discriminatedUnion('by', [
  /** In this folder there, its user's alone. */
  z.object({ by: z.enum(['tmux', 'screen']), folder: z.string() }),
  /** It restarts; `boot` names the time since its last start. */
  z.object({ by: z.literal('restart'), boot: z.string() }),
]);
export type GoesOn = z.infer<typeof goesOn>;
export const runEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-created'),
    runId,
    topicId: z.string(),
    topicVersion: z.number(),
    topicTitle: z.string(),
    target: targetRef,
    targetLabel: z.string(),
    /** Of a procedure with several machines: those that take part; `target` is the first of them. */
    machines: z.array(runMachine).optional(),
    rehearsal: z.boolean(),
    parameters: parameterValues,
    plan: z.array(plannedStep),
    inputs: z.array(inputFile),
    by: z.object({ wrenchbook: z.string(), host: z.string(), platform: z.string(), user: z.string() }),
  }),
  z.object({ type: z.literal('session-opened'), shell: z.string(), uid: z.number(), system: z.string() }),
  z.object({ type: z.literal('session-ended'), how: z.enum(['left', 'lost']), detail: z.string() }),
  /** From here on scripts run behind this hop, as this user; `hop-left`: in front of it again. */
  z.object({ type: z.literal('hop-entered'), name: z.string(), uid: z.number(), system: z.string() }),
  z.object({ type: z.literal('hop-left'), name: z.string() }),
  /** What the target, or one of several machines, said of itself when it was reached. */
  z.object({ type: z.literal('facts-read'), machine: z.string().optional(), facts: targetFacts }),
  /** The target's console: the way there, and what speaks at its other end. */
  z.object({ type: z.literal('console-opened'), name: z.string(), dialect: z.string() }),
  z.object({ type: z.literal('console-closed'), name: z.string(), how: z.enum(['left', 'lost']), detail: z.string() }),
  z.object({
    type: z.literal('step-started'),
    stepId,
    attempt: z.number(),
    script: z.string().nullable(),
    confirmation: z.string().nullable(),
    /** Of a step that edits a file: which of its two parts. */
    part: z.enum(['show', 'write']).optional(),
    goesOn: goesOn.optional(),
    /** Why it was begun again without anybody's word. */
    because: z.string().optional(),
    /** Somebody typed it on a machine that is not reached, and brought so many characters of output. */
    brought: z.number().int().optional(),
    ...moment,
  }),
  /** Of a step with one file, in journals of earlier versions. */
  z.object({
    type: z.literal('edit-shown'),
    stepId,
    ...shownFile.omit({ file: true }).shape,
    diff: z.string(),
    again: z.boolean(),
    recording: recordingMark,
  }),
  /** The files were read; the step now waits for the admin to write what is shown. */
  z.object({ type: z.literal('edits-shown'), stepId, ...shownEdits.shape, recording: recordingMark }),
  /**
   * Before anything of this file is written. `place` is where the target keeps it; `notKept`: why the run's folder has no copy. `name`: which
   * file it is; missing in journals of earlier versions, of steps with one file.
   */
  z.object({ type: z.literal('file-backed-up'), stepId, name: z.string().optional(), place: z.string(), file: fileBefore, notKept: z.string().nullable() }),
  /** It was read back, and is as it should be. */
  z.object({ type: z.literal('file-written'), stepId, name: z.string().optional(), sha256: z.string() }),
  /** One of several files was put back; the step is taken back when all are. */
  z.object({ type: z.literal('file-restored'), stepId, name: z.string() }),
  z.object({ type: z.literal('prompt-shown'), stepId, promptId: z.string() }),
  z.object({ type: z.literal('prompt-answered'), stepId, promptId: z.string(), value: z.string().nullable() }),
  /** `before`: read before the step was first done, and kept until it is undone. */
  z.object({ type: z.literal('fact-saved'), stepId, id: z.string(), title: z.string(), value: z.string(), before: z.literal(true).optional() }),
  z.object({ type: z.literal('step-ended'), stepId, ok: z.boolean(), exitStatus: z.number().nullable(), verdicts: z.array(verdict), recording: recordingMark }),
  /** What the step's proof says before the step, as far as it could be held against it. Each line trimmed. */
  z.object({ type: z.literal('baseline-seen'), stepId, lines: z.array(z.string()) }),
  z.object({ type: z.literal('step-interrupted'), stepId, reason: z.string() }),
  z.object({ type: z.literal('step-skipped'), stepId, reason: z.string() }),
  /** What can hold commands on the target when the link is lost; null: nothing, so that a lost link ends them. */
  z.object({ type: z.literal('keeper-looked'), machine: z.string().optional(), by: z.enum(['tmux', 'screen']).nullable() }),
  /** The link is back, and the step goes on: it was not begun again. */
  z.object({ type: z.literal('step-rejoined'), stepId, ...moment }),
  /** It does not go on on the target any more, and how it ended was not seen. */
  z.object({ type: z.literal('step-gone'), stepId, because: z.string() }),
  z.object({
    type: z.literal('remedy-started'),
    remedyId: z.string(),
    title: z.string(),
    stepId,
    /** Which of several machines it is for. */
    on: z.string().optional(),
    script: z.string().nullable(),
    confirmation: z.string().nullable(),
    ...moment,
  }),
  z.object({
    type: z.literal('remedy-ended'),
    remedyId: z.string(),
    stepId,
    ok: z.boolean(),
    exitStatus: z.number().nullable(),
    verdicts: z.array(verdict),
    again: z.string(),
    recording: recordingMark,
  }),
  /** `from`: only the steps from this one on; null: all. */
  z.object({ type: z.literal('undo-started'), steps: z.array(stepId), from: stepId.nullable().default(null) }),
  /** `script` is null where a file is restored. */
  z.object({ type: z.literal('step-undo-started'), stepId, script: z.string().nullable(), ...moment }),
  /** `because`: why a file could not be restored. */
  z.object({
    type: z.literal('step-undone'),
    stepId,
    ok: z.boolean(),
    exitStatus: z.number(),
    because: z.string().optional(),
    verdicts: z.array(verdict).optional(),
    recording: recordingMark,
  }),
  z.object({ type: z.literal('undo-ended'), ok: z.boolean(), remains: z.array(z.string()) }),
  z.object({ type: z.literal('ctrl-c'), stepId: z.string().nullable() }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('run-ended'), outcome: z.enum(['done', 'stopped']) }),
]);
export type RunEventBody = z.infer<typeof runEventBody>;

/**
 * Around every event: version, place in the journal, UTC time, SHA-256 of the line before (64 zeros for the first), and how
 * many secrets were masked in it.
 */
export const runEventHead = z.object({
  v: z.literal(journalVersion),
  seq: z.number().int(),
  at: z.string(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  masked: z.number().int().positive().optional(),
  /** Public key of who wrote it (raw, base64), and the signature; records of earlier versions have none. */
  key: z.string().optional(),
  sig: z.string().optional(),
});
export type RunEvent = RunEventBody & z.infer<typeof runEventHead>;

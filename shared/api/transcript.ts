/** What a transcript holds and how it can be handed on. */
import { z } from 'zod';
import { fleetRunId } from './fleet.ts';
import { runId, runState, runSummary, verdict } from './run.ts';

export const exportFormat = z.enum(['md', 'html', 'cast', 'txt', 'json', 'sudo', 'bundle']);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Names one export for its progress and its cancelling; the caller chooses it. */
export const exportId = z.string().min(1).max(64);

/** One line of the operator record: who did or saw what, when. Derived from the journal. */
export const transcriptEntry = z.object({
  seq: z.number(),
  at: z.string(),
  stepId: z.string().nullable(),
  text: z.string(),
  /** What ran, where it is not what the plan says: a fix, an undo. */
  script: z.string().nullable(),
  /** What was concluded from the output. */
  verdicts: z.array(verdict),
});
export type TranscriptEntry = z.infer<typeof transcriptEntry>;

export const transcript = z.object({
  run: runState,
  summary: runSummary,
  entries: z.array(transcriptEntry),
  /** Length of the recording in milliseconds and bytes of terminal output. */
  recording: z.object({ ms: z.number(), bytes: z.number() }),
  /** What each step's terminal showed, cursor movement resolved; cut at 64 KiB a step with a note. */
  screens: z.record(z.string(), z.string()),
});
export type Transcript = z.infer<typeof transcript>;

export const verification = z.object({
  ok: z.boolean(),
  /** What does not fit, a sentence each. */
  findings: z.array(z.string()),
  /** What is wrong with the ledger of this data folder. The run's own record may be fine anyway. */
  ledgerFindings: z.array(z.string()),
  events: z.number(),
  /** Whose signature stands under it and over how many events; null where none does yet (the run was never left). */
  signed: z.object({ at: z.string(), fingerprint: z.string(), events: z.number() }).nullable(),
  /** Bytes at the recording's end that nothing vouches for: Wrenchbook was ended before it could seal them. */
  unvouched: z.number().int(),
  /** What the ledger of this data folder knows of the run, as a sentence; null where it was not asked. */
  ledger: z.string().nullable(),
});
export type Verification = z.infer<typeof verification>;
/** Of a bundle: which run it says it holds, and whether that is one on one machine or a fleet run; null where its list can't be read. */
export const bundleVerification = verification.extend({
  runId: z.union([runId, fleetRunId]).nullable(),
  kind: z.enum(['run', 'fleet']).nullable(),
});

/** A name or an address, and what stands for it in an export for outside. */
export const outsideReplacement = z.object({
  kind: z.enum(['host', 'user', 'ipv4', 'ipv6', 'mac']),
  from: z.string(),
  to: z.string(),
  count: z.number().int(),
});
export type OutsideReplacement = z.infer<typeof outsideReplacement>;

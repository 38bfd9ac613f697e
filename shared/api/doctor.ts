/** What the doctor says of a machine: one finding for each procedure that could be about it, and the record that is kept of a check-up. */
import { z } from 'zod';
import { probeResult } from './probe.ts';
import { runStatus } from './run.ts';
import { targetFacts } from './target.ts';
import { chosenTarget, topicId } from './topic.ts';

export const doctorRequest = z.object({
  target: chosenTarget,
  category: z.string().max(100).optional(),
  /** Also what only root can read. */
  deep: z.boolean().optional(),
});
export type DoctorRequest = z.infer<typeof doctorRequest>;

export const findingVerdict = z.enum(['affected', 'not-affected', 'already-fixed', 'unknown', 'elsewhere', 'not-looked']);
export const findingId = z.string().regex(/^[0-9a-f]{12}$/, 'A finding has an id such as 3f9a0c2b71de');

export const doctorFinding = z.object({
  topicId,
  title: z.string(),
  category: z.string(),
  /** `elsewhere`: the procedure is for other systems; `not-looked`: nobody could look, and why is in `because`. */
  verdict: findingVerdict,
  because: z.string(),
  next: z.string(),
  findings: probeResult.shape.findings,
  /** What its form should say, by what was seen. */
  proposes: probeResult.shape.proposes,
});
export type DoctorFinding = z.infer<typeof doctorFinding>;
/** In this order, what asks for something first; `elsewhere` is only counted. */
export const doctorGroups = [
  ['affected', 'Applies here'],
  ['unknown', 'Could not tell'],
  ['not-looked', 'Could not look'],
  ['already-fixed', 'Already done here'],
  ['not-affected', 'Does not apply here'],
] as const satisfies readonly (readonly [DoctorFinding['verdict'], string])[];

/** The same finding has the same id in every check-up of a machine: topic, machine and what was found, without the words about it. */
export const identifiedFinding = doctorFinding.extend({ id: findingId });
export type IdentifiedFinding = z.infer<typeof identifiedFinding>;

export const ignoreReason = z
  .string()
  .trim()
  .min(3, 'Say why, in a few words')
  .max(500)
  .regex(/^\P{Cc}*$/u, 'Use one line of plain text');
/** "Not here, because …": it holds for as long as the same is found. */
export const ignoredFinding = z.object({
  id: findingId,
  /** The machine, as `placeKey` has it. */
  place: z.string(),
  topicId,
  title: z.string(),
  because: ignoreReason,
  since: z.string(),
  by: z.string(),
});
export type IgnoredFinding = z.infer<typeof ignoredFinding>;

export const checkUpId = z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{8}-[0-9a-f]{4}$/, 'A check-up has an id such as 20261130-212501-1f2e3d4c-ab12');

const comparedFinding = z.object({ id: findingId, topicId, title: z.string(), because: z.string() });
export type ComparedFinding = z.infer<typeof comparedFinding>;
/** Beside the last check-up of the same machine that looked at the same. */
export const checkUpComparison = z.object({
  checkUpId,
  at: z.string(),
  /** Applies now and did not then. `because` is what is said now; in the others, what was said then. */
  fresh: z.array(comparedFinding),
  /** Applied then, and does not now. */
  gone: z.array(comparedFinding),
  /** Applied then; now nobody could look or tell. */
  unclear: z.array(comparedFinding),
});
export type CheckUpComparison = z.infer<typeof checkUpComparison>;

/** Of a run that was done on the machine, looked at again with the run's own values. */
export const driftFinding = z.object({
  runId: z.string(),
  topicId,
  title: z.string(),
  endedAt: z.string(),
  /** `stands`: still as it was set up; `drifted`: the trouble is there again; `open`: nobody could tell. */
  verdict: z.enum(['stands', 'drifted', 'open']),
  because: z.string(),
});
export type DriftFinding = z.infer<typeof driftFinding>;
export const driftGroups = [
  ['drifted', 'Changed since it was set up'],
  ['open', 'Could not tell whether it changed'],
  ['stands', 'As it was set up'],
] as const satisfies readonly (readonly [DriftFinding['verdict'], string])[];

export const runThere = z.object({
  runId: z.string(),
  topicId: z.string(),
  topicTitle: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  status: runStatus,
  says: z.string(),
});
export type RunThere = z.infer<typeof runThere>;

const checkUpHead = z.object({
  id: checkUpId,
  /** When it ended, and how long the look took in seconds. */
  at: z.string(),
  seconds: z.number().nonnegative(),
  /** The machine, as `placeKey` has it, and what it was called. */
  place: z.string(),
  name: z.string(),
  by: z.object({ wrenchbook: z.string(), host: z.string(), user: z.string() }),
  deep: z.boolean(),
  /** Null: all categories. */
  category: z.string().nullable(),
});
export const checkUpSummary = checkUpHead.pick({ id: true, at: true, deep: true, category: true }).extend({ affected: z.number().int() });
export type CheckUpSummary = z.infer<typeof checkUpSummary>;

export const checkUp = checkUpHead.extend({
  facts: targetFacts.nullable(),
  findings: z.array(identifiedFinding),
  /** Those of `findings` that are ignored. */
  ignored: z.array(ignoredFinding),
  drift: z.array(driftFinding),
  /** Runs on the machine, the newest first. */
  runs: z.array(runThere),
  since: checkUpComparison.nullable(),
  /** Why it was not compared; empty where it was. */
  notCompared: z.string(),
});
export type CheckUp = z.infer<typeof checkUp>;

/** `trouble`: why it was not kept; empty where it was. */
export const checkUpAnswer = z.object({ checkUp, trouble: z.string() });

export const machinePage = z.object({
  place: z.string(),
  name: z.string(),
  facts: targetFacts.nullable(),
  /** The last one that is kept and intact. */
  checkUp: checkUp.nullable(),
  /** The newest first. */
  checkUps: z.array(checkUpSummary),
  /** What is wrong with those that can't be shown. */
  troubles: z.array(z.string()),
  runs: z.array(runThere),
  /** All that is ignored on this machine, also what the last check-up did not find. */
  ignored: z.array(ignoredFinding),
});
export type MachinePage = z.infer<typeof machinePage>;

export const checkUpFormat = z.enum(['md', 'html', 'txt', 'json', 'cast', 'sudo', 'signed']);
export type CheckUpFormat = z.infer<typeof checkUpFormat>;

/** Whose signature a check-up's record has, and what is wrong with it. */
export const checkUpVerification = z.object({
  checkUpId: z.string().nullable(),
  fingerprint: z.string(),
  findings: z.array(z.string()),
});
export type CheckUpVerification = z.infer<typeof checkUpVerification>;

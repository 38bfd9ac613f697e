/** A log of a machine that is followed: what of it, and which known symptoms have appeared since. */
import { z } from 'zod';
import { trialId, trouble } from './target.ts';
import { chosenTarget, topicId } from './topic.ts';

export const logFile = z
  .string()
  .trim()
  .max(1000)
  .regex(/^\/\P{Cc}+$/u, 'Give the whole path of a log, such as /var/log/syslog');
export const unitName = z
  .string()
  .trim()
  .regex(/^(?!-)[\w.@:\\-]{1,255}$/, 'Give the name of a unit, such as named.service');
export const watchedLog = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file: logFile }),
  /** Its journal. */
  z.object({ kind: z.literal('unit'), unit: unitName }),
]);
export type WatchedLog = z.infer<typeof watchedLog>;
export const watchedText = (log: WatchedLog): string => (log.kind === 'file' ? log.file : `the journal of ${log.unit}`);

export const watchRequest = z.object({
  target: chosenTarget,
  log: watchedLog,
  /** As root. */
  deep: z.boolean().optional(),
});

export const seenSymptom = z.object({
  topicId,
  title: z.string(),
  /** The symptom, as its procedure says it. */
  because: z.string(),
  /** Values in the line that fill fields of the procedure's form. */
  captured: z.record(z.string(), z.string()),
  line: z.string(),
  at: z.string(),
});
export type SeenSymptom = z.infer<typeof seenSymptom>;

export const watchState = z.object({
  /** That of the trial whose session it is, with its terminal. */
  watchId: trialId,
  target: chosenTarget,
  targetName: z.string(),
  log: watchedLog,
  /** `starting`: on the way there; `stopped`: by somebody; `ended`: by itself, and why is in `trouble`. */
  status: z.enum(['starting', 'watching', 'stopped', 'ended']),
  trouble: trouble.nullable(),
  since: z.string(),
  /** Once for each procedure, the newest first. */
  seen: z.array(seenSymptom),
  /** What cannot be seen there, although it is watched; empty where nothing is known. */
  blind: z.string(),
});
export type WatchState = z.infer<typeof watchState>;

/** What the doctor says of a machine: one finding for each procedure that could be about it. */
import { z } from 'zod';
import { probeResult } from './probe.ts';
import { chosenTarget, topicId } from './topic.ts';

export const doctorRequest = z.object({
  target: chosenTarget,
  category: z.string().max(100).optional(),
  /** Also what only root can read. */
  deep: z.boolean().optional(),
});
export type DoctorRequest = z.infer<typeof doctorRequest>;

export const doctorFinding = z.object({
  topicId,
  title: z.string(),
  category: z.string(),
  /** `elsewhere`: the procedure is for other systems; `not-looked`: nobody could look, and why is in `because`. */
  verdict: z.enum(['affected', 'not-affected', 'already-fixed', 'unknown', 'elsewhere', 'not-looked']),
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
export const doctorFindings = z.object({ findings: z.array(doctorFinding) });

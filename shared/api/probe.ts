/** Whether a procedure applies to a target, and what speaks for and against it. */
import { z } from 'zod';

export const probeVerdict = z.enum(['affected', 'not-affected', 'already-fixed', 'unknown']);
export type ProbeVerdict = z.infer<typeof probeVerdict>;

export const probeFinding = z.object({
  label: z.string(),
  /** As it was read; empty where it could not be. */
  value: z.string(),
  /** What that means, in plain words. */
  means: z.string(),
  /** Whether it speaks for the trouble being there. */
  speaks: z.enum(['for', 'against', 'neither']),
});
export type ProbeFinding = z.infer<typeof probeFinding>;

/** A value that a field of the form should have, by what was seen. */
export const probeProposal = z.object({ field: z.string(), value: z.string(), because: z.string() });
export type ProbeProposal = z.infer<typeof probeProposal>;

export const probeResult = z.object({
  verdict: probeVerdict,
  because: z.string(),
  next: z.string(),
  findings: z.array(probeFinding),
  proposes: z.array(probeProposal),
});
export type ProbeResult = z.infer<typeof probeResult>;

export const probeVerdictTitles: Record<ProbeVerdict, string> = {
  affected: 'It applies here',
  'not-affected': 'It does not apply here',
  'already-fixed': 'Already done here',
  unknown: 'Unknown',
};

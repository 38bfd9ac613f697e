/** The way to the target while it is gone: what is done about it, for as long as that lasts. */
import { z } from 'zod';

export const linkState = z.object({
  /** `lost`: without being asked to. `restarting`: the target is expected to go away and to come back. */
  kind: z.enum(['lost', 'restarting']),
  /** UTC times, ISO 8601. */
  since: z.string(),
  /** When the next try begins; null while one is running. */
  nextTryAt: z.string().nullable(),
  /** When waiting ends by itself; null where it is the tries that are counted. */
  until: z.string().nullable(),
  tries: z.number().int(),
  /** What was lost, what that means for the step, and what is awaited. */
  says: z.string(),
});
export type LinkState = z.infer<typeof linkState>;

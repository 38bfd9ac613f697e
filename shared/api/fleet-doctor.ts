/** A check-up of many hosts: what the checks of all procedures say of each. */
import { z } from 'zod';
import { findingVerdict } from './doctor.ts';

/** What a check-up calls itself in a fleet's record: the topic of its playbook. */
export const checkUpTopic = 'check-up';

export const fleetFinding = z.object({ topicId: z.string(), verdict: findingVerdict, because: z.string(), next: z.string() });
export type FleetFinding = z.infer<typeof fleetFinding>;
export const fleetFindings = z.object({
  /** Without procedures that are for other systems than all of the hosts. */
  topics: z.array(z.object({ id: z.string(), title: z.string(), category: z.string() })),
  /** One finding a topic, in their order. `looked`: it was reached and said what it is; else all is unknown, for one reason. */
  hosts: z.array(z.object({ name: z.string(), looked: z.boolean(), findings: z.array(fleetFinding) })),
  /** Hosts of which the same is said, the largest group first. */
  groups: z.array(z.object({ hosts: z.array(z.string()), verdicts: z.array(fleetFinding.pick({ topicId: true, verdict: true })) })),
});
export type FleetFindings = z.infer<typeof fleetFindings>;

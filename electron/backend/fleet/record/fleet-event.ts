/** One line of a fleet run's journal. Versioned; fields are only ever added. */
import { z } from 'zod';
import { attemptKind, fleetStep } from '../../../../shared/api/fleet.ts';
import { ansibleEvent } from './ansible-event.ts';

/** Goes up when a reader of the old form would misunderstand the new one. */
export const fleetJournalVersion = 1;
export const fleetEventHead = z.object({
  v: z.literal(fleetJournalVersion),
  seq: z.number().int(),
  at: z.string(),
  /** SHA-256 of the line before, hex; 64 zeros for the first. */
  prev: z.string(),
  masked: z.number().int().optional(),
  key: z.string(),
  sig: z.string(),
});
const attempt = z.number().int();
/** `rest`: hosts whose turn did not come, as a whole batch was out of reach; `late`: those that were out of reach, once more. */
const followUp = z.enum(['rest', 'late']);
export type FollowUp = z.infer<typeof followUp>;

export const fleetEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('fleet-created'),
    runId: z.string(),
    topicId: z.string(),
    title: z.string(),
    version: z.string(),
    steps: z.array(fleetStep),
    hosts: z.array(z.object({ name: z.string(), role: z.string(), from: z.string() })),
    secrets: z.array(z.string()),
    /** Every file of the playbook as it runs, the inventory too. */
    files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
    wrenchbook: z.string(),
  }),
  /** Before Ansible is started. `hosts`: those it is limited to. `follows`: it was started by itself behind the attempt before. */
  z.object({
    type: z.literal('attempt-started'),
    attempt,
    kind: attemptKind,
    hosts: z.array(z.string()),
    command: z.string(),
    ansible: z.string(),
    follows: followUp.optional(),
  }),
  /** Finds the process again after a crash. */
  z.object({ type: z.literal('attempt-process'), attempt, pid: z.number().int(), started: z.string().nullable(), boot: z.string().nullable() }),
  z.object({ type: z.literal('ansible'), attempt, event: ansibleEvent }),
  z.object({ type: z.literal('stop-asked'), attempt, how: z.enum(['ctrl-c', 'kill']) }),
  z.object({
    type: z.literal('attempt-ended'),
    attempt,
    /** Null where nobody saw it: it was found running after a crash, and has ended since. */
    status: z.number().int().nullable(),
    recording: z.object({ bytes: z.number(), sha256: z.string(), ms: z.number() }).nullable(),
  }),
  /** Ansible was gone when the run was opened again. */
  z.object({ type: z.literal('attempt-lost'), attempt, because: z.string() }),
  z.object({ type: z.literal('note'), text: z.string() }),
]);
export type FleetEventBody = z.infer<typeof fleetEventBody>;
export type FleetEvent = z.infer<typeof fleetEventHead> & FleetEventBody;

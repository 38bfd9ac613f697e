/** A procedure that is to be compiled for many hosts: what the form says, what is still asked, and which procedures compile at all. */
import { z } from 'zod';
import { plan } from './plan.ts';
import { machineId, parameterIssue, parameterValues, topicId } from './topic.ts';

const stepId = z.string().max(64);
/** Hosts at a time: one number or share a batch; the last one is repeated. */
export const serial = z
  .array(z.union([z.number().int().min(1).max(99_999), z.string().regex(/^(?:[1-9]\d?|100)%$/, 'Give a percentage such as 25%')]))
  .min(1)
  .max(20);

/** Secret parameters have no place in it: they are asked for before the playbook runs. */
export const fleetForm = z.object({
  topicId,
  parameters: parameterValues,
  /** Optional machines that are left out, of a procedure with several. */
  without: z.array(machineId).max(20).default([]),
  /** Steps that have been done by hand on every host. */
  done: z.array(stepId).max(100).default([]),
  /** What was typed to confirm a step, by its id. */
  confirmations: z.record(stepId, z.string().max(256)).default({}),
  serial: serial.default([1, 10]),
  /** Percent of a batch that may fail before the rest is left alone; null: any share. */
  maxFailPercentage: z.number().int().min(0).max(100).nullable().default(0),
  /** Failed hosts, of all batches, after which no further batch begins. */
  stopAt: z.number().int().min(1).max(99_999).nullable().default(null),
});
export type FleetForm = z.infer<typeof fleetForm>;

/** Why a step, or with an empty `stepId` the whole procedure, does not compile. */
export const fleetObstacle = z.object({ stepId: z.string(), because: z.string(), next: z.string() });
/** What can be answered before compiling: that a step was done by hand, or what has to be typed to confirm it. */
export const fleetQuestion = z.object({
  stepId: z.string(),
  number: z.number().int(),
  title: z.string(),
  kind: z.enum(['done', 'confirmation']),
  ask: z.string(),
});
export type FleetQuestion = z.infer<typeof fleetQuestion>;
export const checkedFleetForm = z.object({
  issues: z.array(parameterIssue),
  /** Null where an issue is open, or where the procedure does not fit. */
  plan: plan.nullable(),
  questions: z.array(fleetQuestion),
  obstacles: z.array(fleetObstacle),
});
export type CheckedFleetForm = z.infer<typeof checkedFleetForm>;

/** No obstacle: it compiles with the values of its rehearsal. */
export const compilability = z.object({ topicId, title: z.string(), obstacles: z.array(fleetObstacle), byHandBefore: z.array(z.string()) });
export type Compilability = z.infer<typeof compilability>;

/** Where the playbook comes from: a procedure and its form, or a folder that was chosen in a dialog. */
export const fleetOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('form'), form: fleetForm }),
  z.object({ kind: z.literal('folder'), folder: z.string().min(1).max(4096) }),
]);
export type FleetOrigin = z.infer<typeof fleetOrigin>;
/** A folder with a compiled playbook, as it describes itself. `roles`: its machines, of a procedure with several. */
export const compiledFolder = z.object({ folder: z.string(), title: z.string(), roles: z.array(z.string()) });
export type CompiledFolder = z.infer<typeof compiledFolder>;

/** Of what the data folder holds. */
import { z } from 'zod';
import { runId } from '../run.ts';
import { cleanResult, jobId, retentionChoice, retentionPlan, retentionRule, runStorage, savedRule, storageLog, storageUsage } from '../storage.ts';
import { backend, confirmation, nothing } from './method.ts';

export const storageMethods = {
  /** What the data folder takes up. Checks every run the first time; with an id its progress is told, and it can be cancelled. */
  'storage.usage': backend(z.object({ jobId: jobId.optional() }), storageUsage),
  /** Of those that are there. */
  'storage.runs': backend(z.object({ runIds: z.array(runId).max(100) }), z.array(runStorage)),
  'storage.rule': backend(nothing, savedRule),
  'storage.setRule': backend(retentionRule, savedRule),
  /** A run that is kept is touched by no rule. */
  'storage.keep': backend(z.object({ runId, kept: z.boolean() }), nothing),
  /** What would be archived and deleted, by the saved rule, another one, or by hand. Does nothing. */
  'storage.plan': backend(z.object({ rule: retentionRule.optional(), choice: retentionChoice.optional(), jobId: jobId.optional() }), retentionPlan),
  /** Does what a plan that was shown says. `confirmation`: what the plan asks for, where it deletes. */
  'storage.clean': backend(z.object({ planId: z.string().max(64), confirmation, jobId: jobId.optional() }), cleanResult),
  /** Brings an archived run back as it was. */
  'storage.restore': backend(z.object({ runId, jobId: jobId.optional() }), nothing),
  /** Sets a damaged ledger aside and begins a new one with the runs that are fine by themselves. A person's decision, made in a terminal. */
  'storage.renewLedger': backend(nothing, z.object({ aside: z.string().nullable(), adopted: z.number().int() }), ['cli']),
  'storage.log': backend(nothing, storageLog),
  'storage.cancel': backend(z.object({ jobId }), nothing),
};

/** What the runs take up on disk, and what is archived or deleted by rule or by hand. */
import { z } from 'zod';
import { runId, runStatus, runSummary } from './run.ts';

/** Names one piece of long work for its progress and its cancelling; the caller chooses it. */
export const jobId = z.string().min(1).max(64);

/** Bytes, as the files' lengths add up. */
export const runStorage = z.object({
  runId,
  archived: z.boolean(),
  /** No rule touches it. */
  kept: z.boolean(),
  /** What it takes up now: its folder, or its archive. */
  bytes: z.number(),
  journal: z.number(),
  recording: z.number(),
  /** The rehearsal's folder, backups and all the rest. */
  files: z.number(),
});
export type RunStorage = z.infer<typeof runStorage>;

export const storageUsage = z.object({
  runs: z.object({ count: z.number(), bytes: z.number(), journal: z.number(), recording: z.number(), files: z.number() }),
  /** `unpackedBytes`: what those runs took up before. */
  archive: z.object({ count: z.number(), bytes: z.number(), unpackedBytes: z.number() }),
  /** The search index and archived runs unpacked for reading: made again when they are missing. */
  derived: z.number(),
  /** Ledger, keys, settings. */
  rest: z.number(),
  total: z.number(),
});
export type StorageUsage = z.infer<typeof storageUsage>;

const days = z.number().int().min(1).max(36_500).nullable();
/** Null: that part is off. Ages count from the run's end. */
export const retentionRule = z.object({
  archiveAfterDays: days,
  deleteAfterDays: days,
  /** Runs and archive together; the oldest go first. */
  keepBelowBytes: z.number().int().min(1_000_000).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** Applied by itself whenever the app starts. */
  atStart: z.boolean(),
});
export type RetentionRule = z.infer<typeof retentionRule>;
/** As a form has it: the limit in whole megabytes. */
export const ruleInMegabytes = retentionRule.extend({ keepBelowBytes: z.number().int().min(1).max(9_000_000_000).nullable() });
/** `trouble`: why a rule that was saved does not count. */
export const savedRule = z.object({ rule: retentionRule, trouble: z.string().nullable() });
export const rulePart = z.enum(['archiveAfterDays', 'deleteAfterDays', 'keepBelowBytes']);
export type RulePart = z.infer<typeof rulePart>;

export const retentionAction = z.enum(['archive', 'delete']);
export type RetentionAction = z.infer<typeof retentionAction>;

/** Runs the admin chose. */
export const retentionChoice = z.object({ action: retentionAction, runIds: z.array(runId).min(1).max(10_000) });
export type RetentionChoice = z.infer<typeof retentionChoice>;

export const plannedRemoval = z.object({
  runId,
  topicTitle: z.string(),
  targetLabel: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  status: runStatus,
  /** Of a fleet run: its hosts. */
  fleet: runSummary.shape.fleet,
  archived: z.boolean(),
  action: retentionAction,
  /** The part of the rule that wants it; null: chosen by hand. */
  part: rulePart.nullable(),
  why: z.string(),
  /** What it takes up now. */
  bytes: z.number(),
  /** What that frees; for an archive an estimate. */
  frees: z.number(),
});
export type PlannedRemoval = z.infer<typeof plannedRemoval>;

const share = z.object({ runs: z.number(), bytes: z.number(), frees: z.number() });
/** What would be done, to the last run; nothing else is when it is agreed to. */
export const retentionPlan = z.object({
  planId: z.string(),
  entries: z.array(plannedRemoval),
  archive: share,
  delete: share,
  parts: z.array(share.extend({ part: rulePart })),
  /** Old or chosen, but not touched: a sentence each. */
  spared: z.array(z.object({ runId, why: z.string() })),
  total: z.number(),
  /** What has to be given as `confirmation`; null where nothing is deleted. */
  confirm: z.string().nullable(),
});
export type RetentionPlan = z.infer<typeof retentionPlan>;

export const cleanResult = z.object({
  done: z.array(z.object({ runId, action: retentionAction, freed: z.number() })),
  /** What was not done, and why. */
  skipped: z.array(z.object({ runId, why: z.string() })),
  freed: z.number(),
  cancelled: z.boolean(),
});
export type CleanResult = z.infer<typeof cleanResult>;

/** What is left of a run that was deleted. */
export const tombstone = z.object({
  at: z.string(),
  runId,
  topicId: z.string(),
  topicTitle: z.string(),
  target: z.string(),
  startedAt: z.string(),
  outcome: runStatus,
  /** The journal's last event and the SHA-256 of its line. */
  event: z.number().int(),
  digest: z.string(),
  bytes: z.number(),
  archived: z.boolean(),
  why: z.string(),
  by: z.string(),
  /** The run is there anyway: deleting it was cut off, or it was imported again. */
  stillHere: z.boolean(),
});
export type Tombstone = z.infer<typeof tombstone>;

export const storageLog = z.object({
  /** Newest first. */
  tombstones: z.array(tombstone),
  ledger: z.object({ exists: z.boolean(), events: z.number(), findings: z.array(z.string()) }),
});
export type StorageLog = z.infer<typeof storageLog>;

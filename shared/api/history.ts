/** Looking back: finding runs by what was done and shown, and laying two of them beside each other. */
import { z } from 'zod';
import { runId, runStatus, runSummary, stepStatus, verdict } from './run.ts';
import { topicId } from './topic.ts';

/** A day, or a moment in UTC, that the calendar has. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$/, 'Expected a date such as 2026-11-23.')
  // JavaScript takes the 30th of February for a day in March.
  .refine((text) => new Date(text).toJSON()?.startsWith(text.slice(0, 19)) ?? false, 'There is no such day or moment.');

/** Filters that are left out let everything through; all that are given have to fit. */
export const runSearch = z.object({
  /** All words, the last one as a beginning, "quoted phrases". Empty: all runs. */
  text: z.string().max(1000),
  topicId: topicId.optional(),
  /** As the target's label says it. */
  host: z.string().max(500).optional(),
  outcome: runStatus.optional(),
  /** Only runs that can go on. */
  open: z.boolean().optional(),
  /** Only rehearsals, or only real runs. */
  rehearsal: z.boolean().optional(),
  /** First and last moment at which the run was started; a day counts from its beginning, or to its end. */
  from: moment.optional(),
  to: moment.optional(),
  limit: z.number().int().min(1).max(100),
  offset: z.number().int().nonnegative(),
});
export type RunSearch = z.infer<typeof runSearch>;

/** The record of what happened, the plan (scripts too), or what the terminal showed. */
export const searchPlace = z.enum(['record', 'plan', 'screen']);
export type SearchPlace = z.infer<typeof searchPlace>;

export const searchMatch = z.object({
  stepId: z.string().nullable(),
  title: z.string(),
  place: searchPlace,
  before: z.string(),
  match: z.string(),
  after: z.string(),
});
export type SearchMatch = z.infer<typeof searchMatch>;

export const searchResult = z.object({
  /** Newest first. */
  hits: z.array(z.object({ run: runSummary, matches: z.array(searchMatch) })),
  total: z.number(),
  ms: z.number(),
  /** Runs the index knows, of those there are; less while it is being built. */
  indexed: z.number(),
  of: z.number(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** What occurs in the runs, for the filters. */
export const runFilters = z.object({
  topics: z.array(z.object({ topicId: z.string(), title: z.string() })),
  hosts: z.array(z.string()),
  outcomes: z.array(runStatus),
});
export type RunFilters = z.infer<typeof runFilters>;

/** One side of a step; null where that run's plan has no such step. */
export const comparedStep = z.object({
  status: stepStatus,
  attempts: z.number(),
  /** Of the last attempt, in milliseconds; null where it did not end. */
  ms: z.number().nullable(),
  exitStatus: z.number().nullable(),
  skipReason: z.string().nullable(),
});
export type ComparedStep = z.infer<typeof comparedStep>;

/** Lines of a text: in both, only left, only right. */
export const lineDiff = z.array(z.object({ side: z.enum(['both', 'left', 'right']), lines: z.array(z.string()) }));
export type LineDiff = z.infer<typeof lineDiff>;

export const comparedAspect = z.enum(['presence', 'status', 'attempts', 'exit status', 'verdicts', 'script', 'screen']);
export type ComparedAspect = z.infer<typeof comparedAspect>;

export const comparisonRow = z.object({
  stepId: z.string(),
  title: z.string(),
  left: comparedStep.nullable(),
  right: comparedStep.nullable(),
  /** What differs; durations always do and are not counted. */
  differs: z.array(comparedAspect),
  /** By rule; null on the side where the rule said nothing. */
  verdicts: z.array(z.object({ rule: z.string(), left: verdict.nullable(), right: verdict.nullable() })),
  /** Null where both are the same. */
  script: lineDiff.nullable(),
  screen: lineDiff.nullable(),
});
export type ComparisonRow = z.infer<typeof comparisonRow>;

/** A named value of both runs; null where there is none. */
export const comparedValue = z.object({ name: z.string(), left: z.string().nullable(), right: z.string().nullable() });
export type ComparedValue = z.infer<typeof comparedValue>;

export const comparison = z.object({
  left: runSummary,
  right: runSummary,
  rows: z.array(comparisonRow),
  /** Only those that differ. */
  facts: z.array(comparedValue),
  parameters: z.array(comparedValue),
});
export type Comparison = z.infer<typeof comparison>;

export const runPair = z.object({ left: runId, right: runId });

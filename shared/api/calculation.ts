/** What a calculator makes of its parameters, and of data that somebody brought. */
import { z } from 'zod';
import { picture } from './picture.ts';
import { parameterIssue, parameterValues, topicId } from './topic.ts';

/** Longest text of data, in characters: about 100,000 measured values. */
export const dataLimit = 1_000_000;

export const calculatedResult = z.object({
  id: z.string().max(64),
  label: z.string(),
  /** As it was calculated, for scripts. */
  value: z.union([z.number(), z.string()]),
  /** Of `value`; empty where it has none. */
  unit: z.string(),
  /** As it is read, with its unit: "1.377 s". */
  text: z.string(),
  /** How it was worked out, with the numbers in it. */
  how: z.string(),
});
export type CalculatedResult = z.infer<typeof calculatedResult>;

/** Something side by side; every row has as many cells as there are heads. */
export const calculatedTable = z.object({ id: z.string().max(64), title: z.string(), heads: z.array(z.string()).min(2), rows: z.array(z.array(z.string())) });

export const calculation = z.object({
  results: z.array(calculatedResult).min(1),
  tables: z.array(calculatedTable).default([]),
  pictures: z.array(picture),
  /** Where the numbers are not to be taken as they stand. */
  warnings: z.array(z.string()),
});
export type Calculation = z.output<typeof calculation>;
/** As a calculator writes it: what has a usual value may be left out. */
export type CalculationText = z.input<typeof calculation>;

/** A line of data that can't be read; line 0: the whole of it. */
export const dataIssue = z.object({ line: z.number().int().min(0), message: z.string() });
export type DataIssue = z.infer<typeof dataIssue>;

export const calculationRequest = z.object({
  topicId,
  parameters: parameterValues,
  data: z
    .string()
    .max(8 * dataLimit)
    .optional(),
});
export const calculationAnswer = z.object({
  /** As they were taken, defaults put in. */
  parameters: parameterValues,
  issues: z.array(parameterIssue),
  /** What is wrong with the data; at most 20 lines, and a last one that counts the others. It was calculated without the data then. */
  dataIssues: z.array(dataIssue),
  /** Null where a parameter is wrong. */
  calculation: calculation.nullable(),
});
export type CalculationAnswer = z.output<typeof calculationAnswer>;

/** A topic that only calculates: it has parameters and perhaps data, no target, no steps, nothing that is run. */
import type { z } from 'zod';
import type { CalculationText, DataIssue } from '../api/calculation.ts';
import type { TopicText } from './topic.ts';

/** Data from outside, as text: a file, or pasted. */
export interface DataImport<Data> {
  /** "Measured times" */
  label: string;
  /** What has to be in it, and where it comes from. */
  help: string;
  /** A short one that is right. */
  example: string;
  /** Pure. Every line that can't be read is named; data with such lines is not taken at all. */
  parse(text: string): { data: Data } | { issues: readonly DataIssue[] };
}

export interface Calculator<Schema extends z.ZodObject = z.ZodObject, Data = unknown> extends TopicText<Schema> {
  kind: 'calculator';
  data?: DataImport<Data>;
  /** Pure, and quick: it is asked while a slider moves. `data` is null where none was brought. */
  calculate(parameters: z.output<Schema>, data: Data | null): CalculationText;
}

/** Declares a calculator. */
export const defineCalculator = <Schema extends z.ZodObject, Data = unknown>(calculator: Omit<Calculator<Schema, Data>, 'kind'>): Calculator<Schema, Data> => ({
  kind: 'calculator',
  ...calculator,
});

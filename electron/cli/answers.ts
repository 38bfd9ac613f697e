/** The answers file: everything a run asks for, in YAML, so that it can go without a person. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { WrenchbookError } from '../../shared/api/error.ts';
import { firstIssueText } from '../../shared/api/issue-words.ts';
import { parameterValues } from '../../shared/api/topic.ts';

const texts = z.record(z.string(), z.coerce.string());
/** A key without a value, as people leave it in YAML, is as good as no key. */
const orNothing = <S extends z.ZodType>(schema: S) => z.preprocess((value) => value ?? undefined, schema);
const answersSchema = z.strictObject({
  /** Form values by field name. */
  parameters: orNothing(parameterValues.default({})),
  /** Secret form values: for each field the name of the environment variable that holds it, never the value. */
  secrets: orNothing(texts.default({})),
  /** What is typed to confirm a step or a way out, by its id. */
  confirmations: orNothing(texts.default({})),
  /** Answers to questions a tool asks, by the question's id. */
  answers: orNothing(texts.default({})),
  /** What was printed on a machine that is not reached, by step id. */
  output: orNothing(texts.default({})),
  /** Manual steps that have been or will have been done by hand. */
  done: orNothing(z.array(z.string()).default([])),
  /** Way out to take when a step fails, by step id; each is taken once. */
  remedies: orNothing(texts.default({})),
  /** Steps to run again, once, when they failed or were interrupted. */
  retry: orNothing(z.array(z.string()).default([])),
  /** Steps to leave out when they fail or come, with the reason, by step id. */
  skip: orNothing(texts.default({})),
});
export type Answers = z.infer<typeof answersSchema>;

/** Bytes. What is pasted from a machine by hand is the most of it, 256 Ki characters a step; more than this is no answers file. */
const largestFile = 4 * 1024 * 1024;

/** Throws WrenchbookError `bad-parameters` naming the file and what is wrong in it. */
export function readAnswers(file: string): Answers {
  const refuse = (message: string, next: string) => new WrenchbookError('bad-parameters', `${file}: ${message}`, next);
  if (!existsSync(file)) throw refuse('there is no such file.', 'Make one with --print-answers.');
  if (!statSync(file).isFile()) throw refuse('this is not a file.', 'Name a YAML file.');
  const { size } = statSync(file);
  if (size > largestFile)
    throw refuse(
      `it has ${(size / 1e6).toFixed(1)} MB, and an answers file at most ${largestFile / 1024 ** 2} MiB.`,
      'Name the file that --print-answers made.',
    );
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refuse(cause instanceof YAMLParseError ? cause.message : (cause as Error).message, 'Correct the YAML.');
  }
  const parsed = answersSchema.safeParse(content ?? {});
  if (parsed.success) return parsed.data;
  throw refuse(firstIssueText(parsed.error), 'See --print-answers for a filled example.');
}

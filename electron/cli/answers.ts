/** The answers file: everything a run asks for, in YAML, so that it can go without a person. */
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
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

/** `-` is standard input; a pipe such as `<(…)` will do as well. Throws WrenchbookError `bad-parameters` naming the file and what is wrong in it. */
export function readAnswers(file: string): Answers {
  const name = file === '-' ? 'standard input' : file;
  const refuse = (message: string, next: string) => new WrenchbookError('bad-parameters', `${name}: ${message}`, next);
  const text = textOf(file, refuse);
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw refuse(cause instanceof YAMLParseError ? cause.message : (cause as Error).message, 'Correct the YAML.');
  }
  const parsed = answersSchema.safeParse(content ?? {});
  if (parsed.success) return parsed.data;
  throw refuse(firstIssueText(parsed.error), 'See --print-answers for a filled example.');
}

function textOf(file: string, refuse: (message: string, next: string) => WrenchbookError): string {
  if (file === '-' && isatty(0)) throw refuse('this is a terminal.', 'Send the answers through a pipe, or name a file.');
  if (file !== '-' && !existsSync(file)) throw refuse('there is no such file.', 'Make one with --print-answers.');
  const found = file === '-' ? fstatSync(0) : statSync(file);
  if (!found.isFile() && !found.isFIFO() && !found.isSocket() && file !== '-') throw refuse('this is not a file.', 'Name a YAML file.');
  if (found.isFile() && found.size > largestFile) throw tooLong(found.size, refuse);
  const fd = file === '-' ? 0 : openSync(file, 'r');
  try {
    return readAll(fd, refuse).toString('utf8');
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

/** To its end, which for a pipe is known only then. */
function readAll(fd: number, refuse: (message: string, next: string) => WrenchbookError): Buffer {
  const pieces: Buffer[] = [];
  for (let size = 0; ; ) {
    const piece = Buffer.alloc(65_536);
    let bytes: number;
    try {
      bytes = readSync(fd, piece);
    } catch (cause) {
      // A pipe that is set so, and has nothing yet.
      if ((cause as NodeJS.ErrnoException).code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
        continue;
      }
      throw refuse((cause as Error).message, 'Name a file, or send the answers through a pipe.');
    }
    if (bytes === 0) return Buffer.concat(pieces);
    size += bytes;
    if (size > largestFile) throw tooLong(size, refuse);
    pieces.push(piece.subarray(0, bytes));
  }
}

const tooLong = (size: number, refuse: (message: string, next: string) => WrenchbookError) =>
  refuse(
    `it has ${(size / 1e6).toFixed(1)} MB${size > largestFile + 65_536 ? '' : ' or more'}, and an answers file at most ${largestFile / 1024 ** 2} MiB.`,
    'Name the file that --print-answers made.',
  );

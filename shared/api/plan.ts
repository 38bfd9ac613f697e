/** A plan: everything a run will do, in order, as it will be run, made before anything runs. */
import { z } from 'zod';
import { consoleDialect } from './console.ts';
import { dangerLevel } from './topic.ts';

export const stepKind = z.enum(['manual', 'command', 'edit', 'artifact', 'media', 'console', 'choice', 'verify']);

export const plannedPrompt = z.object({
  id: z.string(),
  question: z.string(),
  explanation: z.string(),
  answers: z.array(z.object({ value: z.string(), label: z.string(), means: z.string() })),
  recommended: z.string(),
});
export type PlannedPrompt = z.infer<typeof plannedPrompt>;

/** Lines for a console's prompt, and where they are typed. */
export const typedText = z.object({
  dialect: consoleDialect,
  /** The file that marks the file system, and a line of its text; null where it does not matter. */
  volume: z.object({ file: z.string(), text: z.string() }).nullable(),
  /** The directory there, as it is typed. */
  directory: z.string().nullable(),
  /** Each is typed at the prompt after the one before. */
  lines: z.array(z.string()),
  /** The last one starts the machine anew: for how long its prompt is waited for. */
  restartMinutes: z.number().nullable(),
});
export type TypedText = z.infer<typeof typedText>;

/** A file name that every file system and system takes, for a stick. */
export const cardFile = z.string().regex(/^[A-Z0-9_-]{1,8}\.[A-Z0-9]{1,3}$/, 'Expected a name such as RESCUE.CMD');

/** Something that an earlier step saves, or the step itself before its undo: its mark stands in scripts until it is known. */
export const plannedFact = z.object({
  mark: z.string(),
  id: z.string(),
  title: z.string(),
  /** Number of the step that reads it. */
  step: z.number().int().positive(),
  use: z.enum(['word', 'words', 'file', 'named']),
});
export type PlannedFact = z.infer<typeof plannedFact>;

export const plannedStep = z.object({
  id: z.string(),
  number: z.number().int().positive(),
  title: z.string(),
  intro: z.string(),
  kind: stepKind,
  /** What the button that runs it says. Plans of earlier versions have none. */
  act: z.string().optional(),
  danger: dangerLevel,
  runsOn: z.string(),
  /** The machine, of a procedure with several. */
  on: z.string().optional(),
  asUser: z.string(),
  /** Runs with root's rights, on a real target by the way to root that was chosen. */
  needsRoot: z.boolean().default(false),
  /** Exactly the bytes handed to the shell or typed at the console; null where no command runs (manual, or files read by Wrenchbook itself). */
  script: z.string().nullable(),
  /** Of a rehearsal in which the lab plays something else: what a real machine is told. */
  real: z.string().optional(),
  /** Goes on on the target when the link is lost, where tmux or screen is there. */
  kept: z.boolean().default(false),
  /** The target restarts in this step; it is waited for as many minutes. */
  restarts: z.object({ within: z.number() }).nullable().default(null),
  /** It calls `wbmedia`, the media writer, which stands in front of it on a real target and is the same in every run. */
  writer: z.boolean().optional(),
  /** Reads what the step is about to change, before it is first done. */
  beforeScript: z.string().optional(),
  /** It is read again each time the step runs; what else it says counts the first time. */
  beforeEachTime: z.literal(true).optional(),
  /** What is filled into its scripts when it is known. */
  facts: z.array(plannedFact).optional(),
  /** Of an edit: lets a program take what was written, and again what was put back. */
  afterwardsScript: z.string().optional(),
  verifyScript: z.string().nullable(),
  undoScript: z.string().nullable(),
  /** The proof runs before the step too: what it says then is not held against the step. */
  baseline: z.boolean().optional(),
  /** What proves that the step was taken back. */
  undoneScript: z.string().optional(),
  /** Which of the three are typed at the target's console; missing where all run in a shell. */
  typed: z
    .object({ script: typedText.nullable(), verify: typedText.nullable(), undo: typedText.nullable(), undone: typedText.nullable().optional() })
    .optional(),
  /** The file that is edited, or the files. Its change is shown when its turn comes, as it is not known before the target is read. */
  edit: z
    .object({
      /** Its path; where several are found: which, in words. */
      file: z.string(),
      /** Where that is for the session's shell: below the lab in a rehearsal. Empty where several are found. */
      place: z.string(),
      /** What finds them. */
      find: z.string().optional(),
      follow: z.boolean(),
      /** Mode of a new file, octal; null where there has to be one. */
      createMode: z.string().nullable(),
      /** Folders that are missing for a new file are made. */
      createFolder: z.boolean().optional(),
      /** Secret parameters that are written into it: its content is named by keyed digests only. */
      secrets: z.array(z.string()).optional(),
    })
    .nullable()
    .default(null),
  /** Why there is no way back; null where there is one or none is needed. */
  irreversible: z.string().nullable(),
  instructions: z.array(z.string()),
  /** Lines that are typed elsewhere, in groups; one with `file` can be saved under that name. Plans of earlier versions have none. */
  cards: z.array(z.object({ title: z.string(), lines: z.array(z.string()), note: z.string(), file: cardFile.optional() })).default([]),
  confirm: z
    .object({
      /** The object that is at stake, named: model, address, size, host. */
      object: z.string(),
      /** What has to be typed; null while it is still to be read from the target. */
      type: z.string().nullable(),
      /** The saved fact that has to be typed, where `type` is not known when the plan is made. */
      fact: z.string().nullable(),
      ask: z.string(),
      /** Where what has to be typed can be read, e.g. on the label of the card. */
      where: z.string().optional(),
    })
    .nullable(),
  prompts: z.array(plannedPrompt),
  mayShow: z.array(z.object({ text: z.string(), means: z.string() })),
  /** Said while this step and all up to the one that clears it are running, e.g. that power must stay. */
  hold: z.string().nullable(),
  minutes: z.number(),
});
export type PlannedStep = z.infer<typeof plannedStep>;

/** Working time, in minutes: the one sum that is told anywhere. */
export const planMinutes = (steps: readonly Pick<PlannedStep, 'minutes'>[]): number => steps.reduce((sum, { minutes }) => sum + minutes, 0);

export const inputFile = z.object({
  field: z.string(),
  path: z.string(),
  size: z.number(),
  sha256: z.string(),
  summary: z.string(),
});
export type InputFile = z.infer<typeof inputFile>;

export const plan = z.object({
  topicId: z.string(),
  target: z.string(),
  rehearsal: z.boolean(),
  /** Of a procedure with several machines: those that take part. */
  machines: z.array(z.object({ id: z.string(), title: z.string(), label: z.string() })).optional(),
  steps: z.array(plannedStep),
});
export type Plan = z.infer<typeof plan>;

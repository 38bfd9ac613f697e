/** What the window and the terminal command may know about a topic. Commands are not among it until a plan is asked for. */
import { z } from 'zod';
import { consoleRef } from './console.ts';
import { picture } from './picture.ts';
import { hostName, targetFacts, targetId, userName } from './target.ts';

export const topicId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);

export const dangerLevel = z.enum(['reads', 'changes', 'destructive', 'irreversible']);
export type DangerLevel = z.infer<typeof dangerLevel>;

/** How steps that need root get it on a real target. */
export const wayToRoot = z.enum(['sudo', 'doas', 'su', 'pkexec']);

/** Where a run happens. `failure` names one of the topic's lab failures; without it the rehearsal goes well. */
export const targetRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lab'), failure: z.string().max(64).optional() }),
  z.object({ kind: z.literal('local'), root: wayToRoot.optional() }),
  z.object({
    kind: z.literal('ssh'),
    host: hostName,
    user: userName.optional(),
    port: z.number().int().min(1).max(65_535).optional(),
    root: wayToRoot.optional(),
  }),
  z.object({ kind: z.literal('console'), console: consoleRef, root: wayToRoot.optional() }),
  /** A machine that Wrenchbook does not reach: the admin types the commands there, and pastes what they print. */
  z.object({ kind: z.literal('hand') }),
]);
export type TargetRef = z.infer<typeof targetRef>;

/** A target as somebody chooses it: `book` names an entry of the book of targets, with its own way to root or another. */
export const chosenTarget = z.union([targetRef, z.object({ kind: z.literal('book'), id: targetId, root: wayToRoot.optional() })]);
export type ChosenTarget = z.infer<typeof chosenTarget>;

/** A machine of a procedure that has several. */
export const machineId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
/** Where the other machines of a procedure with several are; the first is the target itself. One that is optional may be missing. */
export const otherMachines = z.record(machineId, chosenTarget);
export type OtherMachines = z.infer<typeof otherMachines>;

/** One machine of a procedure with several. The first is the run's target. */
export const topicMachine = z.object({
  id: machineId,
  title: z.string(),
  /** What it does here, as a phrase. */
  purpose: z.string(),
  /** It may be left out, and its steps with it. */
  optional: z.boolean(),
});

/** What can be chosen. The lab is one, whatever is played in it. */
export const runPlace = z.object({
  target: chosenTarget,
  title: z.string(),
  /** Where that is. */
  place: z.string(),
  group: z.string(),
  tags: z.array(z.string()),
  /** What it reported last; null where it was never reached. */
  facts: targetFacts.nullable(),
  /** Why the procedure can't run there; null where it may. */
  disabledBecause: z.string().nullable(),
});
export type RunPlace = z.infer<typeof runPlace>;

/** What a slider goes over. What is typed has to lie in it too. */
export const sliderRange = z.object({
  min: z.number(),
  max: z.number(),
  /** `logarithmic`: its steps grow with the value; `min` is above 0 then. */
  step: z.union([z.number().positive(), z.literal('logarithmic')]),
  whole: z.boolean(),
  /** Shown behind the number; empty for a plain number. */
  unit: z.string(),
});
export type SliderRange = z.infer<typeof sliderRange>;

export const formField = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  /** `lines`: a text of several lines, such as a list with one entry a line. */
  control: z.enum(['text', 'lines', 'file', 'choice', 'switch', 'device', 'slider']),
  choices: z.array(z.object({ value: z.string(), label: z.string(), disabledBecause: z.string().optional() })),
  slider: sliderRange.optional(),
  /** Of a device: the field that takes the size of one that is too large to be chosen without a word. */
  liftedBy: z.string().optional(),
  /** Shown only where other fields have these values. */
  when: z.record(z.string(), z.string()).optional(),
  default: z.union([z.string(), z.boolean()]).optional(),
  /** In its place in a rehearsal. */
  labDefault: z.union([z.string(), z.boolean()]).optional(),
  optional: z.boolean(),
  secret: z.boolean(),
});
export type FormField = z.infer<typeof formField>;

export const labFailure = z.object({
  id: z.string(),
  title: z.string(),
  story: z.string(),
  /** How the rehearsal ends: with a remedy, an undo, or nothing that helps. */
  wayOut: z.enum(['remedy', 'undo', 'none']),
});

/** For which systems it is, as the catalogue filters them; `console`: it can be done on a console without a shell. */
export const systemKind = z.enum(['linux', 'macos', 'windows', 'freebsd', 'firmware', 'console']);
export type SystemKind = z.infer<typeof systemKind>;

const aboutTopic = {
  id: topicId,
  title: z.string(),
  summary: z.string(),
  category: z.string(),
  platforms: z.array(z.string()),
  systems: z.array(systemKind),
  /** Plain phrases that the search box matches; the patterns themselves stay in the backend. */
  symptoms: z.array(z.string()),
  /** Other words for it, in several languages: searched, never shown as a symptom. */
  alsoCalled: z.array(z.string()),
  about: z.array(z.string()),
  asked: z.array(z.string()),
  nearMisses: z.array(z.string()),
};
const procedureSummary = z.object({
  kind: z.literal('procedure'),
  ...aboutTopic,
  risk: z.object({ level: dangerLevel, text: z.string() }),
  /** Working time in minutes, without the reading. */
  minutes: z.number().int().positive(),
  lab: z.object({ scenarios: z.array(z.string()), failures: z.array(z.string()) }),
  /** Kinds of real target it may run on; none: it is rehearsed only. */
  targets: z.array(z.enum(['local', 'ssh', 'console', 'hand'])),
  /** Where it is about several machines: which, the target first. */
  machines: z.array(topicMachine).optional(),
});
export type ProcedureSummary = z.infer<typeof procedureSummary>;
/** It has numbers and no steps: nothing is run, nowhere. */
const calculatorSummary = z.object({ kind: z.literal('calculator'), ...aboutTopic });
export type CalculatorSummary = z.infer<typeof calculatorSummary>;
export const topicSummary = z.discriminatedUnion('kind', [procedureSummary, calculatorSummary]);
export type TopicSummary = z.infer<typeof topicSummary>;

const toldOnPage = { fixes: z.array(z.string()), corrections: z.array(z.string()), sources: z.array(z.string()), fields: z.array(formField) };
const procedureDetail = procedureSummary.extend({
  ...toldOnPage,
  needs: z.array(z.string()),
  cannotUndo: z.array(z.string()),
  labFailures: z.array(labFailure),
  /** Drawn with the lab's values. */
  pictures: z.array(picture),
  /** How it is found out whether it applies; null where that can't be told. */
  probe: z.object({ looksAt: z.array(z.string()), uses: z.array(z.string()), needsRoot: z.boolean() }).nullable(),
});
export type ProcedureDetail = z.infer<typeof procedureDetail>;
const calculatorDetail = calculatorSummary.extend({
  ...toldOnPage,
  /** Data it can be given beside its parameters; null: none. */
  data: z.object({ label: z.string(), help: z.string(), example: z.string() }).nullable(),
});
export type CalculatorDetail = z.infer<typeof calculatorDetail>;
export const topicDetail = z.discriminatedUnion('kind', [procedureDetail, calculatorDetail]);
export type TopicDetail = z.infer<typeof topicDetail>;

/** Values of a form, by field name. Their exact schema is the topic's own and is applied in the backend. */
export const parameterValues = z.record(z.string().max(64), z.union([z.string().max(4096), z.boolean(), z.number()]));
export type ParameterValues = z.infer<typeof parameterValues>;

export const parameterIssue = z.object({
  /** Field name; empty where the trouble is with the whole form. */
  field: z.string(),
  message: z.string(),
  next: z.string(),
});
export type ParameterIssue = z.infer<typeof parameterIssue>;

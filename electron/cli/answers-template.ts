/** What --print-answers prints: an answers file for the lab that is filled, or one for a real target that is to be filled. Pure. */
import { stringify } from 'yaml';
import type { Plan, PlannedStep } from '../../shared/api/plan.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { FormField, ParameterIssue, ParameterValues, ProcedureDetail } from '../../shared/api/topic.ts';

const sections = [
  '# parameters: the form. confirmations: what has to be typed before a step. answers: to questions the tool asks.',
  '# done: steps done by hand. Optional: remedies (step id: fix to use once when it fails), retry (list of steps to',
  '# run again once when they failed or were interrupted) and skip (step id: reason).',
];
const aboutSecrets = '# secrets: the environment variable that holds each secret; the value itself does not belong in this file.';
const secretsOf = ({ fields }: ProcedureDetail) => Object.fromEntries(fields.filter(({ secret }) => secret).map(({ name }) => [name, variableFor(name)]));
const withAnswers = (step: PlannedStep) => step.prompts.filter(({ answers }) => answers.length > 0);

/** Filled for the happy path. `facts` are the values the rehearsal will show, for typed confirmations. */
export function labTemplate(topic: ProcedureDetail, plan: Plan, parameters: ParameterValues, facts: Readonly<Record<string, string>>): string {
  const confirmations = Object.fromEntries(
    plan.steps.flatMap((step) => (step.confirm ? [[step.id, step.confirm.type ?? facts[step.confirm.fact ?? ''] ?? '']] : [])),
  );
  const answers = Object.fromEntries(plan.steps.flatMap((step) => withAnswers(step).map((prompt) => [prompt.id, prompt.recommended])));
  const done = plan.steps.filter((step) => step.kind === 'manual').map((step) => step.id);
  const secrets = secretsOf(topic);
  const hidden = Object.keys(secrets);
  const shown = Object.fromEntries(Object.entries(parameters).filter(([name]) => !hidden.includes(name)));
  const content = {
    parameters: { ...shown, ...Object.fromEntries(hidden.map((name) => [name, secretMark])) },
    ...(hidden.length > 0 ? { secrets } : {}),
    confirmations,
    answers,
    done,
  };
  return [
    `# Answers for "${topic.title}". Use: wrenchbook run ${topic.id} --target lab --answers FILE`,
    ...sections,
    ...(hidden.length > 0 ? [aboutSecrets] : []),
    stringify(content),
  ].join('\n');
}

/** What is known of a run on a real target. */
export interface KnownOfRun {
  /** The words of the command line that lead there. */
  place: string;
  /** On a machine that is not reached: what is printed there is given as well. */
  byHand?(step: PlannedStep): boolean;
  /** What the admin has filled in so far; nothing of the lab. */
  given: ParameterValues;
  issues: readonly ParameterIssue[];
  /** Null as long as the parameters don't make one. */
  plan: Plan | null;
}

/**
 * To be filled: the fields with their own defaults or what is given already, and once they make a plan what its steps want. What
 * says that somebody has looked (confirmations, steps done by hand) is there as a comment only.
 */
export function targetTemplate(topic: ProcedureDetail, { place, byHand = () => false, given, issues, plan }: KnownOfRun): string {
  const secrets = Object.entries(secretsOf(topic));
  const use = `wrenchbook run ${topic.id} ${place} --answers FILE`;
  const steps = plan?.steps ?? [];
  const names = topic.fields.map(({ name }) => name);
  return [
    comment(`Answers for "${topic.title}". Use: ${use}`),
    ...sections,
    ...(plan ? [] : [comment(`Fill in the parameters; then "${use} --print-answers" adds what the steps ask for.`)]),
    'parameters:',
    ...topic.fields.flatMap((field) => fieldLines(field, given[field.name], issues)),
    ...issues.filter(({ field }) => !names.includes(field)).map(({ message, next }) => comment(`Not valid yet: ${message} ${next}`, 2)),
    ...(secrets.length > 0 ? [aboutSecrets, 'secrets:', ...secrets.map((secret) => entry(...secret))] : []),
    'confirmations:',
    ...steps.flatMap(confirmationLines),
    'answers:',
    ...steps.flatMap((step) => withAnswers(step).flatMap((prompt) => [comment(prompt.question, 2), entry(prompt.id, prompt.recommended)])),
    ...(steps.some(byHand) ? ['output:', ...steps.filter(byHand).flatMap(outputLines)] : []),
    'done:',
    ...steps.flatMap((step) => (step.kind === 'manual' ? [comment(`Once it is done, "${step.title}":`, 2), comment(`- ${step.id}`, 2)] : [])),
    '',
  ].join('\n');
}

function fieldLines(field: FormField, given: ParameterValues[string] | undefined, issues: readonly ParameterIssue[]): string[] {
  const value = field.secret ? secretMark : (given ?? field.default ?? '');
  const only = Object.entries(field.when ?? {}).map(([name, wanted]) => `${name} is ${wanted}`);
  const offered = field.choices.filter(({ disabledBecause }) => !disabledBecause).map((choice) => choice.value);
  const wrong = value === '' || field.secret ? undefined : issues.find((issue) => issue.field === field.name);
  const notes = [
    `${field.label}. ${field.help}`,
    ...(field.control === 'device' ? ['"wrenchbook devices" lists the values.'] : []),
    ...(offered.length > 0 ? [`One of: ${offered.join(', ')}.`] : []),
    ...(only.length > 0 ? [`Only where ${only.join(' and ')}.`] : []),
    ...(value === '' && !field.optional ? ['Required.'] : []),
    ...(wrong ? [`Not valid yet: ${wrong.message} ${wrong.next}`] : []),
  ];
  return [...notes.map((note) => comment(note, 2)), entry(field.name, value)];
}

/** What is typed says that somebody has compared it: the line waits for them behind a `#`. */
function confirmationLines({ id, title, confirm }: PlannedStep): string[] {
  if (!confirm) return [];
  const typed = confirm.type === null ? `${id}: # what the target has; the run shows it before it asks` : entry(id, confirm.type).trimStart();
  return [comment(`"${title}", on ${confirm.object}: ${confirm.ask}`, 2), comment(typed, 2)];
}

function outputLines({ id, script, verifyScript }: PlannedStep): string[] {
  const typed = [script, verifyScript].filter((text) => text !== null);
  return typed.length === 0 ? [] : [comment(`What this printed there: ${typed.join('; ')}`, 2), comment(`${id}: |`, 2)];
}

/** In one line, whatever is in the text. */
const comment = (text: string, indent = 0): string => `${' '.repeat(indent)}# ${text.replace(/\s+/g, ' ').trim()}`;
const entry = (name: string, value: unknown): string => `  ${stringify({ [name]: value }, { lineWidth: 0, blockQuote: false }).trimEnd()}`;

/** `dbPassword` → `WRENCHBOOK_DB_PASSWORD`. */
const variableFor = (name: string) =>
  `WRENCHBOOK_${name
    .replace(/[A-Z]/g, '_$&')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()}`;

/** The topics this Wrenchbook knows, as the contract shows them. Commands come from here and nowhere else. */
import type { z } from 'zod';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { asSentence, fieldIssueWords, fieldNext } from '../../../shared/api/issue-words.ts';
import type {
  CalculatorDetail,
  CalculatorSummary,
  ParameterIssue,
  ParameterValues,
  ProcedureDetail,
  ProcedureSummary,
  TargetRef,
  TopicDetail,
  TopicSummary,
} from '../../../shared/api/topic.ts';
import {
  type AnyTopic,
  type Calculator,
  fieldWords,
  formFields,
  isCalculator,
  isProcedure,
  type Topic,
  type TopicText,
} from '../../../shared/topic-kit/index.ts';
import { topics } from '../../../shared/topics/index.ts';
import type { FoundTopic } from '../symptoms/found-symptoms.ts';
import { type SymptomRule, symptomRules } from '../symptoms/symptom-rules.ts';
import { SymptomScan } from '../symptoms/symptom-scan.ts';
import { symptomsIn } from '../symptoms/symptoms-in-text.ts';
import { systemKinds } from './system-kinds.ts';
import { topicPictures } from './topic-pictures.ts';

export const catalogue: readonly AnyTopic[] = topics;
export const procedures = (): readonly Topic[] => catalogue.filter(isProcedure);
export const calculators = (): readonly Calculator[] => catalogue.filter(isCalculator);

/** Throws WrenchbookError `not-found`, naming those there are. */
function findIn<T extends AnyTopic>(there: readonly T[], id: string): T {
  const topic = there.find((candidate) => candidate.id === id);
  if (topic) return topic;
  throw new WrenchbookError('not-found', `There is no topic "${id}".`, `Known topics: ${there.map((candidate) => candidate.id).join(', ') || 'none'}.`);
}

/** Throws WrenchbookError `not-found`; for a calculator it says how that is used. */
export function findTopic(id: string): Topic {
  if (calculators().some((candidate) => candidate.id === id))
    throw new WrenchbookError('not-found', `"${id}" only calculates: it has no steps to run.`, `Open it in the window, or use: wrenchbook calc ${id}`);
  return findIn(procedures(), id);
}
/** Throws WrenchbookError `not-found`; for a procedure it says how that is used. */
export function findCalculator(id: string): Calculator {
  if (procedures().some((candidate) => candidate.id === id))
    throw new WrenchbookError('not-found', `"${id}" is a procedure: it has steps to run and calculates nothing.`, `Use: wrenchbook run ${id}`);
  return findIn(calculators(), id);
}
/** The catalogue's entry. Throws WrenchbookError `not-found`. */
export function anyDetail(id: string): TopicDetail {
  const topic = findIn(catalogue, id);
  return isProcedure(topic) ? topicDetail(topic) : calculatorDetail(topic);
}
export const anySummary = (topic: AnyTopic): TopicSummary => (isProcedure(topic) ? procedureSummary(topic) : calculatorSummary(topic));

const about = (topic: TopicText) => ({
  id: topic.id,
  title: topic.title,
  summary: topic.summary,
  category: topic.category,
  platforms: [...topic.platforms],
  systems: systemKinds(topic),
  symptoms: topic.symptoms.map((symptom) => symptom.text),
  alsoCalled: [...(topic.alsoCalled ?? [])],
  about: [...(topic.search?.about ?? [])],
  asked: [...(topic.search?.asked ?? [])],
  nearMisses: [...(topic.search?.nearMisses ?? [])],
});
const procedureSummary = (topic: Topic): ProcedureSummary => ({
  kind: 'procedure',
  ...about(topic),
  risk: topic.risk,
  minutes: topic.minutes,
  lab: { scenarios: [topic.lab.scenario], failures: topic.lab.failures.map((failure) => failure.id) },
  targets: [...(topic.targets ?? [])],
  ...(topic.machines && { machines: topic.machines.map(({ id, title, purpose, optional = false }) => ({ id, title, purpose, optional })) }),
});
const calculatorSummary = (topic: Calculator): CalculatorSummary => ({ kind: 'calculator', ...about(topic) });

const toldOnPage = ({ fixes, corrections, sources }: TopicText) => ({ fixes: [...fixes], corrections: [...corrections], sources: [...sources] });
export const topicDetail = (topic: Topic): ProcedureDetail => ({
  ...procedureSummary(topic),
  ...toldOnPage(topic),
  needs: [...topic.needs],
  cannotUndo: [...topic.cannotUndo],
  fields: formFields(topic.parameters, topic.labDefaults),
  labFailures: topic.lab.failures.map(({ id, title, story, wayOut }) => ({ id, title, story, wayOut })),
  pictures: topicPictures(topic, { parameters: {}, rehearsal: true, facts: {}, done: [] }),
  probe: topic.probe ? { looksAt: [...topic.probe.looksAt], uses: [...topic.probe.uses], needsRoot: topic.probe.needsRoot ?? false } : null,
});
export const calculatorDetail = (topic: Calculator): CalculatorDetail => ({
  ...calculatorSummary(topic),
  ...toldOnPage(topic),
  fields: formFields(topic.parameters),
  data: topic.data ? { label: topic.data.label, help: topic.data.help, example: topic.data.example } : null,
});

/** Made when the first text is looked at: taking the patterns apart is a fifth of the backend's start. */
let rules: SymptomRule[] | null = null;
const allRules = () => (rules ??= symptomRules(catalogue));
/** Topics whose symptoms a pasted text shows, the one with most of them first. */
export const searchTopics = (text: string): FoundTopic[] => symptomsIn(text, allRules());
/** For a log of any length. */
export const scanForTopics = (): SymptomScan => new SymptomScan(allRules());

/** Throws WrenchbookError `bad-parameters` for a failure the topic's lab does not play. */
export function labFailureTitle(topic: Topic, target: TargetRef): string | null {
  if (target.kind !== 'lab' || target.failure === undefined) return null;
  const failure = topic.lab.failures.find((candidate) => candidate.id === target.failure);
  if (failure) return failure.title;
  throw new WrenchbookError(
    'bad-parameters',
    `The lab of ${topic.id} does not play "${target.failure}".`,
    `Failures it has: ${topic.lab.failures.map((candidate) => candidate.id).join(', ')}.`,
  );
}

/** The form's values with the defaults put in, in a rehearsal the lab's, and the topic's schema applied; or what is wrong, field by field. */
export function checkParameters(
  topic: { parameters: z.ZodObject; labDefaults?: Readonly<Record<string, string | boolean>> },
  values: ParameterValues,
  rehearsal = true,
): { values: ParameterValues; issues: ParameterIssue[] } {
  const known = new Set(Object.keys(topic.parameters.shape));
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  const words = fieldWords(topic.parameters, topic.labDefaults);
  const parsed = topic.parameters.safeParse(
    { ...(rehearsal ? topic.labDefaults : {}), ...given },
    { error: (issue) => fieldIssueWords(issue, words.get(String(issue.path?.[0])) ?? { label: 'It' }) },
  );
  const issues = (parsed.error?.issues ?? []).map((issue) => {
    const field = String(issue.path[0] ?? '');
    return { field, message: asSentence(issue.message), next: given[field] === undefined ? fieldNext.missing : fieldNext.wrong };
  });
  const strangers = unknown.map((name) => ({ field: name, message: `There is no parameter "${name}".`, next: `Parameters are: ${[...known].join(', ')}.` }));
  return { values: { ...(rehearsal ? topic.labDefaults : {}), ...given } as ParameterValues, issues: [...strangers, ...issues] };
}

/** The topics this Wrenchbook knows, as the contract shows them. Commands come from here and nowhere else. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ParameterIssue, ParameterValues, TargetRef, TopicDetail, TopicSummary } from '../../../shared/api/topic.ts';
import { formFields, type Topic } from '../../../shared/topic-kit/index.ts';
import { topics } from '../../../shared/topics/index.ts';

import { topicPictures } from './topic-pictures.ts';

export const allTopics: readonly Topic[] = topics;

/** Throws WrenchbookError `not-found`, naming the nearest topics. */
export function findTopic(id: string): Topic {
  const topic = allTopics.find((candidate) => candidate.id === id);
  if (topic) return topic;
  throw new WrenchbookError('not-found', `There is no topic "${id}".`, `Known topics: ${allTopics.map((candidate) => candidate.id).join(', ')}.`);
}

export function topicSummary(topic: Topic): TopicSummary {
  return {
    id: topic.id,
    title: topic.title,
    summary: topic.summary,
    category: topic.category,
    platforms: [...topic.platforms],
    risk: topic.risk,
    minutes: topic.minutes,
    lab: { scenarios: [topic.lab.scenario], failures: topic.lab.failures.map((failure) => failure.id) },
    targets: [...(topic.targets ?? [])],
    symptoms: topic.symptoms.map((symptom) => symptom.text),
  };
}

export function topicDetail(topic: Topic): TopicDetail {
  return {
    ...topicSummary(topic),
    fixes: [...topic.fixes],
    needs: [...topic.needs],
    cannotUndo: [...topic.cannotUndo],
    corrections: [...topic.corrections],
    sources: [...topic.sources],
    fields: formFields(topic.parameters, topic.labDefaults),
    labFailures: topic.lab.failures.map(({ id, title, story, wayOut }) => ({ id, title, story, wayOut })),
    pictures: topicPictures(topic, { parameters: {}, rehearsal: true, facts: {}, done: [] }),
    probe: topic.probe ? { looksAt: [...topic.probe.looksAt], uses: [...topic.probe.uses], needsRoot: topic.probe.needsRoot ?? false } : null,
  };
}

/** Topics whose symptoms a pasted text shows, the one with most of them first. */
export function searchTopics(text: string): { topicId: string; because: string }[] {
  return allTopics
    .map((topic) => ({ topic, hits: topic.symptoms.filter((symptom) => symptom.pattern.test(text)) }))
    .filter(({ hits }) => hits.length > 0)
    .sort((a, b) => b.hits.length - a.hits.length)
    .map(({ topic, hits }) => ({ topicId: topic.id, because: hits.map((symptom) => symptom.text).join('; ') }));
}

/** Throws WrenchbookError `bad-parameters` for a failure the topic's lab does not play. */
export function labFailureTitle(topic: Topic, target: TargetRef): string | null {
  if (target.kind !== 'lab' || target.failure === undefined) return null;
  const failure = topic.lab.failures.find((candidate) => candidate.id === target.failure);
  if (failure) return failure.title;
  throw new WrenchbookError(
    'bad-parameters',
    `The lab of ${topic.id} does not play "${target.failure}".`,
    `It plays: ${topic.lab.failures.map((candidate) => candidate.id).join(', ')}.`,
  );
}

/** The form's values with the defaults put in, in a rehearsal the lab's, and the topic's schema applied; or what is wrong, field by field. */
export function checkParameters(topic: Topic, values: ParameterValues, rehearsal = true): { values: ParameterValues; issues: ParameterIssue[] } {
  const known = new Set(Object.keys(topic.parameters.shape));
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  const parsed = topic.parameters.safeParse({ ...(rehearsal ? topic.labDefaults : {}), ...given });
  const issues = (parsed.error?.issues ?? []).map((issue) => ({
    field: String(issue.path[0] ?? ''),
    message: issue.message,
    next: 'Correct this field.',
  }));
  const strangers = unknown.map((name) => ({ field: name, message: `There is no parameter "${name}".`, next: `Parameters are: ${[...known].join(', ')}.` }));
  return { values: { ...(rehearsal ? topic.labDefaults : {}), ...given } as ParameterValues, issues: [...strangers, ...issues] };
}

/** Which topics a piece of text speaks of: words found in titles and symptoms at once, patterns asked of the backend. */
import type { TopicSummary } from '../../shared/api/topic.ts';

export interface Found {
  topic: TopicSummary;
  /** What in the text led here; empty where nothing was asked. */
  because: string;
}

/** Every word has to occur somewhere in what is said about the topic. */
export function matchWords(topics: readonly TopicSummary[], text: string): Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return topics.map((topic) => ({ topic, because: '' }));
  return topics.flatMap((topic) => {
    const told = [topic.title, topic.summary, topic.category, ...topic.platforms, ...topic.symptoms].join('\n').toLowerCase();
    if (!words.every((word) => told.includes(word))) return [];
    const symptom = topic.symptoms.find((candidate) => words.every((word) => candidate.toLowerCase().includes(word)));
    return [{ topic, because: symptom ?? '' }];
  });
}

/** Topics whose symptom patterns are in the text come first: a pattern says more than a word. */
export function mergeFound(topics: readonly TopicSummary[], bySymptom: readonly { topicId: string; because: string }[], byWords: readonly Found[]): Found[] {
  const first = bySymptom.flatMap(({ topicId, because }) => {
    const topic = topics.find((candidate) => candidate.id === topicId);
    return topic ? [{ topic, because }] : [];
  });
  return [...first, ...byWords.filter(({ topic }) => !first.some((found) => found.topic.id === topic.id))];
}

/** What the search found, with the topics themselves. */
import type { TopicSummary } from '../../shared/api/topic.ts';
import type { FoundTopic, TopicsFound } from '../../shared/topic-search/topic-search.ts';
import { inOrder } from '../words/in-order.ts';

export interface Found {
  topic: TopicSummary;
  /** What led here; empty where nothing was asked, or where no phrase of the topic says it. */
  because: string;
  recognised: boolean;
  /** Values in the text for fields of its form. */
  captured: Readonly<Record<string, string>>;
}
export interface FoundTopics {
  /** Best first; everything where nothing was asked. */
  found: Found[];
  /** Where nothing was found: what is closest, at most three. */
  closest: Found[];
}

/** `answer`: null where nothing was asked. */
export function foundTopics(topics: readonly TopicSummary[], answer: TopicsFound | null): FoundTopics {
  if (answer === null) return { found: [...topics].sort(asRead).map((topic) => ({ topic, because: '', recognised: false, captured: {} })), closest: [] };
  const known = (each: FoundTopic): Found[] => {
    const topic = topics.find(({ id }) => id === each.topicId);
    return topic ? [{ topic, because: each.because, recognised: each.recognised, captured: each.captured }] : [];
  };
  return { found: answer.hits.flatMap(known), closest: answer.closest.flatMap(known) };
}

/** What is alike stands together. */
const asRead = (left: TopicSummary, right: TopicSummary) => inOrder(left.category, right.category) || inOrder(left.title, right.title);

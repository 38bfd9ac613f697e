/** The catalogue, and the details of topics that were opened. Topics do not change while the window is open. */
import { create } from 'zustand';
import type { TopicDetail, TopicSummary } from '../../shared/api/topic.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';

interface Topics {
  list: TopicSummary[] | null;
  details: Record<string, TopicDetail>;
  /** Why there is no list, or no detail of the topic last asked for; empty where nothing went wrong. */
  trouble: string;
}

export const useTopics = create<Topics>(() => ({ list: null, details: {}, trouble: '' }));

export async function loadTopics(): Promise<void> {
  try {
    useTopics.setState({ list: await api.topics.list({}), trouble: '' });
  } catch (thrown) {
    useTopics.setState({ trouble: errorText(thrown) });
  }
}

export async function loadTopic(topicId: string): Promise<void> {
  if (useTopics.getState().details[topicId]) return;
  try {
    const detail = await api.topics.get({ topicId });
    useTopics.setState((topics) => ({ details: { ...topics.details, [topicId]: detail }, trouble: '' }));
  } catch (thrown) {
    useTopics.setState({ trouble: errorText(thrown) });
  }
}

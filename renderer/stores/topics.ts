/** The catalogue, and the details of topics that were opened. Topics do not change while the window is open. */
import { create } from 'zustand';
import type { TopicDetail, TopicSummary } from '../../shared/api/topic.ts';
import { api } from '../window-api.ts';
import { errorText } from './report-error.ts';

interface Topics {
  list: TopicSummary[] | null;
  details: Record<string, TopicDetail>;
  /** Why there is no list; empty where nothing went wrong. */
  trouble: string;
  /** Why there are no details of a topic, by its id. */
  troubles: Record<string, string>;
}

export const useTopics = create<Topics>(() => ({ list: null, details: {}, trouble: '', troubles: {} }));

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
    useTopics.setState(({ details, troubles: { [topicId]: _over, ...troubles } }) => ({ details: { ...details, [topicId]: detail }, troubles }));
  } catch (thrown) {
    useTopics.setState((topics) => ({ troubles: { ...topics.troubles, [topicId]: errorText(thrown) } }));
  }
}

import { expect, it } from 'vitest';
import type { TopicSummary } from '../../shared/api/topic.ts';
import { foundTopics } from './found-topics.ts';

const topic = (id: string, category: string): TopicSummary => ({
  kind: 'calculator',
  id,
  title: `Title of ${id}`,
  summary: '',
  category,
  platforms: [],
  systems: [],
  symptoms: [],
  alsoCalled: [],
  about: [],
  asked: [],
  nearMisses: [],
});
const topics = [topic('z', 'Network'), topic('a', 'Storage'), topic('b', 'Network')];
const hit = (topicId: string) => ({ topicId, because: 'x', recognised: true, captured: {} });

it('shows everything by category and title where nothing was asked', () =>
  expect(foundTopics(topics, null).found.map((one) => one.topic.id)).toEqual(['b', 'z', 'a']));

it('keeps the order of what was found, and leaves out what this window does not know', () => {
  const { found, closest } = foundTopics(topics, { hits: [hit('z'), hit('gone'), hit('a')], closest: [] });
  expect(found.map((one) => [one.topic.id, one.because])).toEqual([
    ['z', 'x'],
    ['a', 'x'],
  ]);
  expect(closest).toEqual([]);
});

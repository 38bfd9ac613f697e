import { expect, it } from 'vitest';
import { topic } from './topic.ts';

it('says what it is about', () => {
  for (const text of [topic.summary, topic.category, topic.risk.text, topic.lab.scenario]) expect(text).not.toBe('');
  for (const list of [topic.platforms, topic.fixes, topic.needs, topic.sources, topic.symptoms]) expect(list.length).toBeGreaterThan(0);
});

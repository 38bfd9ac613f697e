/**
 * How good the search is: people's phrasings lead to their topic, and what is about nothing leads nowhere. What the search is tuned with is in the topics
 * (search.ts) and in corpus/unrelated.txt; held-out.txt and unrelated-held-out.txt were written by somebody who knew neither, and only measure it.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { topicSearch } from '../../../shared/topic-search/topic-search.ts';
import { anySummary, catalogue, searchTopics } from './topic-registry.ts';

const topics = catalogue.map(anySummary);
const find = topicSearch(topics);
const ask = (text: string, by = find) => by(text, searchTopics(text)).hits;

const corpus = (name: string) => readFileSync(`shared/topic-search/corpus/${name}.txt`, 'utf8').split('\n');
const unrelated = (name: string) => corpus(name).filter((line) => line !== '' && !line.startsWith('#'));
function heldOut(): { id: string; text: string }[] {
  let id = '';
  return corpus('held-out').flatMap((line) => {
    if (line.startsWith('## ')) id = line.slice(3);
    return line === '' || line.startsWith('#') ? [] : [{ id, text: line }];
  });
}

/** Shares, and what went wrong, to be read. */
function measured(phrasings: readonly { id: string; text: string }[], by: (text: string) => typeof find = () => find) {
  const ranks = phrasings.map(({ id, text }) => ({ id, text, ids: ask(text, by(text)).map(({ topicId }) => topicId) }));
  const share = (fits: (rank: (typeof ranks)[number]) => boolean) => ranks.filter(fits).length / ranks.length;
  const wrong = ranks.filter(({ id, ids }) => ids[0] !== id).map(({ id, text, ids }) => `${id}: ${text} → ${ids.slice(0, 3).join(', ')}`);
  return { first: share(({ id, ids }) => ids[0] === id), three: share(({ id, ids }) => ids.slice(0, 3).includes(id)), wrong: wrong.join('\n') };
}
const heard = (lines: readonly string[]) => lines.map((line) => ({ line, hits: ask(line) })).filter(({ hits }) => hits.length > 0);

describe('the search', () => {
  it('finds what nobody tuned it with', { timeout: 600_000 }, () => {
    const { first, three, wrong } = measured(heldOut());
    console.log(`Never seen before: ${(100 * first).toFixed(1)} % first, ${(100 * three).toFixed(1)} % among the first three.`);
    expect(first, wrong).toBeGreaterThanOrEqual(0.9);
    expect(three, wrong).toBeGreaterThanOrEqual(0.97);
  });

  it('finds each phrasing of a topic also without that phrasing', { timeout: 600_000 }, () => {
    const all = topics.flatMap(({ id, asked }) => asked.map((text) => ({ id, text })));
    const some = inject('soak') ? all : all.filter((_, at) => at % 25 === 0);
    const without = (text: string) => topicSearch(topics.map((topic) => ({ ...topic, asked: topic.asked.filter((one) => one !== text) })));
    const { first, three, wrong } = measured(some, without);
    expect(first, wrong).toBeGreaterThanOrEqual(0.9);
    expect(three, wrong).toBeGreaterThanOrEqual(0.97);
  });

  it.each(['unrelated', 'unrelated-held-out'])('is silent on %s lines', { timeout: 600_000 }, (name) => {
    const lines = unrelated(name);
    const loud = heard(lines);
    console.log(`${name}: silent on ${(100 - (100 * loud.length) / lines.length).toFixed(1)} % of ${lines.length} lines.`);
    expect(
      loud.length / lines.length,
      loud.map(({ line, hits }) => `${line} → ${hits.map(({ topicId }) => topicId).join(', ')}`).join('\n'),
    ).toBeLessThanOrEqual(0.01);
  });

  it('has enough to be measured with', () => {
    expect(unrelated('unrelated').length + unrelated('unrelated-held-out').length).toBeGreaterThanOrEqual(600);
    const held = heldOut();
    for (const { id, asked } of topics) expect(asked.length + held.filter((one) => one.id === id).length, id).toBeGreaterThanOrEqual(15);
  });
});

describe.each(catalogue.map((topic) => [topic.id, topic] as const))('%s', (id, { search, symptoms }) => {
  it('is not found by what is only like it', () => {
    expect(search?.nearMisses.length).toBeGreaterThanOrEqual(3);
    for (const text of search?.nearMisses ?? [])
      expect(
        ask(text).map(({ topicId }) => topicId),
        text,
      ).not.toContain(id);
  });
  it('has patterns that keep silent on logs of machines that are well', () => {
    for (const { pattern, text } of symptoms) for (const line of unrelated('unrelated')) expect(pattern.test(line), `${text}: ${line}`).toBe(false);
  });
});

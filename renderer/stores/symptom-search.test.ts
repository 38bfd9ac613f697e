import { describe, expect, it } from 'vitest';
import type { TopicSummary } from '../../shared/api/topic.ts';
import { matchWords, mergeFound } from './symptom-search.ts';

const topic = (id: string, title: string, symptoms: string[]): TopicSummary => ({
  kind: 'procedure',
  id,
  title,
  summary: '',
  category: 'Storage & firmware',
  platforms: ['Linux'],
  risk: { level: 'reads', text: '' },
  minutes: 1,
  lab: { scenarios: [], failures: [] },
  targets: [],
  symptoms,
});
const flash = topic('flash', 'Crossflash a card', ['drives larger than 2 TB not seen']);
const apt = topic('apt', 'apt Hash Sum mismatch', ['File has unexpected size']);
const all = [flash, apt];

describe('matchWords', () => {
  it('shows everything for nothing', () => expect(matchWords(all, '  ').map((f) => f.topic.id)).toEqual(['flash', 'apt']));
  it('wants every word, in any case and place', () => expect(matchWords(all, 'LINUX crossflash').map((f) => f.topic.id)).toEqual(['flash']));
  it('names the symptom that holds the words', () => expect(matchWords(all, '2 tb')).toEqual([{ topic: flash, because: 'drives larger than 2 TB not seen' }]));
  it('finds nothing for strangers', () => expect(matchWords(all, 'zebra')).toEqual([]));
});

describe('mergeFound', () => {
  it('puts patterns first and no topic twice', () => {
    const found = mergeFound(all, [{ topicId: 'apt', because: 'unexpected size' }], matchWords(all, ''));
    expect(found.map((f) => [f.topic.id, f.because])).toEqual([
      ['apt', 'unexpected size'],
      ['flash', ''],
    ]);
  });
  it('leaves out topics this window does not know', () => expect(mergeFound(all, [{ topicId: 'gone', because: 'x' }], [])).toEqual([]));
});

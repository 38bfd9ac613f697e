import { describe, expect, it } from 'vitest';
import type { TopicSummary } from '../../shared/api/topic.ts';
import { type CatalogueFilters, categoryCounts, noFilters, passes } from './catalogue-filters.ts';

const about = { title: '', summary: '', platforms: [], symptoms: [], alsoCalled: [], about: [], asked: [], nearMisses: [] };
const flash: TopicSummary = {
  ...about,
  kind: 'procedure',
  id: 'flash',
  category: 'Storage & firmware',
  systems: ['firmware', 'console'],
  risk: { level: 'irreversible', text: '' },
  minutes: 40,
  lab: { scenarios: [], failures: [] },
  targets: ['console'],
};
const web: TopicSummary = { ...flash, id: 'web', category: 'Services & apps', systems: ['linux'], risk: { level: 'changes', text: '' }, minutes: 10 };
const lion: TopicSummary = { ...flash, id: 'lion', systems: ['macos'], risk: { level: 'destructive', text: '' }, minutes: 360 };
const odds: TopicSummary = { ...about, kind: 'calculator', id: 'odds', category: 'Network & VPN', systems: [] };
const all = [flash, web, lion, odds];
const fitting = new Map([
  ['web', ['web1']],
  ['flash', []],
]);
const left = (filters: Partial<CatalogueFilters>) => all.filter((topic) => passes(topic, { ...noFilters, ...filters }, fitting)).map(({ id }) => id);

describe('passes', () => {
  it.each<[Partial<CatalogueFilters>, string[]]>([
    [{}, ['flash', 'web', 'lion', 'odds']],
    [{ category: 'Network & VPN' }, ['flash', 'web', 'lion', 'odds']],
    [{ system: 'linux' }, ['web']],
    [{ system: 'console' }, ['flash']],
    [{ danger: 'destructive' }, ['lion']],
    [{ danger: 'calculates' }, ['odds']],
    [{ time: '15' }, ['web', 'odds']],
    [{ time: '60' }, ['flash', 'web', 'odds']],
    [{ time: 'long' }, ['lion']],
    [{ fits: true }, ['web']],
    [{ fits: true, system: 'macos' }, []],
  ])('%j leaves %j', (filters, ids) => expect(left(filters)).toEqual(ids));
});

it('counts by category what is left, the empty ones too', () =>
  expect(categoryCounts(all, [flash, lion, web])).toEqual([
    { category: 'Network & VPN', count: 0 },
    { category: 'Services & apps', count: 1 },
    { category: 'Storage & firmware', count: 2 },
  ]));

import { describe, expect, it, vi } from 'vitest';

vi.mock('../window-api.ts', () => ({ api: {} }));
const { dayEdge, isNarrowed, noQuery, toSearch } = await import('./run-search.ts');

describe('what is looked for', () => {
  it('is nothing in particular to begin with', () => {
    expect(isNarrowed(noQuery)).toBe(false);
    expect(isNarrowed({ ...noQuery, text: '  ', page: 3 })).toBe(false);
    expect(toSearch(noQuery)).toMatchObject({ text: '', limit: 25, offset: 0 });
  });
  it.each([{ text: 'x' }, { host: 'web1' }, { topicId: 't' }, { outcome: 'done' as const }, { from: '2026-11-01' }, { to: '2026-11-01' }])(
    'is narrowed by %j',
    (change) => expect(isNarrowed({ ...noQuery, ...change })).toBe(true),
  );
  it('comes a page at a time', () => expect(toSearch({ ...noQuery, page: 4 })).toMatchObject({ offset: 75 }));
});

describe('a day', () => {
  it('lasts from midnight to midnight where the admin is', () => {
    expect(dayEdge('2026-11-23', 'first')).toBe(new Date(2026, 10, 23).toISOString());
    expect(dayEdge('2026-11-23', 'last')).toBe(new Date(2026, 10, 23, 23, 59, 59, 999).toISOString());
    expect(dayEdge('2026-12-31', 'last')).toBe(new Date(2026, 11, 31, 23, 59, 59, 999).toISOString());
  });
  it.each(['', '2026', 'yesterday'])('is none for %j', (text) => expect(dayEdge(text, 'first')).toBeUndefined());
});

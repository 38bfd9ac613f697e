import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readDraft, writeDraft } from './kept-draft.ts';

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
beforeEach(() => vi.stubGlobal('window', { sessionStorage: storage }));
afterEach(() => {
  kept.clear();
  vi.unstubAllGlobals();
});
const isNamed = (draft: unknown): draft is { name: string } => typeof draft === 'object' && draft !== null && 'name' in draft;

it('keeps a draft by its name until it is forgotten', () => {
  writeDraft('target', { name: 'web' });
  expect(readDraft('target', isNamed)).toEqual({ name: 'web' });
  expect(readDraft('target web-1', isNamed)).toBeNull();
  writeDraft('target', null);
  expect(readDraft('target', isNamed)).toBeNull();
});

it('takes nothing of another form, nothing damaged, and nothing where there is no storage', () => {
  writeDraft('target', { host: 'web' });
  expect(readDraft('target', isNamed)).toBeNull();
  kept.set('wrenchbook.draft target', '{');
  expect(readDraft('target', isNamed)).toBeNull();
  vi.stubGlobal('window', {
    get sessionStorage(): never {
      throw new Error('denied');
    },
  });
  writeDraft('target', { name: 'web' });
  expect(readDraft('target', isNamed)).toBeNull();
});

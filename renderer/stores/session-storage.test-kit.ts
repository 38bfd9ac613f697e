/** A window's session storage, for tests that have no window. */
import { vi } from 'vitest';

/** Puts it in place of `window` and returns what it holds; `vi.unstubAllGlobals()` takes it away again. */
export function stubSessionStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  });
  return kept;
}

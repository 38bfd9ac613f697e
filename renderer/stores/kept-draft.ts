/** What was typed into a dialog or a small form and not sent yet: it survives Back and a reload, for as long as this window is open. Nothing secret. */
import { useEffect, useState } from 'react';

const keyOf = (name: string) => `wrenchbook.draft ${name}`;

/** What was kept under the name, where it is still of the form that `fits` knows; null where nothing was. */
export function readDraft<T>(name: string, fits: (kept: unknown) => kept is T): T | null {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(name)) ?? 'null');
    return fits(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function writeDraft(name: string, draft: unknown): void {
  try {
    if (draft === null) window.sessionStorage.removeItem(keyOf(name));
    else window.sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // Full or denied: it is as it was without this.
  }
}

/** State that is kept while it differs from `initial`. `forget`: once it was sent, or given up, where nobody shows it any more. */
export function useDraft<T>(name: string, initial: T, fits: (kept: unknown) => kept is T): { draft: T; set(draft: T): void; forget(): void } {
  const [draft, set] = useState<T>(() => readDraft(name, fits) ?? initial);
  useEffect(() => writeDraft(name, JSON.stringify(draft) === JSON.stringify(initial) ? null : draft), [name, draft, initial]);
  return { draft, set, forget: () => writeDraft(name, null) };
}

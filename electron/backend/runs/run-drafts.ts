/** Folders of runs that are being made. One whose maker was killed is removed by the next; it was never a run. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { lockRun } from './run-lock.ts';

export const draftPrefix = '.new-';
/** A draft is locked right after it is made. */
const unlockedMs = 60_000;

/** Removes drafts that nobody works on. One that can't be looked at stays. */
export function removeAbandonedDrafts(runsFolder: string): void {
  for (const name of readdirSync(runsFolder)) {
    const draft = path.join(runsFolder, name);
    if (!name.startsWith(draftPrefix)) continue;
    try {
      // Without a lock it may have been made this very moment; with one its maker can be asked for.
      if (!existsSync(path.join(draft, 'lock')) && Date.now() - statSync(draft).mtimeMs < unlockedMs) continue;
      lockRun(draft);
      rmSync(draft, { recursive: true, force: true });
    } catch {
      // somebody is making a run in it
    }
  }
}

/** What `targets.json` holds: each entry by itself, so that a bad one costs itself and no other. Pure. */
import { z } from 'zod';
import { firstIssueText } from '../../../../shared/api/issue-words.ts';
import { type HiddenTarget, longestName, type Target, target } from '../../../../shared/api/target.ts';
import { keptTargetIssues, targetIssuesText } from '../../../../shared/api/target-words.ts';

/** An entry as it lies in the file; `target` is null where it can't be used. */
export interface BookEntry {
  raw: unknown;
  target: Target | null;
  why: string;
}

const bookFile = z.strictObject({ version: z.literal(1), targets: z.array(z.unknown()) });

/** Throws Error, with the reason, where the file as a whole is not one of ours. */
export function readBook(text: string): BookEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON.');
  }
  const parsed = bookFile.safeParse(content);
  if (!parsed.success) throw new Error(firstIssueText(parsed.error));
  const ids = new Set<string>();
  return parsed.data.targets.map((raw) => {
    const entry = readEntry(raw);
    if (entry.target && ids.has(entry.target.id)) return { raw, target: null, why: `Another entry has the id "${entry.target.id}" already.` };
    if (entry.target) ids.add(entry.target.id);
    return entry;
  });
}

/** Entries that were not changed are written as they were found. */
export const bookText = (entries: readonly BookEntry[]): string => `${JSON.stringify({ version: 1, targets: entries.map(({ raw }) => raw) }, null, 2)}\n`;

export const entryOf = (changed: Target): BookEntry => ({ raw: changed, target: changed, why: '' });

export const hiddenOf = (entries: readonly BookEntry[]): HiddenTarget[] =>
  entries.flatMap(({ raw, target: usable, why }, index) => (usable ? [] : [{ number: index + 1, name: nameOf(raw), why }]));

/** Every id that is taken, also by an entry that can't be used. */
export const takenIds = (entries: readonly BookEntry[]): Set<string> =>
  new Set(entries.flatMap(({ raw }) => (typeof (raw as { id?: unknown } | null)?.id === 'string' ? [(raw as { id: string }).id] : [])));

function readEntry(raw: unknown): BookEntry {
  const shown = shortNamed(raw);
  const issues = keptTargetIssues(shown);
  if (issues.length === 0) return { raw, target: target.strict().parse(shown), why: '' };
  return { raw, target: null, why: targetIssuesText(issues) };
}

/** A name that is too long, as an import once let in, is cut where it is shown. */
function shortNamed(raw: unknown): unknown {
  const name = (raw as { name?: unknown } | null)?.name;
  return typeof name === 'string' && name.trim().length > longestName ? { ...(raw as object), name: name.trim().slice(0, longestName) } : raw;
}

function nameOf(raw: unknown): string {
  const { name, id } = (raw ?? {}) as { name?: unknown; id?: unknown };
  const found = [name, id].find((each) => typeof each === 'string' && each.trim() !== '');
  return typeof found === 'string' ? found.slice(0, longestName) : '';
}

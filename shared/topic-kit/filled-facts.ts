/** Facts in the scripts of later steps: marked in the plan, filled in when they are known. Pure. */
import type { PlannedFact } from '../api/plan.ts';
import type { Fact } from '../api/run.ts';
import { secretMark } from '../api/secret-mark.ts';
import { type FactMark, factMarks, quote, quotePath } from './script.ts';
import { pathsOutside } from './sealed-paths.ts';
import type { SavedFact, Step } from './step.ts';

/** A rehearsal's paths, where it is one. */
type MapFile = ((path: string) => string) | null;

const savedBy = (step: Step): readonly SavedFact[] => [...('before' in step ? (step.before?.saves ?? []) : []), ...('saves' in step ? (step.saves ?? []) : [])];

/**
 * Marks facts in the texts of the step at `index`, and gathers them in `used`. `own`: facts that the step itself saves are known there, as in
 * its proof and its undo.
 */
export function factMarker(steps: readonly Step[], index: number, used: PlannedFact[]): (own: boolean) => FactMark {
  return (own) =>
    ({ fact: id, use }) => {
      const known = steps.slice(0, own ? index + 1 : index).flatMap((step, at) => savedBy(step).map((saved) => ({ ...saved, at })));
      const { title, at } = known.findLast((saved) => saved.id === id) ?? {};
      if (title === undefined || at === undefined) throw new TypeError(`No earlier step saves the fact "${id}"`);
      if (/[‹›'\n]/.test(title)) throw new TypeError(`"${title}" can't stand in a script: take the quotes out of the fact's title`);
      const mark = `‹${title}, read in step ${at + 1}›`;
      const before = used.find((known) => known.mark === mark);
      if (before && (before.id !== id || before.use !== use))
        throw new TypeError(`The fact "${id}" is used in two ways in one step, or shares its title with another`);
      if (!before) used.push({ mark, id, title, step: at + 1, use });
      return mark;
    };
}

/** A text with what is known filled in; `problem`: what is not known, or can't stand in a script. Its mark stays then. */
export function fillFacts(
  text: string,
  planned: readonly PlannedFact[] | undefined,
  facts: readonly Fact[],
  mapFile: MapFile,
): { text: string; problem: FactProblem | null } {
  let problem: FactProblem | null = null;
  if (!planned) return { text, problem };
  const filled = text.replace(factMarks, (mark, at: number) => {
    const known = planned.find((one) => one.mark === mark);
    if (!known) return mark;
    const value = facts.find(({ id }) => id === known.id)?.value;
    const because = value === undefined ? 'it was not read' : whyUnfit(value, known, mapFile, /\S/.test(text[at - 1] ?? ' '));
    if (value !== undefined && because === null) return quoted(value, known, mapFile);
    problem ??= { ...known, because: because ?? '' };
    return mark;
  });
  return { text: filled, problem };
}
export interface FactProblem extends PlannedFact {
  /** As in "Disks can't be filled in: …". */
  because: string;
}

const wordsOf = (value: string, { use }: PlannedFact) => (use === 'words' ? value.trim().split(/\s+/) : [value]);

function quoted(value: string, fact: PlannedFact, mapFile: MapFile): string {
  if (fact.use === 'file') return quotePath(mapFile && value.startsWith('/') ? mapFile(value) : value);
  return wordsOf(value, fact).map(quote).join(' ');
}

/**
 * Control and format characters, bytes that were no text, what only seems to be there: the script would not be what the admin sees, or not
 * what the target said.
 */
const unshowable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd]/u;

/** `joined`: it stands behind other text of its word, as in `name=VALUE`. */
function whyUnfit(value: string, fact: PlannedFact, mapFile: MapFile, joined: boolean): string | null {
  if (value.includes(secretMark)) return 'it holds a secret, and was not kept';
  if (unshowable.test(value)) return 'it holds control characters, or bytes that are not text';
  if (value.trim() === '') return 'it is empty';
  const dashed = wordsOf(value, fact)
    .slice(joined ? 1 : 0)
    .some((word) => word.startsWith('-'));
  if (fact.use !== 'file' && dashed) return 'it begins with a dash, and a program would take it for an option';
  if (!mapFile || fact.use === 'named') return null;
  const leadsOut = fact.use === 'file' ? value.split('/').includes('..') : wordsOf(value, fact).some((word) => pathsOutside(quote(word)).length > 0);
  return leadsOut ? 'it is a path outside the lab' : null;
}

/** What is offered of a step that edits a file: first to show the change, then to write what was shown. Pure. */
import type { ShownEdit } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Offer, StepState } from '../../../shared/api/run.ts';
import type { RunRecord } from './run-fold.ts';

type PlannedEdit = NonNullable<PlannedStep['edit']>;

/** Names a change: from which content to which. */
const changeId = ({ before, after }: ShownEdit) => `${before?.sha256 ?? 'none'} ${after.sha256}`;

/** `confirm` is what writing wants typed; showing wants nothing. */
export function editOffer(step: PlannedStep, edit: PlannedEdit, state: StepState, again: boolean, confirm: Offer['confirm']): Offer {
  const shown = state.edit?.stage === 'shown' ? state.edit : null;
  const offer = { action: again ? ('retry' as const) : ('advance' as const), id: step.id, script: null };
  if (!shown)
    return {
      ...offer,
      title: again ? 'Show the change again' : 'Show the change',
      explanation: `Reads ${edit.file} and shows what would change in it. Nothing is written yet.`,
      change: null,
      confirm: null,
    };
  const backup = shown.backup ? `A copy of it as it is now is kept in ${shown.backup.folder} and in this run's folder.` : 'Taking it back removes it.';
  const how = again
    ? 'It may have been written already or not. It is read first: it is written where it still is as shown, left as it is where it was written, and where it is neither the run stops.'
    : shown.again
      ? 'The file has changed since it was shown: this is the change anew.'
      : 'The file is replaced in one instant, with its mode and owner.';
  return {
    ...offer,
    title: again ? 'Write the change again' : 'Write the change',
    explanation: `${how} ${backup}`,
    change: { diff: shown.diff, shown: changeId(shown) },
    confirm,
  };
}

/** What an undo does to files. */
export const restoredWords = (steps: readonly PlannedStep[], record: RunRecord): string[] =>
  steps.flatMap(({ id, edit }) => {
    const begun = record.edits.get(id);
    if (!edit || !begun) return [];
    return [begun.before ? `${edit.file} is put back as it was, from its backup.` : `${edit.file} is removed: it was not there before.`];
  });

/** State of edited files from the events: what is shown, what began to be written, what can be taken back. Pure. */
import type { ShownEdit, StepEdit, TargetBackup } from '../../../shared/api/edit.ts';
import type { StepState } from '../../../shared/api/run.ts';
import type { RunEvent } from './run-event.ts';

/** A change that began to be written: the file as it was before the run, and as the run last wrote it. */
export interface BegunEdit extends ShownEdit {
  /** Backups of what the run itself had written in between. */
  between: TargetBackup[];
}
export type BegunEdits = Map<string, BegunEdit>;

export function showEdit(step: StepState, event: Extract<RunEvent, { type: 'edit-shown' }>, begun: BegunEdits): void {
  const { place, before, after, diff, backup, again } = event;
  const edit: StepEdit = { place, before, after, diff, backup, again, stage: 'shown' };
  Object.assign(step, { status: 'pending', endedAt: event.at, edit });
  // It was another file than the one that was shown: nothing was done to it.
  if (again) begun.delete(step.id);
}

/** From here on there may be a backup, and a written file. */
export function beginEdit(step: StepState, begun: BegunEdits): void {
  if (!step.edit) return;
  const { stage: _, ...edit } = step.edit;
  const earlier = begun.get(step.id);
  const goesOn = earlier && earlier.after.sha256 === edit.before?.sha256;
  const same = earlier && earlier.before?.sha256 === edit.before?.sha256;
  if (goesOn && !same) begun.set(step.id, { ...edit, before: earlier.before, backup: earlier.backup, between: [...earlier.between, ...kept(edit)] });
  else begun.set(step.id, { ...edit, between: same ? earlier.between : [] });
}
const kept = ({ backup }: ShownEdit) => (backup ? [backup] : []);

/** A change that was shown and not written has to be shown again. */
export function leaveEdit(step: StepState | undefined): void {
  if (step?.edit?.stage === 'shown') step.edit = { ...step.edit, stage: 'left' };
}

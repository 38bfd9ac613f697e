/** State of edited files from the events: what is shown, what began to be written, what can be undone. Pure. */
import type { ShownFile, TargetBackup } from '../../../shared/api/edit.ts';
import type { StepState } from '../../../shared/api/run.ts';
import type { RunEvent } from './run-event.ts';

/** A change that began to be written: the file as it was before the run, and as the run last wrote it. */
export interface BegunEdit extends ShownFile {
  /** Backups of what the run itself had written in between. */
  between: TargetBackup[];
}
/** By step, then by the file's name, in the order in which they began. */
export type BegunEdits = Map<string, Map<string, BegunEdit>>;
type Of<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** The one file of a journal of an earlier version; `file`: what the plan calls it. */
export function asList({ type: _, place, before, after, backup, newFolders, folder, ...event }: Of<'edit-shown'>, file: string): Of<'edits-shown'> {
  const files = [{ file, place, before, after, backup, ...(folder !== undefined && { folder }), ...(newFolders && { newFolders }) }];
  return { ...event, type: 'edits-shown', found: null, files };
}

export function showEdits(step: StepState, { at, diff, again, found, files }: Of<'edits-shown'>, begun: BegunEdits): void {
  const edit = { diff, again, found, files: files.map((each) => ({ ...each, written: false })), stage: 'shown' };
  Object.assign(step, { status: 'pending', endedAt: at, edit });
  // It was another file than the one that was shown: nothing was done to it.
  if (again && found === null) begun.delete(step.id);
}

/** From here on there may be a backup, and a written file. Of those that are found each begins when its backup is there. */
export function beginEdit(step: StepState, begun: BegunEdits): void {
  const [only] = step.edit?.found === null ? step.edit.files : [];
  if (only) begin(step.id, only, begun);
}
export function beginFile(step: StepState | undefined, { name }: Of<'file-backed-up'>, begun: BegunEdits): void {
  // One that the step names began with its writing.
  const file = step?.edit?.found === null ? undefined : step?.edit?.files.find((each) => each.file === name);
  if (step && file) begin(step.id, file, begun);
}

function begin(stepId: string, { written: _, ...file }: ShownFile & { written: boolean }, begun: BegunEdits): void {
  const files = begun.get(stepId) ?? new Map<string, BegunEdit>();
  begun.set(stepId, files);
  const earlier = files.get(file.file);
  const goesOn = earlier && earlier.after.sha256 === file.before?.sha256;
  const same = earlier && earlier.before?.sha256 === file.before?.sha256;
  // The one that began last is taken back first.
  files.delete(file.file);
  if (goesOn && !same)
    files.set(file.file, {
      ...file,
      before: earlier.before,
      backup: earlier.backup,
      ...foldersOf(earlier, file),
      between: [...earlier.between, ...(file.backup ? [file.backup] : [])],
    });
  else files.set(file.file, { ...file, ...foldersOf(same && earlier, file), between: same ? earlier.between : [] });
}

/** What was made before a first attempt was cut off is this run's too. */
function foldersOf(earlier: BegunEdit | false | undefined, { newFolders = [] }: ShownFile): Pick<ShownFile, 'newFolders'> {
  const all = [...new Set([...newFolders, ...((earlier || undefined)?.newFolders ?? [])])];
  return all.length > 0 ? { newFolders: all } : {};
}

export function noteWritten(step: StepState | undefined, { name }: Of<'file-written'>): void {
  if (!step?.edit) return;
  const files = step.edit.files.map((each) => (name === undefined || each.file === name ? { ...each, written: true } : each));
  step.edit = { ...step.edit, files, stage: files.every(({ written }) => written) ? 'written' : step.edit.stage };
}

/**
 * Whether a program takes what the step finds or writes: what was shown is written now, or it was tried before, and may have been written
 * and not taken. The first look changes nothing, also where all is as wanted already.
 */
export const takesAgain = (before: Pick<StepState, 'attempts' | 'edit'> | null): boolean => before?.edit?.stage === 'shown' || (before?.attempts ?? 0) > 0;

/** A change that was shown and not written has to be shown again. */
export function leaveEdit(step: StepState | undefined): void {
  if (step?.edit?.stage === 'shown') step.edit = { ...step.edit, stage: 'left' };
}

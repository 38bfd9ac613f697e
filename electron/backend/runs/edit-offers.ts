/** What is offered of a step that edits files: first to show the change, then to write what was shown. Pure. */
import { createHash } from 'node:crypto';
import { stepDanger } from '../../../shared/api/danger.ts';
import type { ShownFile, StepEdit } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Offer, StepState } from '../../../shared/api/run.ts';
import { type BegunEdit, takesAgain } from './edit-fold.ts';
import type { RunRecord } from './run-fold.ts';

type PlannedEdit = NonNullable<PlannedStep['edit']>;

/** Names a change: from which content to which. */
const changeId = ({ before, after }: ShownFile) => `${before?.sha256 ?? 'none'} ${after.sha256}`;
const changesId = ({ files }: StepEdit) =>
  createHash('sha256')
    .update(files.map((each) => `${changeId(each)} ${each.file}`).join('\n'))
    .digest('hex');

/** `confirm` is what writing wants typed; showing wants nothing. */
export function editOffer(step: PlannedStep, edit: PlannedEdit, state: StepState, again: boolean, confirm: Offer['confirm']): Offer {
  const shown = state.edit?.stage === 'shown' ? state.edit : null;
  const offer = { action: again ? ('retry' as const) : ('advance' as const), id: step.id, script: null };
  if (shown) {
    const writing = shown.found === null ? writeOne(shown, again) : writeAll(shown, shown.found, again);
    const { afterwardsScript: script = null } = step;
    return { ...offer, script, confirm, danger: stepDanger(step), ...writing, title: again ? writing.title : (step.act ?? writing.title) };
  }
  const taken = step.afterwardsScript !== undefined && takesAgain(state) ? step.afterwardsScript : undefined;
  const explanation =
    edit.find === undefined
      ? `Reads ${edit.file} and shows what would change in it. Nothing is written yet.`
      : `Finds and reads ${edit.file}, and shows what would change in them. Nothing is written yet.`;
  return {
    ...offer,
    title: again ? 'Show the change again' : 'Show the change',
    explanation: taken === undefined ? explanation : `${explanation} Where nothing is left to be written, what follows is run again.`,
    script: [step.beforeScript, edit.find, taken].filter((text) => text !== undefined).join('\n') || null,
    change: null,
    confirm: null,
    danger: taken === undefined ? 'reads' : stepDanger(step),
  };
}

type Writing = Pick<Offer, 'title' | 'explanation' | 'change'>;

function writeOne({ files: [file], diff, again: anew }: StepEdit, again: boolean): Writing {
  const backup = file?.backup ? `A copy of the current file is kept in ${file.backup.folder} and in this run's folder.` : 'Undo removes it.';
  const folders = file?.newFolders?.length ? ` ${newFolderWords(file.newFolders)}` : '';
  const how = again
    ? 'It may or may not have been written. It is read first: if it is still as shown, it is written; if it was written, it is left alone; if it is neither, the run stops.'
    : anew
      ? 'The file has changed since it was shown: this is the new change.'
      : 'The file is replaced in one instant, with its mode and owner.';
  return {
    title: again ? 'Write the file again' : 'Write the file',
    explanation: `${how} ${backup}${folders}`,
    change: { diff, shown: file ? changeId(file) : '' },
  };
}

const newFolderWords = (folders: readonly string[]) =>
  folders.length === 1
    ? `The folder ${folders[0]} is made for it, and goes with it when it is empty.`
    : `The folders ${[...folders].reverse().join(', ')} are made for it, and go with it when they are empty.`;

function writeAll(shown: StepEdit, found: number, again: boolean): Writing {
  const { files, diff, again: anew } = shown;
  const number = files.length === 1 ? '1 file' : `${files.length} files`;
  const others = found > files.length ? ` ${found - files.length} more were found and are already correct.` : '';
  const how = again
    ? 'Some may have been written. All are read first: those still as shown are written, those already written are left alone; if one is neither, the run stops.'
    : anew
      ? 'Something has changed since it was shown: these are the new changes.'
      : `Each file is replaced in one instant, with its mode and owner, one after the other.${others}`;
  return {
    title: again ? `Write ${number} again` : `Write ${number}`,
    explanation: `${how} Copies of the current files are kept in ${files[0]?.backup?.folder ?? 'the backups'} and in this run's folder.`,
    change: { diff, shown: changesId(shown) },
  };
}

/** What an undo does to files. */
export const restoredWords = (steps: readonly PlannedStep[], record: RunRecord): string[] =>
  steps.flatMap(({ id, edit }) => {
    const begun = [...(record.edits.get(id)?.values() ?? [])];
    if (!edit || begun.length === 0) return [];
    if (begun.length <= 3) return begun.map(restored);
    return [`${begun.length} files are restored from their backups: ${begun.map(({ file }) => file).join(', ')}.`];
  });
const restored = ({ before, file }: BegunEdit) => (before ? `${file} is restored from its backup.` : `${file} is removed: it was not there before.`);

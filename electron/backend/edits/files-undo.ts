/** Takes the files of one step back, the last written first. */
import type { BegunEdit } from '../runs/edit-fold.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import type { SessionFiles } from '../sessions/files/session-files.ts';
import { takeBackEdit } from './edit-undo.ts';

/** Null when all are as they were; else why those that could not be put back are not. The others are. */
export async function takeBackFiles(
  files: SessionFiles,
  stepId: string,
  edits: readonly BegunEdit[],
  { root, runFolder, note }: { root: string; runFolder: string; note(event: RunEventBody): void },
): Promise<string | null> {
  const stuck: string[] = [];
  for (const edit of [...edits].reverse()) {
    const because = await takeBackEdit(files, { name: edit.file, place: edit.place, follow: false, root }, edit, runFolder);
    if (because === null) note({ type: 'file-restored', stepId, name: edit.file });
    else stuck.push(because);
  }
  if (stuck.length === 0) return null;
  const more = stuck.length > 3 ? ` ${stuck.length - 3} more files could not be put back.` : '';
  const well = edits.length > stuck.length ? ` ${edits.length - stuck.length} of ${edits.length} files were put back.` : '';
  return `${stuck.slice(0, 3).join(' ')}${more}${well}`;
}

/** Takes edits back: each file as it was, from the target's backup, else from the run's own copy; a new file is removed. */

import type { TargetBackup } from '../../../shared/api/edit.ts';
import { toWireError } from '../../../shared/api/error.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { BegunEdit } from '../runs/edit-fold.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import { sumsOf } from '../sessions/files/file-script.ts';
import { FileTrouble } from '../sessions/files/file-trouble.ts';
import type { SessionFiles, TargetPath } from '../sessions/files/session-files.ts';
import { type SeenFile, sameFile, seeFile, targetPath } from './edited-file.ts';
import { digestFor, type FileDigest } from './file-digest.ts';
import { dropCopy, readCopy } from './local-backups.ts';

interface UndoSurroundings {
  /** What the paths of a rehearsal are below. */
  root: string;
  runFolder: string;
  note(event: RunEventBody): void;
}

/** The files of one step, the last written first. Null when all are as they were; else why some could not be put back: the others are. */
export async function takeBackEdits(
  files: SessionFiles,
  stepId: string,
  planned: NonNullable<PlannedStep['edit']>,
  edits: readonly BegunEdit[],
  { root, runFolder, note }: UndoSurroundings,
): Promise<string | null> {
  const digest = digestFor(planned, runFolder);
  const stuck: string[] = [];
  for (const edit of [...edits].reverse()) {
    const target = planned.find === undefined ? targetPath(planned, root) : { name: edit.file, place: edit.place, follow: false, root };
    const because = await takeBackEdit(files, target, edit, runFolder, digest);
    if (because === null) note({ type: 'file-restored', stepId, name: edit.file });
    else stuck.push(because);
  }
  if (stuck.length === 0) return null;
  const more = stuck.length > 3 ? ` ${stuck.length - 3} more files could not be put back.` : '';
  const well = edits.length > stuck.length ? ` ${edits.length - stuck.length} of ${edits.length} files were put back.` : '';
  return `${stuck.slice(0, 3).join(' ')}${more}${well}`;
}

/** Null when it is as it was; else why it could not be. What somebody changed since is not overwritten. */
async function takeBackEdit(files: SessionFiles, target: TargetPath, edit: BegunEdit, runFolder: string, digest: FileDigest): Promise<string | null> {
  try {
    const seen = await seeFile(files, target, digest);
    if (!sameFile(seen.is, edit.before)) {
      // Not only the content: an undo that was cut off may have put that back and nothing else.
      if (seen.is?.sha256 !== edit.after.sha256 && seen.is?.sha256 !== edit.before?.sha256)
        return `${target.name} was changed since this run wrote it. Nothing was overwritten: put back by hand what you need.${whereKept(edit)}`;
      await putBack(files, target, edit, seen, runFolder, digest);
      if (!sameFile((await seeFile(files, target, digest)).is, edit.before))
        return `${target.name} was put back, but has different content now.${whereKept(edit)}`;
    }
    if (!edit.before && edit.newFolders) await files.dropFolders(target, edit.newFolders);
    for (const backup of [...edit.between, ...(edit.backup ? [edit.backup] : [])]) {
      const { folder, missing } = backup;
      // `…/wrenchbook/backups/RUN` is ours as far as `wrenchbook`; above it only what was made for it.
      await files.discard(backup, [folder, folder.replace(/\/[^/]+$/, ''), folder.replace(/(\/[^/]+){2}$/, ''), ...missing]);
      dropCopy(runFolder, backup.name);
    }
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FileTrouble)) throw thrown;
    const { message, next } = toWireError(thrown);
    return `${message} ${next}${whereKept(edit)}`;
  }
}

async function putBack(
  files: SessionFiles,
  target: TargetPath,
  { before, backup }: BegunEdit,
  seen: SeenFile,
  runFolder: string,
  digest: FileDigest,
): Promise<void> {
  const content = seen.is && seen.content;
  if (!before || !backup) {
    if (content) await files.remove(target, content, seen.folder);
    return;
  }
  try {
    const sums = digest.keyed ? await sumsOfBackup(files, backup, before.sha256, digest) : `${before.sum} ${before.sha256}`;
    await files.restore(target, content, backup, sums, before.mode, seen.folder);
  } catch (thrown) {
    if (!(thrown instanceof FileTrouble) || thrown.problem !== 'no-backup') throw thrown;
    const copy = readCopy(runFolder, backup.name);
    if (!copy || digest.of(copy) !== before.sha256) throw thrown;
    await files.write(target, content, copy, before.mode, seen.folder);
  }
}

/** The record has no sums of a content that holds a secret: they are made of the backup, which is compared with the record first. */
async function sumsOfBackup(files: SessionFiles, { folder, name }: TargetBackup, sha256: string, digest: FileDigest): Promise<string> {
  const place = `${folder}/${name}`;
  const { state, content } = await files.read({ name: place, place, follow: false, root: '' });
  if (!state || digest.of(content) !== sha256) throw new FileTrouble('no-backup', place, place, 'restored');
  return sumsOf(content);
}

const whereKept = ({ backup }: BegunEdit) => (backup ? ` The old version is kept in ${backup.folder}/${backup.name}.` : '');

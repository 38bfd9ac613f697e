/**
 * A step that changes files it finds on the target: they are found and read, and all that change are shown; then each is written as
 * it was shown. Nothing is written unless every one of them still is as it was.
 */
import type { ShownEdits, ShownFile, StepEdit } from '../../../shared/api/edit.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { type FilesEditStep, isFailure } from '../../../shared/topic-kit/index.ts';
import { longestDiffs } from './change-diff.ts';
import { type EditOutcome, expected, failed, judged } from './edit-outcome.ts';
import { neither } from './edit-performer.ts';
import { seeFiles } from './edited-file.ts';
import { type EditSurroundings, FileChange, pathMark } from './file-change.ts';
import { writeFiles } from './files-write.ts';
import { foundFiles, inBatches, mostFiles } from './found-files.ts';

interface FilesSurroundings extends EditSurroundings {
  /** Runs the step's look for its files. */
  find(): Promise<{ text: string; verdicts: Verdict[] }>;
  /** The changes were read and wait for the admin. */
  noteShown(shown: ShownEdits): void;
}
type Failed = { verdicts: Verdict[] };

export class FilesEditPerformer {
  private readonly step: FilesEditStep;
  private readonly around: FilesSurroundings;

  constructor(step: FilesEditStep, around: FilesSurroundings) {
    this.step = step;
    this.around = around;
  }

  /** Finds the files, reads them, and tells what would change in them. */
  show(): Promise<EditOutcome> {
    return judged(async () => {
      const now = await this.changes();
      return 'verdicts' in now ? now : this.tell(now, false);
    });
  }

  /**
   * Writes what was shown. `begun`: some may have been written already; those that were not are written now. Else all is shown
   * anew where anything is not as it was then, also where other files are found.
   */
  write(shown: StepEdit, begun: boolean): Promise<EditOutcome> {
    return judged(async () => {
      const trouble = begun ? await this.lookAgain(shown) : null;
      if (trouble) return trouble;
      if (!begun) {
        const now = await this.changes();
        if ('verdicts' in now) return now;
        if (!isSame(shown.files, now.files)) return this.tell(now, true);
      }
      return writeFiles(shown.files, (file) => this.changeOf(file.file, file.place), this.around.files);
    });
  }

  /** Before the rest is written: is each file the one or the other? */
  private async lookAgain({ files }: StepEdit): Promise<Failed | null> {
    for (const batch of inBatches(files)) {
      const changes = batch.map(({ file, place }) => this.changeOf(file, place));
      const seen = await this.seeAll(changes);
      const odd = batch.find((file, index) => {
        const now = seen[index];
        return !now || (now.is?.sha256 !== file.after.sha256 && !changes[index]?.toWrite(file, now));
      });
      if (odd) return neither(odd.file);
    }
    return null;
  }

  private async changes(): Promise<Failed | (Omit<ShownEdits, 'again'> & { said: Verdict[] })> {
    const { find, files, lab } = this.around;
    const { text, verdicts } = await find();
    if (isFailure(verdicts)) return { verdicts };
    const found = foundFiles(text, lab?.root ?? '');
    if ('unclear' in found) return failed('unclear-path', `"${found.unclear}" is not a path that can be edited.`, 'Edit that file by hand.');
    const all = found.files.length;
    if (all > mostFiles) return failed('too-many-files', `${all} files were found; at most ${mostFiles} are changed at once.`, inParts);
    const base = await files.backupBase(lab?.backups ?? null);
    const shown: ShownFile[] = [];
    const diffs: string[] = [];
    let length = 0;
    for (const batch of inBatches(found.files)) {
      const changes = batch.map(({ name, place }) => this.changeOf(name, place));
      for (const [index, seen] of (await this.seeAll(changes)).entries()) {
        const { name, place } = batch[index] as (typeof batch)[number];
        if (!seen.is) return failed('file-absent', `${name} was found but is gone now.`, 'Find out what changes these files, then run the step again.');
        const told = (changes[index] as FileChange).tell(seen, base, { copyName: `${this.step.id}-${pathMark(place)}` });
        if (told === 'as wanted') continue;
        if ('outcome' in told) return naming(told.outcome, name);
        length += told.diff.length + 1;
        if (length > longestDiffs) return tooMuch(shown.length + 1, all);
        shown.push(told.change);
        diffs.push(told.diff);
      }
    }
    return { files: shown, found: all, diff: diffs.join('\n'), said: verdicts };
  }

  private tell({ said, ...shown }: Omit<ShownEdits, 'again'> & { said: Verdict[] }, again: boolean): EditOutcome {
    if (shown.files.length === 0) return { verdicts: [...said, ...expected('already-as-wanted', nothingWords(shown.found)).verdicts] };
    this.around.noteShown({ ...shown, again });
    return 'shown';
  }

  private seeAll = (changes: readonly FileChange[]) =>
    seeFiles(
      this.around.files,
      changes.map(({ target }) => target),
    );

  private changeOf(name: string, place: string): FileChange {
    const { facts, lab } = this.around;
    const target = { name, place, follow: false, root: lab?.root ?? '' };
    return new FileChange(this.step.id, target, this.around, (old) => this.step.editEach(old, { file: name, facts }));
  }
}

/** The same files, from and to the same contents. */
const isSame = (before: readonly ShownFile[], now: readonly ShownFile[]) => JSON.stringify(before.map(essence)) === JSON.stringify(now.map(essence));
const essence = ({ file, before, after }: ShownFile) => [file, before?.sha256, before?.mode, before?.uid, before?.gid, after.sha256];

/** A refusal names its file. */
const naming = ({ verdicts }: Failed, file: string): Failed => ({
  verdicts: verdicts.map((verdict) => (verdict.means.includes(file) ? verdict : { ...verdict, means: `${file}: ${verdict.means}` })),
});
const inParts =
  'Nothing was written. Run it folder by folder, naming each in the form; if they are all in one folder, edit some by hand and run it for the rest.';
const tooMuch = (files: number, found: number) =>
  failed('too-much', `${found} files were found. The changes of the first ${files} are already too long to review at once.`, inParts);
function nothingWords(found: number): string {
  if (found === 0) return 'No such file was found: nothing was written.';
  return `${found === 1 ? 'The file that was found is' : `All ${found} files that were found are`} already as wanted: nothing was written.`;
}

/**
 * A step that changes files it finds on the target: they are found and read, and all that change are shown; then each is written as
 * it was shown, one after the other. Nothing is written unless every one of them still is as it was.
 */
import type { ShownEdits, ShownFile, StepEdit } from '../../../shared/api/edit.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { type FilesEditStep, isFailure } from '../../../shared/topic-kit/index.ts';
import { longestDiff } from './change-diff.ts';
import { neither } from './edit-performer.ts';
import { type EditOutcome, expected, failed, judged } from './edit-outcome.ts';
import { type EditSurroundings, FileChange, pathMark } from './file-change.ts';
import { foundFiles, mostFiles } from './found-files.ts';

interface FilesSurroundings extends EditSurroundings {
  /** Runs the step's look for its files. */
  find(): Promise<{ text: string; verdicts: Verdict[] }>;
  /** The changes were read and wait for the admin. */
  noteShown(shown: ShownEdits): void;
}

export class FilesEditPerformer {
  private readonly step: FilesEditStep;
  private readonly around: FilesSurroundings;

  constructor(step: FilesEditStep, around: FilesSurroundings) {
    this.step = step;
    this.around = around;
  }

  /** Finds the files, reads them, and tells what would change in them. */
  show(): Promise<EditOutcome> {
    return judged(() => this.tellChanges(null));
  }

  /**
   * Writes what was shown. `begun`: some may have been written already; those that were not are written now. Else all is shown
   * anew where anything is not as it was then, also where other files are found.
   */
  write(shown: StepEdit, begun: boolean): Promise<EditOutcome> {
    return judged(async () => {
      if (!begun) {
        const outcome = await this.tellChanges(shown.files);
        if (outcome !== 'as shown') return outcome;
      } else {
        for (const file of shown.files) {
          const change = this.changeOf(file.file, file.place);
          const seen = await change.see();
          if (seen.is?.sha256 !== file.after.sha256 && !change.toWrite(file, seen)) return this.withCount(neither(file.file), shown);
        }
      }
      for (const file of shown.files) {
        const outcome = await judged(() => this.writeOne(file));
        if (outcome !== 'shown' && isFailure(outcome.verdicts)) return this.withCount(outcome, shown, shown.files.indexOf(file));
      }
      const folder = shown.files[0]?.backup?.folder;
      return expected('written', `${counted(shown.files.length)} written as shown and read back. As they were they are kept in ${folder}.`);
    });
  }

  private async writeOne(file: StepEdit['files'][number]): Promise<EditOutcome> {
    const change = this.changeOf(file.file, file.place);
    const seen = await change.see();
    const content = change.toWrite(file, seen);
    if (content) return (await change.write(file, seen, content, true)) ?? { verdicts: [] };
    if (seen.is?.sha256 !== file.after.sha256) return neither(file.file);
    return (file.written ? null : change.noteWritten(file, seen, true)) ?? { verdicts: [] };
  }

  /** `before`: what was shown, where it is written next if it still is so. */
  private async tellChanges(before: readonly ShownFile[]): Promise<EditOutcome | 'as shown'>;
  private async tellChanges(before: null): Promise<EditOutcome>;
  private async tellChanges(before: readonly ShownFile[] | null): Promise<EditOutcome | 'as shown'> {
    const { find, files, lab, noteShown } = this.around;
    const { text, verdicts } = await find();
    if (isFailure(verdicts)) return { verdicts };
    const found = foundFiles(text, lab?.root ?? '');
    if ('unclear' in found)
      return failed('unclear-path', `"${found.unclear}" is no path of a file, and was found as one.`, 'Files with line breaks or controls in their names are changed by hand.');
    if (found.files.length > mostFiles)
      return failed('too-many-files', `${found.files.length} files were found; at most ${mostFiles} are changed at once.`, 'Run it folder by folder.');
    const base = await files.backupBase(lab?.backups ?? null);
    const changes: ShownFile[] = [];
    const diffs: string[] = [];
    let length = 0;
    for (const { name, place } of found.files) {
      const change = this.changeOf(name, place);
      const seen = await change.see();
      // It was found a moment ago.
      if (!seen.is) return failed('file-absent', `${name} was found and is not there any more.`, 'Find out what changes these files, then run the step again.');
      const told = change.tell(seen, base, { copyName: `${this.step.id}-${pathMark(place)}` });
      if (told === 'as wanted') continue;
      if ('outcome' in told) return named(told.outcome, name);
      length += told.diff.length + 1;
      if (length > longestDiff)
        return failed(
          'too-much',
          `The change of ${changes.length + 1} of ${found.files.length} files is already too long to be looked through at once.`,
          'Nothing was written. Run it folder by folder.',
        );
      changes.push(told.change);
      diffs.push(told.diff);
    }
    if (before && isSame(before, changes)) return 'as shown';
    if (changes.length === 0) return { verdicts: [...verdicts, ...expected('already-as-wanted', nothingWords(found.files.length)).verdicts] };
    noteShown({ files: changes, found: found.files.length, diff: diffs.join('\n'), again: before !== null });
    return 'shown';
  }

  private changeOf(name: string, place: string): FileChange {
    const { facts, lab } = this.around;
    const target = { name, place, follow: false, root: lab?.root ?? '' };
    return new FileChange(this.step.id, target, this.around, (old) => this.step.editEach(old, { file: name, facts }));
  }

  /** A failure says how far it came. */
  private withCount(outcome: { verdicts: Verdict[] }, { files }: StepEdit, written = files.filter((each) => each.written).length) {
    const words = written === 0 ? 'None of the files was written.' : `${written} of ${files.length} files were written before it; the others are as they were.`;
    return { verdicts: outcome.verdicts.map((verdict) => ({ ...verdict, means: `${verdict.means} ${words}` })) };
  }
}

/** From and to the same contents, file by file. */
const isSame = (before: readonly ShownFile[], now: readonly ShownFile[]) => JSON.stringify(before.map(essence)) === JSON.stringify(now.map(essence));
const essence = ({ file, before, after }: ShownFile) => [file, before, after.sha256];

/** A refusal names its file. */
const named = ({ verdicts }: { verdicts: Verdict[] }, file: string) => ({
  verdicts: verdicts.map((verdict) => (verdict.means.includes(file) ? verdict : { ...verdict, means: `${file}: ${verdict.means}` })),
});
const counted = (files: number) => (files === 1 ? '1 file was' : `${files} files were`);
const nothingWords = (found: number) =>
  found === 0 ? 'No such file was found: nothing was written.' : `${found === 1 ? 'The file that was found is' : `All ${found} files that were found are`} already as wanted: nothing was written.`;

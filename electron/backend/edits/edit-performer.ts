/**
 * An edit step in its two parts: its files are read, and all that change are shown; what was shown, and nothing else, is written. Each part
 * reads the files anew: nothing is written unless every one of them still is as it was. The journal knows of a backup before its file
 * changes, so that whatever is cut off can be told apart afterwards. A step that names its one file is a list of one.
 */
import type { ShownEdits, ShownFile, StepEdit } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { EditStep, Matcher } from '../../../shared/topic-kit/index.ts';
import { FileTrouble } from '../sessions/files/file-trouble.ts';
import { longestDiffs } from './change-diff.ts';
import { type EditOutcome, expected, type Failed, failed, judged } from './edit-outcome.ts';
import { targetPath } from './edited-file.ts';
import { inBatches } from './file-batches.ts';
import { type EditSurroundings, FileChange, seeAll } from './file-change.ts';
import { digestFor } from './file-digest.ts';
import { neither, writeFiles } from './files-write.ts';
import { filledSecrets } from './filled-secrets.ts';
import { findFiles, inParts } from './found-files.ts';

interface PerformerSurroundings extends EditSurroundings {
  /** Runs the step's look for its files; what it prints besides is judged. */
  find(matchers: readonly Matcher[]): Promise<{ text: string; verdicts: Verdict[] }>;
  /** The changes were read and wait for the admin. */
  noteShown(shown: ShownEdits): void;
}
type Changes = Omit<ShownEdits, 'again'> & { said: Verdict[] };
/** Which files, `found` as in `ShownEdits`, and what was said of them. */
interface Looked {
  changes: FileChange[];
  found: number | null;
  said: Verdict[];
}

export class EditPerformer {
  private readonly step: EditStep;
  private readonly planned: NonNullable<PlannedStep['edit']>;
  private readonly around: PerformerSurroundings;

  constructor(step: EditStep, planned: NonNullable<PlannedStep['edit']>, around: PerformerSurroundings) {
    this.step = step;
    this.planned = planned;
    this.around = around;
  }

  /** Reads the files, and tells what would change in them. */
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
      return writeFiles(shown.files, this.changeOf, this.around.files);
    });
  }

  /** Before the rest is written: is each file the one or the other? */
  private async lookAgain({ files }: StepEdit): Promise<Failed | null> {
    for (const batch of inBatches(files)) {
      const changes = batch.map(this.changeOf);
      const seen = await seeAll(changes, this.around.files);
      const odd = batch.find((file, index) => {
        const now = seen[index];
        return !now || (now.is?.sha256 !== file.after.sha256 && !changes[index]?.toWrite(file, now));
      });
      if (odd) return neither(odd.file);
    }
    return null;
  }

  private async changes(): Promise<Failed | Changes> {
    const { files, lab } = this.around;
    const looked = await this.look();
    if ('verdicts' in looked) return looked;
    const { found, said } = looked;
    const base = await files.backupBase(lab?.backups ?? null);
    const shown: ShownFile[] = [];
    const diffs: string[] = [];
    let length = 0;
    for (const batch of inBatches(looked.changes))
      for (const [index, seen] of (await seeAll(batch, files)).entries()) {
        const change = batch[index] as FileChange;
        const { name } = change.target;
        if (!seen.is && this.planned.createMode === null) {
          if (found === null) throw new FileTrouble('absent', name, '', 'read');
          return failed('file-absent', `${name} was found but is gone now.`, 'Find out what changes these files, then run the step again.');
        }
        const told = change.tell(seen, base);
        if (told === 'as wanted') continue;
        if ('outcome' in told) return found === null ? told.outcome : naming(told.outcome, name);
        length += told.diff.length + 1;
        if (found !== null && length > longestDiffs) return tooMuch(shown.length + 1, found);
        shown.push(told.change);
        diffs.push(told.diff);
      }
    return { files: shown, found, diff: diffs.join('\n'), said };
  }

  private async look(): Promise<Failed | Looked> {
    const { step, planned, around } = this;
    if (step.files === undefined) return { changes: [this.changeOf({ file: planned.file, place: planned.place })], found: null, said: [] };
    const { matchers = [] } = step.files;
    const looked = await findFiles(() => around.find(matchers), around.lab?.root ?? '');
    if ('verdicts' in looked) return looked;
    return { changes: looked.files.map(this.changeOf), found: looked.files.length, said: looked.said };
  }

  private tell({ said, ...shown }: Changes, again: boolean): EditOutcome {
    if (shown.files.length === 0) {
      const words = shown.found === null ? `${this.planned.file} is already as wanted: nothing was written.` : nothingWords(shown.found);
      return { verdicts: [...said, ...expected('already-as-wanted', words).verdicts] };
    }
    this.around.noteShown({ ...shown, again });
    return 'shown';
  }

  private changeOf = ({ file, place }: Pick<ShownFile, 'file' | 'place'>): FileChange => {
    const { step, planned, around } = this;
    const { facts, lab, runFolder, secret } = around;
    const root = lab?.root ?? '';
    const target = step.files === undefined ? targetPath(planned, root) : { name: file, place, follow: false, root };
    return new FileChange(step.id, target, around, (old) => filledSecrets(step.edit(old, facts, file), step.secrets, secret), {
      digest: digestFor(planned, runFolder),
      anyEncoding: step.anyEncoding,
      newMode: step.create?.mode,
      isOneOfMany: step.files !== undefined,
    });
  };
}

/** The same files at the same places, from and to the same contents. */
const isSame = (before: readonly ShownFile[], now: readonly ShownFile[]) => JSON.stringify(before.map(essence)) === JSON.stringify(now.map(essence));
const essence = ({ file, place, folder, before, after, newFolders }: ShownFile) => [
  file,
  place,
  folder,
  before && [before.sha256, before.mode, before.uid, before.gid],
  after.sha256,
  // A folder that somebody else has made meanwhile is not taken back by this run.
  newFolders,
];

/** A refusal names its file. */
const naming = ({ verdicts }: Failed, file: string): Failed => ({
  verdicts: verdicts.map((verdict) => (verdict.means.includes(file) ? verdict : { ...verdict, means: `${file}: ${verdict.means}` })),
});
const tooMuch = (files: number, found: number) =>
  failed('too-much', `${found} files were found. The changes of the first ${files} are already too long to review at once.`, inParts);
function nothingWords(found: number): string {
  if (found === 0) return 'No such file was found: nothing was written.';
  return `${found === 1 ? 'The file that was found is' : `All ${found} files that were found are`} already as wanted: nothing was written.`;
}

/**
 * An edit step in its two parts: the change is shown; what was shown, and nothing else, is written. Each part reads the file
 * anew. The journal knows of the backup before the file changes, so that whatever is cut off can be told apart afterwards.
 */
import type { ShownEdit, StepEdit } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { type EditRefusal, type EditStep, withSecrets } from '../../../shared/topic-kit/index.ts';
import { FileTrouble } from '../sessions/files/file-trouble.ts';
import { type EditOutcome, expected, failed, judged } from './edit-outcome.ts';
import { type SeenFile, targetPath } from './edited-file.ts';
import { type EditSurroundings, FileChange } from './file-change.ts';
import { digestFor } from './file-digest.ts';

export class EditPerformer {
  private readonly step: EditStep;
  private readonly around: EditSurroundings;
  private readonly change: FileChange;
  private readonly noteShown: (shown: ShownEdit) => void;

  /** `noteShown`: the change was read and waits for the admin. */
  constructor(step: EditStep, planned: NonNullable<PlannedStep['edit']>, around: EditSurroundings, noteShown: (shown: ShownEdit) => void) {
    this.step = step;
    this.around = around;
    this.noteShown = noteShown;
    const digest = digestFor(planned, around.runFolder);
    this.change = new FileChange(step.id, targetPath(planned, around.lab?.root ?? null), around, (old) => this.filled(step.edit(old, around.facts)), {
      digest,
      anyEncoding: step.anyEncoding,
    });
  }

  /** Reads the file and tells what would change in it. */
  show(): Promise<EditOutcome> {
    return judged(async () => this.tellChange(await this.change.see(), false));
  }

  /** Writes what was shown, if the file still is what it was then. `begun`: it may have been written already. */
  write({ files: [shown] }: StepEdit, begun: boolean): Promise<EditOutcome> {
    return judged(async () => {
      if (!shown) throw new TypeError(`No file of step ${this.step.id} was shown`);
      const seen = await this.change.see();
      if (begun && seen.is?.sha256 === shown.after.sha256) return this.change.noteWritten(shown, seen, false) ?? writtenWords(shown);
      // A folder that somebody else has made meanwhile is not taken back by this run.
      if (!begun && seen.missing.length !== (shown.newFolders ?? []).length) return this.tellChange(seen, true);
      const content = this.change.toWrite(shown, seen);
      if (content) return (await this.change.write(shown, seen, content)) ?? writtenWords(shown);
      if (begun) return neither(this.step.file);
      return this.tellChange(seen, true);
    });
  }

  /** With the values of the secrets in it, which the topic never sees. */
  private filled(wanted: string | EditRefusal): string | EditRefusal {
    if (typeof wanted !== 'string' || !this.step.secrets) return wanted;
    const { secrets } = this.step;
    const filled = withSecrets(wanted, (field) => (secrets.includes(field) ? this.around.secret?.(field) : undefined));
    if ('text' in filled) return filled.text;
    const means = `The secret "${filled.missing}" is not known here: it is kept in memory only, and the process that had it has ended.`;
    return { rule: 'secret-missing', means, next: 'Enter it again, then run the step again.' };
  }

  private async tellChange(seen: SeenFile, again: boolean): Promise<EditOutcome> {
    const { file, create } = this.step;
    if (!seen.is && !create) throw new FileTrouble('absent', file, '', 'read');
    const base = await this.around.files.backupBase(this.around.lab?.backups ?? null);
    const told = this.change.tell(seen, base, { newMode: create?.mode });
    if (told === 'as wanted') return expected('already-as-wanted', `${file} is already as wanted: nothing was written.`);
    if ('outcome' in told) return told.outcome;
    const { file: _, ...change } = told.change;
    this.noteShown({ ...change, diff: told.diff, again });
    return 'shown';
  }
}

export const neither = (file: string) =>
  failed('neither', `${file} is neither as before nor as this run writes it.`, 'Find out who changed it. Run the step again to see the new change.');

const writtenWords = ({ file, backup }: StepEdit['files'][number]) =>
  expected('written', `${file} was written as shown and read back.${backup ? ` The old version is kept in ${backup.folder}/${backup.name}.` : ''}`);

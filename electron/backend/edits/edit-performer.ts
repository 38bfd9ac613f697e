/**
 * An edit step in its two parts: the change is shown; what was shown, and nothing else, is written. Each part reads the file
 * anew. The journal knows of the backup before the file changes, so that whatever is cut off can be told apart afterwards.
 */
import type { FileBefore, ShownEdit, StepEdit } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { EditStep } from '../../../shared/topic-kit/index.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import { FileTrouble } from '../sessions/files/file-trouble.ts';
import type { SessionFiles } from '../sessions/files/session-files.ts';
import { changeDiff } from './change-diff.ts';
import { type SeenFile, sameFile, seeFile, sha256Of, targetPath } from './edited-file.ts';
import { keepCopy } from './local-backups.ts';
import { wantedText } from './wanted-text.ts';

export interface EditSurroundings {
  files: SessionFiles;
  runId: string;
  runFolder: string;
  /** In a rehearsal: what its paths are below, and where its backups lie. */
  lab: { root: string; backups: string } | null;
  facts: Readonly<Record<string, string>>;
  /** Masks what is secret. */
  redact(text: string): string;
  note(...events: RunEventBody[]): void;
  /** The change was read and waits for the admin. */
  noteShown(shown: ShownEdit): void;
}
/** What came of it; `shown` where the admin's word is wanted next. */
export type EditOutcome = { verdict: Verdict } | 'shown';

export class EditPerformer {
  private readonly step: EditStep;
  private readonly around: EditSurroundings;
  private readonly target: ReturnType<typeof targetPath>;

  constructor(step: EditStep, planned: NonNullable<PlannedStep['edit']>, around: EditSurroundings) {
    this.step = step;
    this.around = around;
    this.target = targetPath(planned, around.lab?.root ?? null);
  }

  /** Reads the file and tells what would change in it. */
  show(): Promise<EditOutcome> {
    return this.judged(async () => this.tellChange(await this.see(), false));
  }

  /** Writes what was shown, if the file still is what it was then. `begun`: it may have been written already. */
  write(shown: StepEdit, begun: boolean): Promise<EditOutcome> {
    return this.judged(async () => {
      const seen = await this.see();
      if (begun && seen.is?.sha256 === shown.after.sha256) return this.written(shown, seen.is);
      const wanted = sameFile(seen.is, shown.before) ? wantedText(this.step, seen.content, this.around.facts) : null;
      if (wanted && 'content' in wanted && sha256Of(wanted.content) === shown.after.sha256) {
        await this.backUp(shown, seen);
        await this.around.files.write(this.target, seen.is && seen.content, wanted.content, shown.after.mode);
        return this.written(shown, (await this.see()).is);
      }
      if (begun)
        return failed(
          'neither',
          `${this.step.file} is neither as it was nor as this run writes it.`,
          'Find out who changed it. Running the step again shows the change anew.',
        );
      return this.tellChange(seen, true);
    });
  }

  private see = (): Promise<SeenFile> => seeFile(this.around.files, this.target);

  private async tellChange(seen: SeenFile, again: boolean): Promise<EditOutcome> {
    const { file, create, id } = this.step;
    if (!seen.is && !create) throw new FileTrouble('absent', file, '', 'read');
    // What patterns find in it is known from here on.
    this.around.redact(seen.content.toString());
    const wanted = wantedText(this.step, seen.content, this.around.facts);
    if ('refusal' in wanted) return failed(wanted.refusal.rule, wanted.refusal.means, wanted.refusal.next, wanted.refusal.remedies);
    if (seen.is && wanted.text === wanted.old) return expected('already-as-wanted', `${file} is already as wanted: nothing was written.`);
    const diff = changeDiff(file, seen.is && wanted.old, wanted.text);
    if (diff === null) return failed('too-much', `The change of ${file} is too long to be looked through.`, 'Edit the file by hand.');
    const { base, missing } = await this.around.files.backupBase(this.around.lab?.backups ?? null);
    const folder = `${base}/${this.around.runId}`;
    // What is masked in the record can't be found again.
    if (this.around.redact(`${seen.place}\n${folder}`) !== `${seen.place}\n${folder}`)
      return failed('secret-in-path', `The path of ${file} or of its backup holds a secret, which is written nowhere.`, 'Edit the file by hand.');
    this.around.noteShown({
      place: seen.place,
      before: seen.is,
      after: { sha256: sha256Of(wanted.content), size: wanted.content.length, mode: seen.is?.mode ?? create?.mode ?? '0600' },
      diff,
      // Named after its content: what is there under this name is this copy.
      backup: seen.is && { folder, name: `${id}-${seen.is.sha256.slice(0, 12)}`, missing },
      again,
    });
    return 'shown';
  }

  private async backUp({ backup }: StepEdit, seen: SeenFile): Promise<void> {
    if (!backup || !seen.is) return;
    await this.around.files.backup(this.target, seen.content, seen.is.mode, backup);
    const text = seen.content.toString();
    const notKept = this.around.redact(text) === text ? null : 'It holds a secret.';
    if (notKept === null) keepCopy(this.around.runFolder, backup.name, seen.content);
    this.around.note({ type: 'file-backed-up', stepId: this.step.id, place: `${backup.folder}/${backup.name}`, file: seen.is, notKept });
  }

  private written(shown: StepEdit, is: FileBefore | null): EditOutcome {
    const kept = shown.before ? is?.uid === shown.before.uid && is.gid === shown.before.gid : true;
    if (is?.sha256 !== shown.after.sha256 || is.mode !== shown.after.mode || !kept)
      return failed(
        'not-as-written',
        `${this.step.file} was written, and is something else now.`,
        'Something else writes to it: find out what, then run the step again.',
      );
    this.around.note({ type: 'file-written', stepId: this.step.id, sha256: is.sha256 });
    const backup = shown.backup ? ` As it was it is kept in ${shown.backup.folder}/${shown.backup.name}.` : '';
    return expected('written', `${this.step.file} was written as shown and read back.${backup}`);
  }

  private async judged(work: () => Promise<EditOutcome>): Promise<EditOutcome> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof FileTrouble)) throw thrown;
      return failed(`file-${thrown.problem}`, thrown.message, thrown.next);
    }
  }
}

const failed = (rule: string, means: string, next: string, remedies: readonly string[] = []): EditOutcome => ({
  verdict: { kind: 'failure', rule, line: '', means, next, remedies: [...remedies], noWayBack: false },
});
const expected = (rule: string, means: string): EditOutcome => ({
  verdict: { kind: 'expected', rule, line: '', means, next: '', remedies: [], noWayBack: false },
});

/** The change of one file: told from what it holds now, and written with a backup that the journal knows of first. */
import { createHash } from 'node:crypto';
import type { ShownFile, TargetBackup } from '../../../shared/api/edit.ts';
import type { EditRefusal } from '../../../shared/topic-kit/index.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import type { SessionFiles, TargetPath } from '../sessions/files/session-files.ts';
import { changeDiff } from './change-diff.ts';
import { type EditOutcome, failed } from './edit-outcome.ts';
import { type SeenFile, sameFile, seeFile } from './edited-file.ts';
import { plainDigest } from './file-digest.ts';
import { keepCopy } from './local-backups.ts';
import { wantedText } from './wanted-text.ts';

export interface EditSurroundings {
  files: SessionFiles;
  runId: string;
  runFolder: string;
  /** In a rehearsal: what its paths are below, and where its backups lie. */
  lab: { root: string; backups: string } | null;
  facts: Readonly<Record<string, string>>;
  /** Value of a secret parameter; undefined where the process that had it has ended. */
  secret?(field: string): string | undefined;
  /** Masks what is secret. */
  redact(text: string): string;
  note(...events: RunEventBody[]): void;
}
type Told = { change: ShownFile; diff: string } | { outcome: Exclude<EditOutcome, 'shown'> } | 'as wanted';

export class FileChange {
  private readonly stepId: string;
  readonly target: TargetPath;
  private readonly around: EditSurroundings;
  private readonly edit: (old: string) => string | EditRefusal;

  private readonly digest: typeof plainDigest;
  private readonly anyEncoding: boolean;

  constructor(
    stepId: string,
    target: TargetPath,
    around: EditSurroundings,
    edit: (old: string) => string | EditRefusal,
    { digest = plainDigest, anyEncoding = false } = {},
  ) {
    this.digest = digest;
    this.anyEncoding = anyEncoding;
    this.stepId = stepId;
    this.target = target;
    this.around = around;
    this.edit = edit;
  }

  /** Throws FileTrouble, as all that follows. */
  see = (): Promise<SeenFile> => seeFile(this.around.files, this.target, this.digest);

  /** What would change. `newMode` is that of a file that is made; `copyName` tells its backup from those of other files. */
  tell(seen: SeenFile, base: { base: string; missing: string[] }, { newMode = '0600', copyName = this.stepId } = {}): Told {
    const { name: file } = this.target;
    const { redact, runId } = this.around;
    // What patterns find in it is known from here on.
    redact(seen.content.toString());
    const wanted = this.wanted(seen);
    if ('refusal' in wanted) return { outcome: failed(wanted.refusal.rule, wanted.refusal.means, wanted.refusal.next, wanted.refusal.remedies) };
    if (seen.is && wanted.text === wanted.old) return 'as wanted';
    const diff = changeDiff(file, seen.is && wanted.old, wanted.text);
    if (diff === null) return { outcome: failed('too-much', `The change of ${file} is too long to review.`, 'Edit the file by hand.') };
    const folder = `${base.base}/${runId}`;
    // What is masked in the record can't be found again.
    if (redact(`${seen.place}\n${folder}`) !== `${seen.place}\n${folder}`)
      return { outcome: failed('secret-in-path', `The path of ${file} or of its backup contains a secret, which is never written.`, 'Edit the file by hand.') };
    // Named after its content: what is there under this name is this copy.
    const backup: TargetBackup | null = seen.is && { folder, name: `${copyName}-${seen.is.sha256.slice(0, 12)}`, missing: base.missing };
    const after = { sha256: this.digest.of(wanted.content), size: wanted.content.length, mode: seen.is?.mode ?? newMode };
    const newFolders = seen.missing.length > 0 ? { newFolders: [...seen.missing] } : {};
    return { change: { file, place: seen.place, folder: seen.folder, before: seen.is, after, backup, ...newFolders }, diff };
  }

  /** The content to write, where the file still is what was shown, and comes out as it was shown; else null. */
  toWrite(shown: ShownFile, seen: SeenFile): Buffer | null {
    const sameFolder = (shown.folder ?? seen.folder) === seen.folder;
    const wanted = sameFolder && sameFile(seen.is, shown.before) ? this.wanted(seen) : null;
    return wanted && 'content' in wanted && this.digest.of(wanted.content) === shown.after.sha256 ? wanted.content : null;
  }

  /** With its backup first. */
  async write(shown: ShownFile, seen: SeenFile, content: Buffer): Promise<Exclude<EditOutcome, 'shown'> | null> {
    const { files } = this.around;
    if (shown.backup && seen.is) {
      await files.backup(this.target, seen.content, seen.is.mode, shown.backup);
      this.noteBackup(shown, seen, false);
    }
    await files.write(this.target, seen.is && seen.content, content, shown.after.mode, seen.folder, seen.missing);
    return this.noteWritten(shown, await this.see(), false);
  }

  /** Null where it is there as it was shown. `named`: the journal says which file it is. */
  noteWritten(shown: ShownFile, { is }: SeenFile, named: boolean): Exclude<EditOutcome, 'shown'> | null {
    const kept = shown.before ? is?.uid === shown.before.uid && is.gid === shown.before.gid : true;
    if (is?.sha256 !== shown.after.sha256 || is.mode !== shown.after.mode || !kept)
      return failed(
        'not-as-written',
        `${shown.file} was written, but has different content now.`,
        'Another program writes to it: find out which, then run the step again.',
      );
    this.around.note({ type: 'file-written', stepId: this.stepId, ...(named && { name: shown.file }), sha256: is.sha256 });
    return null;
  }

  /** The target has its backup: a copy is kept here as well, and the journal knows of both. */
  noteBackup({ file, backup }: ShownFile, { is, content }: SeenFile, named: boolean): void {
    if (!backup || !is) return;
    const { redact, runFolder, note } = this.around;
    const text = content.toString();
    const notKept = this.digest.keyed ? 'The step writes a secret.' : redact(text) === text ? null : 'It holds a secret.';
    if (notKept === null) keepCopy(runFolder, backup.name, content);
    note({ type: 'file-backed-up', stepId: this.stepId, ...(named && { name: file }), place: `${backup.folder}/${backup.name}`, file: is, notKept });
  }

  private wanted = (seen: SeenFile) => wantedText(this.target.name, seen.content, this.edit, this.anyEncoding);
}

/** Ten hex digits that tell files of one step apart in the names of their backups. */
export const pathMark = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 10);

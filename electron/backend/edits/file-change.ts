/** The change of one file: told from what it holds now, and written with a backup that the journal knows of first. */
import { createHash } from 'node:crypto';
import type { ShownFile, TargetBackup } from '../../../shared/api/edit.ts';
import type { EditRefusal } from '../../../shared/topic-kit/index.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import type { ReadFile, SessionFiles, TargetPath } from '../sessions/files/session-files.ts';
import { changeDiff } from './change-diff.ts';
import { type Failed, failed } from './edit-outcome.ts';
import { type SeenFile, sameFile, seenFile } from './edited-file.ts';
import type { FileDigest } from './file-digest.ts';
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
interface ChangeOptions {
  digest: FileDigest;
  anyEncoding?: boolean | undefined;
  /** Of a file that is made. */
  newMode?: string | undefined;
  /** Its backup is told from those of the step's other files. */
  isOneOfMany: boolean;
}
type Told = { change: ShownFile; diff: string } | { outcome: Failed } | 'as wanted';

export class FileChange {
  private readonly stepId: string;
  readonly target: TargetPath;
  private readonly around: EditSurroundings;
  private readonly edit: (old: string) => string | EditRefusal;

  private readonly digest: FileDigest;
  private readonly anyEncoding: boolean;
  private readonly newMode: string;
  private readonly copyName: string;

  constructor(
    stepId: string,
    target: TargetPath,
    around: EditSurroundings,
    edit: (old: string) => string | EditRefusal,
    { digest, anyEncoding = false, newMode = '0600', isOneOfMany }: ChangeOptions,
  ) {
    this.digest = digest;
    this.anyEncoding = anyEncoding;
    this.newMode = newMode;
    this.copyName = isOneOfMany ? `${stepId}-${pathMark(target.place)}` : stepId;
    this.stepId = stepId;
    this.target = target;
    this.around = around;
    this.edit = edit;
  }

  seen = (read: ReadFile): SeenFile => seenFile(read, this.digest);

  /** What would change. */
  tell(seen: SeenFile, base: { base: string; missing: string[] }): Told {
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
    const backup: TargetBackup | null = seen.is && { folder, name: `${this.copyName}-${seen.is.sha256.slice(0, 12)}`, missing: base.missing };
    const after = { sha256: this.digest.of(wanted.content), size: wanted.content.length, mode: seen.is?.mode ?? this.newMode };
    const newFolders = seen.missing.length > 0 ? { newFolders: [...seen.missing] } : {};
    return { change: { file, place: seen.place, folder: seen.folder, before: seen.is, after, backup, ...newFolders }, diff };
  }

  /** The content to write, where the file still is what was shown, and comes out as it was shown; else null. */
  toWrite(shown: ShownFile, seen: SeenFile): Buffer | null {
    const sameFolder = (shown.folder ?? seen.folder) === seen.folder;
    const wanted = sameFolder && sameFile(seen.is, shown.before) ? this.wanted(seen) : null;
    return wanted && 'content' in wanted && this.digest.of(wanted.content) === shown.after.sha256 ? wanted.content : null;
  }

  /** Null where it is there as it was shown. */
  noteWritten(shown: ShownFile, { is }: SeenFile): Failed | null {
    const kept = shown.before ? is?.uid === shown.before.uid && is.gid === shown.before.gid : true;
    if (is?.sha256 !== shown.after.sha256 || is.mode !== shown.after.mode || !kept)
      return failed(
        'not-as-written',
        `${shown.file} was written, but has different content now.`,
        'Another program writes to it: find out which, then run the step again.',
      );
    this.around.note({ type: 'file-written', stepId: this.stepId, name: shown.file, sha256: is.sha256 });
    return null;
  }

  /** The target has its backup: a copy is kept here as well, and the journal knows of both. */
  noteBackup({ file, backup }: ShownFile, { is, content }: SeenFile): void {
    if (!backup || !is) return;
    const { redact, runFolder, note } = this.around;
    const text = content.toString();
    const notKept = this.digest.keyed ? 'The step writes a secret.' : redact(text) === text ? null : 'It holds a secret.';
    if (notKept === null) keepCopy(runFolder, backup.name, content);
    note({ type: 'file-backed-up', stepId: this.stepId, name: file, place: `${backup.folder}/${backup.name}`, file: is, notKept });
  }

  private wanted = (seen: SeenFile) => wantedText(this.target.name, seen.content, this.edit, this.anyEncoding);
}

/** Reads several files with one script; in their order. Throws FileTrouble. */
export async function seeAll(changes: readonly FileChange[], files: SessionFiles): Promise<SeenFile[]> {
  const read = await files.readAll(changes.map(({ target }) => target));
  return changes.map((change, index) => change.seen(read[index] as ReadFile));
}

/** Ten hex digits that tell files of one step apart in the names of their backups. */
const pathMark = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 10);

/** Writes files as they were shown, batch by batch: backups first, then one after the other, then all are read back. */
import type { StepEdit } from '../../../shared/api/edit.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { isFailure } from '../../../shared/topic-kit/index.ts';
import type { SessionFiles } from '../sessions/files/session-files.ts';
import { type EditOutcome, expected, failed, judged } from './edit-outcome.ts';
import type { SeenFile } from './edited-file.ts';
import { inBatches } from './file-batches.ts';
import { type FileChange, seeAll } from './file-change.ts';

type Shown = StepEdit['files'][number];
interface Writing {
  shown: Shown;
  change: FileChange;
  seen: SeenFile;
  /** Null where it was written already. */
  content: Buffer | null;
}

/** Stops at the first file that is not written, and says how far it came. */
export async function writeFiles(files: readonly Shown[], changeOf: (file: Shown) => FileChange, session: SessionFiles): Promise<EditOutcome> {
  let done = 0;
  for (const batch of inBatches(files)) {
    const ready = await made(batch, changeOf, session);
    if ('verdicts' in ready) return withCount(ready.verdicts, done, files.length);
    const trouble = await writeBatch(ready, session, () => done++);
    if (trouble) return withCount(trouble.verdicts, done, files.length);
  }
  return expected('written', writtenWords(files));
}

/** Reads the files once more, and makes their backups. */
async function made(batch: readonly Shown[], changeOf: (file: Shown) => FileChange, session: SessionFiles): Promise<Writing[] | { verdicts: Verdict[] }> {
  const changes = batch.map(changeOf);
  const all: Writing[] = [];
  for (const [index, seen] of (await seeAll(changes, session)).entries()) {
    const [shown, change] = [batch[index] as Shown, changes[index] as FileChange];
    const content = change.toWrite(shown, seen);
    if (!content && seen.is?.sha256 !== shown.after.sha256) return neither(shown.file);
    all.push({ shown, change, seen, content });
  }
  const toKeep = all.flatMap(({ shown: { backup }, change, seen, content }) =>
    content && backup && seen.is ? [{ file: change.target, content: seen.content, mode: seen.is.mode, to: backup }] : [],
  );
  const outcome = await judged(async () => {
    await session.backupAll(toKeep);
    return 'shown';
  });
  if (outcome !== 'shown') return outcome;
  for (const { shown, change, seen, content } of all) if (content) change.noteBackup(shown, seen);
  return all;
}

async function writeBatch(batch: readonly Writing[], session: SessionFiles, onWritten: () => void): Promise<{ verdicts: Verdict[] } | null> {
  const written: Writing[] = [];
  let trouble: EditOutcome = 'shown';
  for (const writing of batch) {
    const { shown, change, seen, content } = writing;
    trouble = await judged(async () => {
      if (content) await session.write(change.target, seen.is && seen.content, content, shown.after.mode, seen.folder, seen.missing);
      return 'shown';
    });
    if (trouble !== 'shown') break;
    written.push(writing);
  }
  for (const [index, now] of (
    await seeAll(
      written.map(({ change }) => change),
      session,
    )
  ).entries()) {
    const { shown, change } = written[index] as Writing;
    const odd = shown.written ? null : change.noteWritten(shown, now);
    if (odd) return odd;
    onWritten();
  }
  return trouble === 'shown' ? null : trouble;
}

export const neither = (file: string) =>
  failed('neither', `${file} is neither as before nor as this run writes it.`, 'Find out who changed it. Run the step again to see the new change.');

function writtenWords(files: readonly Shown[]): string {
  const [{ file, backup }] = files as [Shown];
  if (files.length > 1) return `${files.length} files were written as shown and read back. The old versions are kept in ${backup?.folder}.`;
  return `${file} was written as shown and read back.${backup ? ` The old version is kept in ${backup.folder}/${backup.name}.` : ''}`;
}

function withCount(verdicts: readonly Verdict[], written: number, all: number): { verdicts: Verdict[] } {
  if (all === 1) return { verdicts: [...verdicts] };
  const words = written === 0 ? 'None of the files was written.' : `${written} of ${all} files were written before it; the others are unchanged.`;
  return { verdicts: verdicts.map((verdict) => (isFailure([verdict]) ? { ...verdict, means: `${verdict.means} ${words}` } : verdict)) };
}

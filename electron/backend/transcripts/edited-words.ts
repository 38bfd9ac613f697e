/** What became of edited files, in a sentence. Pure. */
import type { StepEdit } from '../../../shared/api/edit.ts';

/** `file`: what the plan calls it. */
export function editedWords(file: string, edit: StepEdit | null): string {
  const [only] = edit?.files ?? [];
  if (!edit || !only) return `Edits ${file}.`;
  const how = edit.stage === 'written' ? 'written' : 'shown and not written';
  if (edit.found === null) {
    const backup = edit.stage === 'written' && only.backup ? ` The old version is kept in ${only.backup.folder}/${only.backup.name}.` : '';
    return `This change of ${only.place} was ${how}.${backup}`;
  }
  const written = edit.files.filter((each) => each.written);
  const partly = edit.stage !== 'written' && written.length > 0 ? `shown, and ${written.length} of them written` : how;
  const backups = written.map(({ place, backup }) => `${place}: ${backup?.folder}/${backup?.name}`);
  return [
    `These changes of ${edit.files.length} files were ${partly}.`,
    ...(backups.length > 0 ? [`The old versions are kept: ${backups.join(', ')}.`] : []),
  ].join(' ');
}

/** What became of an edited file, in a sentence. Pure. */
import type { StepEdit } from '../../../shared/api/edit.ts';

export function editedWords(file: string, edit: StepEdit | null): string {
  if (!edit) return `Edits ${file}.`;
  const how = { shown: 'was shown and not written', left: 'was shown and not written', written: 'was written' }[edit.stage];
  const backup = edit.stage === 'written' && edit.backup ? ` As it was it is kept in ${edit.backup.folder}/${edit.backup.name}.` : '';
  return `This change of ${edit.place} ${how}.${backup}`;
}

/** Edit steps for the run engine: of one file, or of those that are found. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { StepState, Verdict } from '../../../shared/api/run.ts';
import type { EditStep, FilesEditStep, Matcher } from '../../../shared/topic-kit/index.ts';
import type { BegunEdit } from '../runs/edit-fold.ts';
import type { RecordingMark, RunEventBody } from '../runs/run-event.ts';
import type { SessionFiles } from '../sessions/files/session-files.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { EditPerformer } from './edit-performer.ts';
import { takeBackEdit } from './edit-undo.ts';
import { targetPath } from './edited-file.ts';
import type { EditSurroundings } from './file-change.ts';
import { digestFor } from './file-digest.ts';
import { FilesEditPerformer } from './files-edit-performer.ts';
import { takeBackFiles } from './files-undo.ts';

interface StepEditSurroundings extends EditSurroundings {
  /** Runs the look for files; what it prints besides is judged. */
  find(matchers: readonly Matcher[]): Promise<{ text: string; verdicts: Verdict[] }>;
  mark(): RecordingMark;
}
type PlannedEdit = NonNullable<PlannedStep['edit']>;

/** Writes what is shown, or shows it. `before` is the step's state when it was begun. */
export function performEdit(
  step: EditStep | FilesEditStep,
  planned: PlannedEdit,
  before: StepState | null,
  around: StepEditSurroundings,
): Promise<EditOutcome> {
  const { note, mark } = around;
  const shown = before?.edit?.stage === 'shown' ? before.edit : null;
  const performer =
    'files' in step
      ? new FilesEditPerformer(step, {
          ...around,
          find: () => around.find(step.files.matchers ?? []),
          noteShown: (all) => note({ type: 'edits-shown', stepId: step.id, ...all, recording: mark() }),
        })
      : new EditPerformer(step, planned, around, (one) => note({ type: 'edit-shown', stepId: step.id, ...one, recording: mark() }));
  return shown ? performer.write(shown, before?.status !== 'pending') : performer.show();
}

/** Null where all is as it was, else why not. */
export async function takeBackEdits(
  files: SessionFiles,
  stepId: string,
  planned: PlannedEdit,
  begun: readonly BegunEdit[],
  around: { root: string; runFolder: string; note(event: RunEventBody): void },
): Promise<string | null> {
  if (planned.find !== undefined) return takeBackFiles(files, stepId, begun, around);
  const [only] = begun;
  return only ? takeBackEdit(files, targetPath(planned, around.root), only, around.runFolder, digestFor(planned, around.runFolder)) : null;
}

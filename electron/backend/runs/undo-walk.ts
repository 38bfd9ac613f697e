/** Walks finished steps back, each written down before it begins and after it ends. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { shownStep } from './filled-step.ts';
import type { RunEventBody } from './run-event.ts';
import type { RunRecord } from './run-fold.ts';
import type { RunTerminal } from './run-terminal.ts';
import type { StepPerformer } from './step-performer.ts';

/** Stops at the first that can't be undone; returns what is to be said of that, or nothing. */
export async function walkBack(
  steps: readonly PlannedStep[],
  performer: StepPerformer,
  terminal: RunTerminal,
  record: () => RunRecord,
  note: (...events: RunEventBody[]) => void,
): Promise<string[]> {
  for (const step of steps) {
    await performer.makeUndoReady(step.id);
    note({ type: 'step-undo-started', stepId: step.id, script: undoText(shownStep(step, record())), ...terminal.beginning(`Undo: ${step.title}`) });
    const { exitStatus, because, verdicts } = await performer.takeBack(step);
    const ok = exitStatus === 0;
    note({ type: 'step-undone', stepId: step.id, ok, exitStatus, ...(because && { because }), ...(verdicts && { verdicts }), recording: terminal.mark() });
    if (exitStatus !== 0) return [`${step.title}: it could not be undone, and the steps before it were not undone either.${because ? ` ${because}` : ''}`];
  }
  return [];
}

/** What is run for it; null where only a file is put back. */
const undoText = ({ afterwardsScript, undoScript }: PlannedStep) => [afterwardsScript, undoScript].filter((text) => text != null).join('\n') || null;

/** What a step runs, types or writes, in the words of what happens to it: it comes, it ran, somebody types it elsewhere. */
import { targetOfStep } from '../../../shared/api/machine.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Offer, RunState } from '../../../shared/api/run.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { CommandBox } from '../command/command-box.tsx';
import { EditDiff } from '../diff/edit-diff.tsx';
import { MustSee } from './must-see.tsx';

interface StepCommandProps {
  run: RunState;
  step: PlannedStep;
  main: Offer | null;
  /** It is still to come. */
  comes: boolean;
  /** On a machine by hand: after the work of the hands. */
  afterwards: boolean;
}

export function StepCommand({ run, step, main, comes, afterwards }: StepCommandProps) {
  // What runs behind a change is shown behind it.
  const script = main?.change ? null : (main?.script ?? step.script);
  if (script === null) return null;
  const running = step.id === run.current && (run.status === 'running' || run.status === 'asks');
  const played = run.rehearsal && (step.real !== undefined || step.kind === 'manual');
  return (
    <div>
      {step.real !== undefined && run.rehearsal && <CommandBox title="On a real machine" script={step.real} short={!comes} loud />}
      {step.beforeScript !== undefined && targetOfStep(run, step).kind !== 'hand' && (
        <CommandBox title="Reads first" script={step.beforeScript} short={!comes} />
      )}
      <CommandBox
        title={played ? 'The lab plays it as' : commandTitle(targetOfStep(run, step), comes, running, afterwards)}
        script={script}
        short={!comes}
        loud={!played}
      />
      {comes && main && <MustSee what="command" />}
    </div>
  );
}

function commandTitle(target: TargetRef, comes: boolean, running: boolean, afterwards: boolean): string {
  if (target.kind === 'hand') return comes ? (afterwards ? 'Then type there' : 'Type there') : 'Typed there';
  if (running) return 'Runs now';
  return comes ? 'Will run' : 'Ran';
}

interface StepChangeProps {
  step: PlannedStep;
  edit: RunState['steps'][number]['edit'];
  approves: boolean;
}

export function StepChange({ step, edit, approves }: StepChangeProps) {
  if (!step.edit || !edit) return null;
  return <EditDiff title={changeTitle(edit)} file={step.edit.file} diff={edit.diff} approved={approves} />;
}

/** What lets a program take the file, behind its change. */
export function StepAfterwards({ step, comes, approves }: { step: PlannedStep; comes: boolean; approves: boolean }) {
  if (step.afterwardsScript === undefined) return null;
  return (
    <div>
      <CommandBox title="Then runs" script={step.afterwardsScript} short={!comes} loud={approves} />
      {approves && <MustSee what="command" />}
    </div>
  );
}

const changeTitles = { shown: 'Will be written', written: 'Written', left: 'Shown, not written' } as const;
function changeTitle({ stage, found, files }: NonNullable<RunState['steps'][number]['edit']>): string {
  if (found === null) return changeTitles[stage];
  const written = files.filter((file) => file.written).length;
  const number = files.length === 1 ? '1 file' : `${files.length} files`;
  return stage === 'left' && written > 0 ? `${changeTitles.shown}: ${number}, of which ${written} are written` : `${changeTitles[stage]}: ${number}`;
}

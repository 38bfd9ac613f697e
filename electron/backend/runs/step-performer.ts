/** Does what a step is about and judges it. Knows the kinds of step; when something may run is not decided here. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { StepState, Verdict } from '../../../shared/api/run.ts';
import { type EditStep, isFailure, judge, type Matcher, type Prompt, type SavedFact, type Step } from '../../../shared/topic-kit/index.ts';
import { EditPerformer } from '../edits/edit-performer.ts';
import { takeBackEdit } from '../edits/edit-undo.ts';
import { targetPath } from '../edits/edited-file.ts';
import type { RunTarget } from '../targets/run-target.ts';
import { checkFile, fileVerdict } from './file-check.ts';
import type { RunEventBody } from './run-event.ts';
import { currentStep, type RunRecord } from './run-fold.ts';
import type { RunTerminal } from './run-terminal.ts';

/** What a script that ran is judged by. */
interface Expectation {
  matchers?: readonly Matcher[];
  prompts?: readonly Prompt[] | undefined;
  saves?: readonly SavedFact[] | undefined;
}
export interface Ran {
  exitStatus: number;
  verdicts: Verdict[];
}
export interface StepSurroundings {
  terminal: RunTerminal;
  runFolder: string;
  target: RunTarget;
  record(): RunRecord;
  note(...events: RunEventBody[]): void;
  redact(text: string): string;
}

/** Which part of a step that edits a file comes next: what is shown is written. Undefined for other steps. */
export const partOf = (step: Step, state: StepState | null): 'show' | 'write' | undefined =>
  step.kind === 'edit' ? (state?.edit?.stage === 'shown' ? 'write' : 'show') : undefined;

export class StepPerformer {
  private readonly around: StepSurroundings;

  constructor(around: StepSurroundings) {
    this.around = around;
  }

  /** `before` is the step's state when it was begun. `shown` where the admin's word is wanted before it goes on. */
  async perform(step: Step, script: string | null, before: StepState | null): Promise<Ran | 'shown'> {
    switch (step.kind) {
      case 'verify': {
        const checked = await Promise.all(step.files.map((check) => checkFile(check, this.around.target.files)));
        return ranAs(checked.map(fileVerdict));
      }
      case 'manual':
        return this.withProof(step, script === null ? ranAs([]) : await this.runScript(script, {}));
      case 'command':
      case 'console':
        return this.withProof(step, await this.runScript(script ?? '', step));
      case 'edit': {
        const outcome = await this.edit(step, before);
        return outcome === 'shown' ? outcome : this.withProof(step, ranAs([outcome.verdict]));
      }
    }
  }

  async runScript(script: string, { matchers = [], prompts = [], saves = [] }: Expectation): Promise<Ran> {
    const { exitStatus, text } = await this.around.terminal.run(script, prompts);
    for (const fact of saves) this.saveFact(fact, text);
    return { exitStatus, verdicts: judge(matchers, { output: text, exitStatus, facts: this.facts }) };
  }

  /** Runs the step's way back, or puts its file back; `because` says why it could not be. */
  async takeBack(step: PlannedStep): Promise<{ exitStatus: number; because?: string }> {
    const { terminal, runFolder, record, target: where } = this.around;
    if (!step.edit) return { exitStatus: (await this.runScript(step.undoScript ?? '', {})).exitStatus };
    const begun = record().edits.get(step.id);
    const target = targetPath(step.edit, where.lab?.root ?? null);
    const because = begun ? await takeBackEdit(terminal.files, target, begun, runFolder) : null;
    return because === null ? { exitStatus: 0 } : { exitStatus: 1, because };
  }

  private edit(step: EditStep, before: StepState | null) {
    const { terminal, runFolder, redact, note, record, target } = this.around;
    const { created } = record();
    const planned = created.plan.find((candidate) => candidate.id === step.id)?.edit;
    if (!planned) throw new TypeError(`The plan of this run knows no file for step ${step.id}`);
    const performer = new EditPerformer(step, planned, {
      files: terminal.files,
      runId: created.runId,
      runFolder,
      lab: target.lab,
      facts: this.facts,
      redact,
      note,
      noteShown: (shown) => note({ type: 'edit-shown', stepId: step.id, ...shown, recording: terminal.mark() }),
    });
    const shown = before?.edit?.stage === 'shown' ? before.edit : null;
    return shown ? performer.write(shown, before?.status !== 'pending') : performer.show();
  }

  /** Runs the step's own proof behind it, unless it has failed already. */
  private async withProof(step: Exclude<Step, { kind: 'verify' }>, ran: Ran): Promise<Ran> {
    const planned = this.around.record().created.plan.find((candidate) => candidate.id === step.id);
    if (!step.verify || !planned?.verifyScript || isFailure(ran.verdicts)) return ran;
    const proof = await this.runScript(planned.verifyScript, { matchers: step.verify.matchers });
    return { exitStatus: proof.exitStatus, verdicts: [...ran.verdicts, ...proof.verdicts] };
  }

  private get facts(): Record<string, string> {
    return Object.fromEntries(this.around.record().facts.map((fact) => [fact.id, fact.value]));
  }

  private saveFact({ id, title, pattern }: SavedFact, text: string): void {
    const value = text.split('\n').flatMap((line) => pattern.exec(line)?.[1] ?? [])[0];
    const stepId = currentStep(this.around.record())?.id;
    if (value !== undefined && stepId) this.around.note({ type: 'fact-saved', stepId, id, title, value });
  }
}

const ranAs = (verdicts: Verdict[]): Ran => ({ exitStatus: isFailure(verdicts) ? 1 : 0, verdicts });

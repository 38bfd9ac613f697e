/** Does what a step is about and judges it. Knows the kinds of step; when something may run is not decided here. */

import type { MediaProgress } from '../../../shared/api/media.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { StepState, Verdict } from '../../../shared/api/run.ts';
import {
  type Before,
  type EditStep,
  isFailure,
  judge,
  type Matcher,
  type Prompt,
  type RenderedText,
  type SavedFact,
  type Step,
} from '../../../shared/topic-kit/index.ts';
import type { EditOutcome } from '../edits/edit-outcome.ts';
import { EditPerformer } from '../edits/edit-performer.ts';
import { takeBackEdits } from '../edits/edit-undo.ts';
import { ProgressReader } from '../media/progress.ts';
import { onlyMachine } from '../targets/run-machines.ts';
import type { RunTarget } from '../targets/run-target.ts';
import { takesAgain } from './edit-fold.ts';
import { attachedExecution } from './execution/attached-execution.ts';
import type { Executed, Execution } from './execution/execution.ts';
import { checkFile, fileVerdict } from './file-check.ts';
import { beforeUnread, factVerdict, factWords } from './filled-step.ts';
import type { RunLink } from './link/run-link.ts';
import type { RunEventBody } from './run-event.ts';
import { currentStep, type RunRecord } from './run-fold.ts';
import type { RunTerminal } from './run-terminal.ts';
import { StepFacts, textOf } from './step-facts.ts';

/** What a script that ran is judged by. */
interface Expectation {
  /** Whose baseline counts. */
  stepId?: string;
  statusTells?: true | undefined;
  matchers?: readonly Matcher[];
  prompts?: readonly Prompt[] | undefined;
  saves?: readonly SavedFact[] | undefined;
  /** A console is asked how its last line went: where nothing else tells. */
  status?: boolean;
}
export interface Ran {
  exitStatus: number;
  verdicts: Verdict[];
}
export interface StepSurroundings {
  terminal: RunTerminal;
  link: RunLink;
  runFolder: string;
  /** The topic's steps for this run. */
  steps: readonly Step[];
  /** By machine. */
  targets: ReadonlyMap<string, RunTarget>;
  /** The media writer, as shell text that goes in front of what calls it. */
  writerPrelude(): string;
  /** How far an image has come. */
  onProgress(progress: MediaProgress): void;
  record(): RunRecord;
  note(...events: RunEventBody[]): void;
  redact(text: string): string;
  /** Value of a secret parameter, where this process has it. */
  secret(field: string): string | undefined;
}

/** Which part of a step that edits a file comes next: what is shown is written. Undefined for other steps. */
export const partOf = (step: Step, state: StepState | null): 'show' | 'write' | undefined =>
  step.kind === 'edit' ? (state?.edit?.stage === 'shown' ? 'write' : 'show') : undefined;

export class StepPerformer {
  private readonly around: StepSurroundings;
  private readonly stepFacts: StepFacts;
  /** The machine that what is done now is for. */
  private machine = onlyMachine;

  constructor(around: StepSurroundings) {
    this.around = around;
    this.stepFacts = new StepFacts(around);
  }

  /** What comes next is for the machine that the step is on, or for another. */
  turnTo(stepId: string, on = this.planned(stepId)?.on): void {
    this.machine = on ?? onlyMachine;
    this.around.terminal.turnTo(this.machine);
  }

  /**
   * Opens what these texts of a step need: a session on its machine, with root's rights where it needs them, or the target's console, at its
   * prompt. `other`: what is not as the step has it.
   */
  async makeReady(stepId: string, texts: readonly (RenderedText | null)[], other: { on?: string; needsRoot?: true } = {}): Promise<void> {
    const { terminal } = this.around;
    const step = this.planned(stepId);
    this.turnTo(stepId, other.on);
    const needed = texts.filter((text) => text !== null);
    if (step?.edit || needed.some(({ typed }) => !typed)) await terminal.ensureSession(other.needsRoot ?? step?.needsRoot ?? false);
    const [first] = needed.flatMap(({ typed }) => typed ?? []);
    if (first) await terminal.ensureConsole(first.volume);
  }
  /** Throws `wrong-state` where it needs what was not read. */
  async makeStepReady(stepId: string): Promise<void> {
    const step = this.planned(stepId);
    if (step) this.stepFacts.check(step);
    return this.makeReady(stepId, step ? [textOf(step, 'script'), textOf(step, 'verify')] : []);
  }
  makeUndoReady(stepId: string): Promise<void> {
    const step = this.planned(stepId);
    return this.makeReady(stepId, step ? [textOf(step, 'undo'), textOf(step, 'undone')] : []);
  }

  /**
   * `before` is the step's state when it was begun; `output` what was printed where only the admin gets. Resolves with `shown` where the
   * admin's word is wanted before it goes on.
   */
  async perform(step: Step, before: StepState | null, execution: Execution, output?: string): Promise<Ran | 'shown'> {
    if (output !== undefined && step.kind !== 'verify') return this.judgeBrought(step, output);
    const planned = this.planned(step.id);
    const text = planned ? this.stepFacts.text(planned, 'script') : null;
    if (step.kind !== 'verify') await this.seeBaseline(step, planned);
    const unread = 'before' in step && step.before && planned ? await this.seeBefore(step.id, step.before, planned) : null;
    if (unread) return unread;
    switch (step.kind) {
      case 'verify': {
        const checked = await Promise.all(step.files.map((check) => checkFile(check, this.target.files)));
        return ranAs(checked.map(fileVerdict));
      }
      case 'manual':
        return this.withProof(step, await this.runText(text, {}));
      case 'command':
        return this.withProof(step, step.writer ? await this.withWriter(step, text, execution) : await this.runText(text, step, execution));
      case 'console':
        return this.withProof(step, await this.runText(text, step, execution));
      case 'edit': {
        const outcome = await this.edit(step, before);
        if (outcome === 'shown') return outcome;
        const ran = takesAgain(before) ? await this.letTake(step, planned, outcome.verdicts) : ranAs(outcome.verdicts);
        return this.orPutBack(step, planned, await this.withProof(step, ran));
      }
    }
  }

  /** Runs it, and judges what came of it; nothing at all went well. `execution`: in the terminal, where nothing else is said. */
  async runText(text: RenderedText | null, expected: Expectation, execution: Execution = this.attached): Promise<Ran> {
    // By hand it is as the admin says.
    if (!text || this.target.byHand) return ranAs([]);
    const seen = await execution.run(text, expected.prompts ?? [], expected.status ?? false);
    const ran = seen ? this.judged(seen, expected) : ranAs([]);
    if (!execution.afterwards || isFailure(ran.verdicts)) return ran;
    return { ...ran, verdicts: [...ran.verdicts, await execution.afterwards()] };
  }

  /** Step and proof are typed together, so they are judged together. */
  private judgeBrought(step: Exclude<Step, { kind: 'verify' }>, output: string): Ran {
    const { terminal } = this.around;
    if (!this.target.byHand) throw new TypeError('An output is brought, and the target is reached');
    const own = step.kind === 'command' || step.kind === 'console' ? step : null;
    const matchers = [...(own?.matchers ?? []), ...(step.verify?.matchers ?? [])];
    const before = own?.kind === 'command' ? (own.before?.saves ?? []) : [];
    const brought = terminal.bring(output);
    this.stepFacts.save(step.id, this.stepFacts.toRead(step.id, before), brought.text, true);
    return this.judged(brought, { matchers, saves: own?.saves });
  }

  private judged({ exitStatus, text }: NonNullable<Executed>, { matchers = [], saves = [], stepId, statusTells }: Expectation): Ran {
    const saving = currentStep(this.around.record())?.id;
    if (saving !== undefined) this.stepFacts.save(saving, saves, text);
    const before = stepId === undefined ? undefined : this.around.record().baselines.get(stepId);
    const seen = {
      output: text,
      exitStatus,
      facts: this.facts,
      ...(before && { before }),
      ...(statusTells && { statusTells }),
      ...(this.target.lab && { rehearsal: true }),
    };
    return { exitStatus, verdicts: judge(matchers, seen) };
  }

  /**
   * Runs the step's way back, or puts its file back, and proves that; `because` says why it could not be, or what shows that it was not.
   */
  async takeBack(planned: PlannedStep): Promise<TakenBack> {
    if (planned.beforeScript !== undefined && !this.around.record().remembered.has(planned.id)) return { exitStatus: 0 };
    const unread = this.stepFacts.problemOf(planned, 'afterwards', 'undo', 'undone');
    if (unread) return { exitStatus: 1, because: factWords(unread) };
    const because = await this.putFilesBack(planned);
    if (because !== null) return { exitStatus: 1, because };
    const untaken = await this.letTakeBack(planned);
    if (untaken !== null) return untaken;
    const { exitStatus } = await this.runText(this.stepFacts.text(planned, 'undo'), { status: true });
    return exitStatus === 0 ? this.undoneProof(planned) : { exitStatus };
  }

  /** Lets a program take what was written, unless that has failed already. */
  private async letTake(step: EditStep, planned: PlannedStep | undefined, written: readonly Verdict[]): Promise<Ran> {
    const text = planned ? this.stepFacts.text(planned, 'afterwards') : null;
    if (!text || isFailure(written)) return ranAs([...written]);
    const { exitStatus, verdicts } = await this.runText(text, { matchers: step.afterwards?.matchers ?? [] });
    return { exitStatus, verdicts: [...written, ...verdicts] };
  }

  /** Null where all that the step has edited is as it was. */
  private async putFilesBack({ id, edit }: PlannedStep): Promise<string | null> {
    const { terminal, runFolder, record, note } = this.around;
    if (!edit) return null;
    const begun = [...(record().edits.get(id)?.values() ?? [])];
    return takeBackEdits(terminal.files, id, edit, begun, { root: this.target.lab?.root ?? '', runFolder, note });
  }

  private async orPutBack(step: EditStep, planned: PlannedStep | undefined, ran: Ran): Promise<Ran> {
    if (!step.verify?.orPutBack || !planned || !isFailure(ran.verdicts) || !this.around.record().edits.has(step.id)) return ran;
    const because = (await this.putFilesBack(planned)) ?? (await this.letTakeBack(planned))?.because ?? null;
    const verdict = { rule: 'put-back', line: '', remedies: [], noWayBack: false };
    const told: Verdict =
      because === null
        ? { ...verdict, kind: 'harmless', means: 'What the step had written was restored at once.', next: '' }
        : { ...verdict, kind: 'failure', means: `What the step had written could not be restored: ${because}`, next: 'Restore it by hand.' };
    return { ...ran, verdicts: [...ran.verdicts, told] };
  }

  /** Lets the program take what was put back; null where it did. */
  private async letTakeBack(planned: PlannedStep): Promise<Required<Pick<TakenBack, 'exitStatus' | 'because' | 'verdicts'>> | null> {
    const step = this.around.steps.find(({ id }) => id === planned.id);
    if (step?.kind !== 'edit' || planned.afterwardsScript === undefined) return null;
    const { verdicts } = await this.letTake(step, planned, []);
    const failed = verdicts.find(({ kind }) => kind === 'failure');
    return failed ? { exitStatus: 1, verdicts, because: `It was restored, and then this was seen: ${failed.means} ${failed.next}`.trim() } : null;
  }

  private async undoneProof(planned: PlannedStep): Promise<TakenBack> {
    const text = this.stepFacts.text(planned, 'undone');
    const step = this.around.steps.find(({ id }) => id === planned.id);
    const proof = step && 'undone' in step && step.undone && 'matchers' in step.undone ? step.undone : undefined;
    if (!proof || !text || this.target.byHand) return { exitStatus: 0 };
    const { verdicts } = await this.runText(text, { matchers: proof.matchers, stepId: planned.id });
    const failed = verdicts.find(({ kind }) => kind === 'failure');
    if (!failed) return { exitStatus: 0, verdicts };
    return { exitStatus: 1, verdicts, because: `It was restored, and then this was seen: ${failed.means} ${failed.next}`.trim() };
  }

  private edit(step: EditStep, before: StepState | null): Promise<EditOutcome> {
    const { target } = this;
    const { terminal, runFolder, redact, secret, note, record } = this.around;
    const whole = this.planned(step.id);
    const planned = whole?.edit;
    if (!planned) throw new TypeError(`The plan of this run knows no file for step ${step.id}`);
    const root = `${target.lab?.root ?? ''}/`;
    const find = async (matchers: readonly Matcher[]) => {
      const ran = await terminal.run(this.stepFacts.filled(planned.find ?? '', whole).text, []);
      const words = ran.text.split('\n').filter((line) => !line.startsWith(root));
      return { text: ran.text, verdicts: this.judged({ ...ran, text: words.join('\n') }, { matchers }).verdicts };
    };
    const performer = new EditPerformer(step, planned, {
      files: terminal.files,
      runId: record().created.runId,
      runFolder,
      lab: target.lab,
      facts: this.facts,
      redact,
      secret,
      note,
      find,
      noteShown: (shown) => note({ type: 'edits-shown', stepId: step.id, ...shown, recording: terminal.mark() }),
    });
    const shown = before?.edit?.stage === 'shown' ? before.edit : null;
    return shown ? performer.write(shown, before?.status !== 'pending') : performer.show();
  }

  /** Runs the step's own proof behind it, unless it has failed already. */
  private async withProof(step: Exclude<Step, { kind: 'verify' }>, ran: Ran): Promise<Ran> {
    const planned = this.planned(step.id);
    if (!step.verify || !planned || isFailure(ran.verdicts)) return ran;
    const unread = this.stepFacts.problemOf(planned, 'verify');
    if (unread) return ranAs([...ran.verdicts, factVerdict(unread)]);
    const text = this.stepFacts.text(planned, 'verify');
    if (!text) return ran;
    const { matchers, statusTells } = step.verify;
    const proof = await this.around.link.reading(`The proof of "${planned.title}"`, planned.needsRoot, async () => {
      // The step itself may have ended the connection.
      if (!text.typed) await this.around.terminal.ensureSession(planned.needsRoot);
      return this.runText(text, { matchers, stepId: step.id, statusTells });
    });
    return { exitStatus: proof.exitStatus, verdicts: [...ran.verdicts, ...proof.verdicts] };
  }

  /** Once, before the step is first done: what its proof says already, as far as it would count against the step. */
  private async seeBaseline(step: Exclude<Step, { kind: 'verify' }>, planned: PlannedStep | undefined): Promise<void> {
    const { terminal, record, note, redact } = this.around;
    if (!step.verify?.baseline || !planned || record().baselines.has(step.id) || this.target.byHand) return;
    const text = this.stepFacts.text(planned, 'verify');
    if (!text) return;
    const { matchers, statusTells } = step.verify;
    if (!text.typed) await terminal.ensureSession(planned.needsRoot);
    const { verdicts } = await this.runText(text, { matchers, statusTells });
    const lines = verdicts.filter(({ kind, line }) => (kind === 'failure' || kind === 'warning') && line !== '').map(({ line }) => redact(line));
    note({ type: 'baseline-seen', stepId: step.id, lines: [...new Set(lines)] });
  }

  /** In a rehearsal a simulated one is on PATH. */
  private withWriter(expected: Expectation, text: RenderedText | null, execution: Execution): Promise<Ran> {
    const { terminal, writerPrelude, onProgress } = this.around;
    const reader = new ProgressReader();
    const listen = (bytes: Buffer) => {
      const progress = reader.push(bytes.toString('latin1'));
      if (progress) onProgress(progress);
    };
    const whole = text && !this.target.lab ? { ...text, script: writerPrelude() + text.script } : text;
    return terminal.listening(listen, () => this.runText(whole, expected, execution));
  }

  private get target(): RunTarget {
    const target = this.around.targets.get(this.machine);
    if (!target) throw new TypeError(`The run has no machine "${this.machine}"`);
    return target;
  }

  /** Before the step is first done: what it is about to change; later only what is read each time. Null where it may run. */
  private async seeBefore(stepId: string, { saves, matchers = [] }: Before, planned: PlannedStep): Promise<Ran | null> {
    const { terminal, record } = this.around;
    const text = this.stepFacts.text(planned, 'before');
    const known = record().remembered.has(stepId);
    const wanted = this.stepFacts.toRead(stepId, saves);
    if (!text || (known && wanted.length === 0) || this.target.byHand) return null;
    const ran = await terminal.run(text.script, []);
    const { verdicts } = this.judged({ ...ran, exitStatus: 0 }, { matchers });
    if (!known && matchers.length > 0 && isFailure(verdicts)) return ranAs(verdicts);
    const unread = this.stepFacts.save(stepId, wanted, ran.text, true);
    return unread ? ranAs([beforeUnread(unread.title)]) : null;
  }

  private planned(stepId: string): PlannedStep | undefined {
    return this.around.record().created.plan.find((step) => step.id === stepId);
  }
  private get attached(): Execution {
    return attachedExecution(this.around.terminal);
  }

  private get facts(): Record<string, string> {
    return Object.fromEntries(this.around.record().facts.map((fact) => [fact.id, fact.value]));
  }
}

interface TakenBack {
  exitStatus: number;
  because?: string;
  verdicts?: Verdict[];
}

const ranAs = (verdicts: Verdict[]): Ran => ({ exitStatus: isFailure(verdicts) ? 1 : 0, verdicts });

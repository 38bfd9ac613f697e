/**
 * One step from its beginning to its end, each written down when it comes: the way to where it runs, the attempt, and what a
 * lost link means for it. What only reads is begun again by itself; what tmux or screen holds goes on; nothing else does.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { isFailure, type Step } from '../../../shared/topic-kit/index.ts';
import { readBootId } from '../sessions/boot-id.ts';
import { type KeptCommand, lookForKeeper } from '../sessions/kept/kept-command.ts';
import { onlyMachine } from '../targets/run-machines.ts';
import { attachedExecution } from './execution/attached-execution.ts';
import { DetachedExecution, whyGone } from './execution/detached-execution.ts';
import type { LastingExecution } from './execution/execution.ts';
import { KeptRun } from './execution/kept-run.ts';
import { RestartExecution } from './execution/restart-execution.ts';
import type { RunLink } from './link/run-link.ts';
import type { RunEventBody } from './run-event.ts';
import { currentStep, type RunRecord } from './run-fold.ts';
import type { RunTerminal } from './run-terminal.ts';
import { partOf, type Ran, type StepPerformer } from './step-performer.ts';

interface StepRunSurroundings {
  terminal: RunTerminal;
  link: RunLink;
  performer: StepPerformer;
  record(): RunRecord;
  note(...events: RunEventBody[]): void;
  /** A step goes on from here. */
  onBegun(): void;
}
/** What came with the admin's word. */
interface Given {
  /** As it was shown. */
  script: string | null;
  confirmation: string | null;
  /** What was printed on a machine that is not reached. */
  output: string | undefined;
}
export class StepRun {
  private readonly around: StepRunSurroundings;
  private readonly kept: KeptRun;

  constructor(around: StepRunSurroundings) {
    this.around = around;
    this.kept = new KeptRun(around.terminal, around.link);
  }

  /** Runs the step that comes next. Nothing of it is run where something has to be said first. */
  async begin(step: Step, given: Given): Promise<void> {
    const planned = this.planned(step.id);
    const part = partOf(step, currentStep(this.around.record()));
    await this.around.performer.makeStepReady(step.id);
    if (!planned.kept) await this.lookForKeeper(planned);
    const lasting = await this.lasting(planned);
    if (lasting === 'not held') return;
    const reads = part === 'show' || step.danger === 'reads';
    let because: string | undefined;
    for (let time = 1; ; time++) {
      try {
        return await this.attempt(step, given, lasting, because);
      } catch (thrown) {
        if (!reads || !this.around.link.mayReadAgain(thrown, time)) throw thrown;
        this.around.note({ type: 'step-interrupted', stepId: step.id, reason: thrown.message });
        await this.around.link.reach({ kind: 'lost', needsRoot: planned.needsRoot, says: `${thrown.message} This step only reads, and is run again.` });
        because = 'Automatically, because the connection was lost and this only reads.';
      }
    }
  }

  /** Looks what became of a step that may go on on the target, and goes on with it. */
  async rejoin(step: Step): Promise<void> {
    const { terminal, link, performer, note, record } = this.around;
    const { how } = record().goingOn ?? {};
    if (!how) throw new TypeError(`Nothing of step ${step.id} is running`);
    const { needsRoot, restarts } = this.planned(step.id);
    performer.turnTo(step.id);
    if (how.by === 'restart') {
      return this.goOn(step, new RestartExecution({ terminal, link, boot: how.boot, within: restarts?.within ?? 1, begun: true }));
    }
    await terminal.ensureSession(needsRoot);
    const command = this.kept.at(how);
    const state = await command.state();
    if (state === 'running' || state === 'ended') return this.goOn(step, this.detached(command, needsRoot));
    note({ type: 'step-gone', stepId: step.id, because: await whyGone(command) });
  }

  private async goOn(step: Step, lasting: LastingExecution): Promise<void> {
    const { terminal, note } = this.around;
    note({ type: 'step-rejoined', stepId: step.id, ...terminal.beginning(step.title) });
    await this.toItsEnd(step, lasting);
  }

  private async attempt(step: Step, { script, confirmation, output }: Given, lasting: LastingExecution | null, because?: string): Promise<void> {
    const { terminal, note, record } = this.around;
    const state = currentStep(record());
    const part = partOf(step, state);
    // Writing what was shown is the second half of one attempt.
    const attempt = (state?.attempts ?? 0) + (part === 'write' && state?.status === 'pending' ? 0 : 1);
    note({
      type: 'step-started',
      stepId: step.id,
      attempt,
      script,
      confirmation,
      ...(part && { part }),
      ...(lasting && { goesOn: lasting.goesOn }),
      ...(because && { because }),
      ...(output !== undefined && { brought: output.length }),
      ...terminal.beginning(part === 'show' ? `Show: ${step.title}` : step.title),
    });
    await this.toItsEnd(step, lasting, state, output);
  }

  private async toItsEnd(step: Step, lasting: LastingExecution | null, before = currentStep(this.around.record()), output?: string): Promise<void> {
    this.around.onBegun();
    const ran = await this.around.performer.perform(step, before, lasting ?? attachedExecution(this.around.terminal), output);
    if (ran === 'shown') return;
    this.noteEnd(step.id, ran);
    // What stays behind on the target is swept there with its other temporary files.
    await lasting?.release?.().catch(() => undefined);
  }

  private noteEnd(stepId: string, { exitStatus, verdicts }: Ran): void {
    const ok = !isFailure(verdicts);
    const last = stepId === this.around.record().created.plan.at(-1)?.id;
    this.around.note(
      { type: 'step-ended', stepId, ok, exitStatus, verdicts, recording: this.around.terminal.mark() },
      ...(ok && last ? [{ type: 'run-ended' as const, outcome: 'done' as const }] : []),
    );
  }

  /** How a step is run that outlasts the link; null where it is run in the terminal. */
  private async lasting(planned: PlannedStep): Promise<LastingExecution | 'not held' | null> {
    if (planned.restarts) return this.restarting(planned.restarts.within);
    if (!planned.kept) return null;
    const prepared = await this.kept.prepare();
    const by = prepared?.command.place.by ?? null;
    const keeper = this.around.record().keepers.get(planned.on ?? onlyMachine);
    if ((by ?? 'none') !== keeper) this.around.note(keeperLooked(planned, by));
    if (!prepared) return keeper === 'none' ? null : 'not held';
    return this.detached(prepared.command, planned.needsRoot, prepared.begin);
  }

  private detached(command: KeptCommand, needsRoot: boolean, begin?: (script: string) => Promise<boolean>): DetachedExecution {
    const { link, note, record } = this.around;
    const onGone = (because: string) => note({ type: 'step-gone', stepId: currentStep(record())?.id ?? '', because });
    return new DetachedExecution(command, { kept: this.kept, link, needsRoot, onGone }, begin);
  }

  private async restarting(within: number): Promise<RestartExecution> {
    const { terminal, link } = this.around;
    const boot = await readBootId(terminal);
    if (boot !== null) return new RestartExecution({ terminal, link, boot, within });
    throw new WrenchbookError(
      'session',
      'The target does not report when it was booted, so a reboot could not be told from a lost connection.',
      'Restart it by hand, and skip this step with that as the reason.',
    );
  }

  /** Once a run and machine, so that a step there that wants to be held can say whether it will be. */
  private async lookForKeeper(planned: PlannedStep): Promise<void> {
    const { record, terminal, note } = this.around;
    const { created, keepers } = record();
    if (keepers.has(planned.on ?? onlyMachine) || !terminal.open || !created.plan.some(({ kept, on }) => kept && on === planned.on)) return;
    note(keeperLooked(planned, await lookForKeeper(terminal)));
  }

  private planned(stepId: string): PlannedStep {
    const planned = this.around.record().created.plan.find((step) => step.id === stepId);
    if (!planned) throw new TypeError(`The plan of this run has no step ${stepId}`);
    return planned;
  }
}

const keeperLooked = ({ on }: PlannedStep, by: 'tmux' | 'screen' | null): RunEventBody => ({
  type: 'keeper-looked',
  ...(on !== undefined && { machine: on }),
  by,
});

/**
 * Drives one open run: journal, recording and session in one hand. Every public method checks that the run offers the
 * action now, writes the journal before it acts, and never repeats anything by itself.
 */
import path from 'node:path';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Offer, RunState, Verdict } from '../../../shared/api/run.ts';
import { isFailure, judge, type Matcher, type Prompt, type SavedFact, type Step, type Topic } from '../../../shared/topic-kit/index.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { checkSecrets, secretAnswer } from '../redaction/secret-answer.ts';
import { labSession, resolveLabFiles } from '../targets/lab-target.ts';
import { checkFile, fileVerdict } from './file-check.ts';
import { Journal } from './journal.ts';
import { checkConfirmation, findOffer } from './offer-check.ts';
import { remainsAfterUndo, remedyScript, undoableSteps } from './offers.ts';
import type { RunEventBody } from './run-event.ts';
import { currentStep, foldRun, type RunRecord } from './run-fold.ts';
import { lockRun } from './run-lock.ts';
import { RunTerminal } from './run-terminal.ts';
import { runState } from './run-view.ts';

export interface RunSurroundings {
  topic: Topic;
  folder: string;
  assetsFolder: string;
  /** Signs how far the record has come; trouble with it is logged and stops nothing. */
  seal(runId: string, last: { seq: number; digest: string }): void;
  secrets: RunSecrets;
  onChange(state: RunState): void;
  log(line: string): void;
}
/** What a script that ran is judged by. */
interface Expectation {
  matchers: readonly Matcher[];
  prompts: readonly Prompt[];
  saves: readonly SavedFact[];
}
interface Ran {
  exitStatus: number;
  verdicts: Verdict[];
}

export class RunController {
  private readonly surroundings: RunSurroundings;
  private readonly journal: Journal;
  private readonly terminal: RunTerminal;
  private readonly unlock: () => void;
  private readonly steps: readonly Step[];
  private activity: Promise<void> | null = null;
  private trouble: RunState['trouble'] = null;

  /** Opens a run for work. What was under way when it was last open is recorded as interrupted. Throws `locked`, `storage`. */
  constructor(surroundings: RunSurroundings) {
    this.surroundings = surroundings;
    this.unlock = lockRun(surroundings.folder);
    try {
      this.journal = new Journal(surroundings.folder, surroundings.secrets.event);
      const created = this.record.created;
      this.steps = surroundings.topic.steps(surroundings.topic.parameters.parse(resolveLabFiles(created.parameters)), {
        target: created.target,
        rehearsal: created.rehearsal,
      });
      this.terminal = new RunTerminal(
        surroundings.folder,
        `${created.topicTitle} (${created.targetLabel})`,
        (size) => labSession(this.labFolder, surroundings.assetsFolder, size),
        {
          onOpened: (ready) => this.note({ type: 'session-opened', shell: '/bin/sh', uid: ready.uid, system: ready.system }),
          onLost: (detail) => this.tell({ type: 'session-ended', how: 'lost', detail }),
          onPrompt: (before, now) => this.tellPrompt(before, now),
        },
        surroundings.secrets,
      );
      this.noteInterruption('Wrenchbook ended while this was under way.');
    } catch (thrown) {
      this.unlock();
      throw thrown;
    }
  }

  get feed(): RunTerminal['feed'] {
    return this.terminal.feed;
  }
  get record(): RunRecord {
    return foldRun(this.journal.events);
  }
  get state(): RunState {
    return runState(this.record, {
      live: this.activity !== null,
      remedies: this.surroundings.topic.remedies,
      topicVersion: this.surroundings.topic.version,
      trouble: this.trouble,
      missingSecrets: this.surroundings.secrets.missing(this.surroundings.topic, this.record.created.parameters),
    });
  }

  advance(stepId: string, confirmation: string | undefined): RunState {
    const offer = this.offered(
      (candidate) => (candidate.action === 'advance' || candidate.action === 'retry') && candidate.id === stepId,
      `Step "${stepId}" can't be run now`,
    );
    checkConfirmation(offer, confirmation);
    const record = this.record;
    const step = this.steps.find((candidate) => candidate.id === stepId);
    const attempt = (currentStep(record)?.attempts ?? 0) + 1;
    if (!step)
      throw new WrenchbookError(
        'wrong-state',
        `This version of the procedure has no step "${stepId}".`,
        'Finish the run with the Wrenchbook that began it, or start a new run.',
      );
    return this.begin(async () => {
      if (offer.script !== null) await this.terminal.ensureSession();
      this.note({ type: 'step-started', stepId, attempt, script: offer.script, confirmation: confirmation ?? null, ...this.terminal.beginning(step.title) });
      const ran = await this.perform(step, offer.script);
      const ok = !isFailure(ran.verdicts);
      const last = stepId === record.created.plan.at(-1)?.id;
      this.note(
        { type: 'step-ended', stepId, ok, exitStatus: ran.exitStatus, verdicts: ran.verdicts, recording: this.terminal.mark() },
        ...(ok && last ? [{ type: 'run-ended' as const, outcome: 'done' as const }] : []),
      );
    });
  }

  remedy(remedyId: string, confirmation: string | undefined): RunState {
    const offer = this.offered((candidate) => candidate.action === 'remedy' && candidate.id === remedyId, `"${remedyId}" is not a way out that is offered now`);
    checkConfirmation(offer, confirmation);
    const remedy = this.surroundings.topic.remedies.find((candidate) => candidate.id === remedyId);
    const stepId = currentStep(this.record)?.id;
    if (!remedy || !stepId) throw new WrenchbookError('wrong-state', `There is no way out named "${remedyId}".`, 'Choose one that is offered.');
    const script = remedyScript(remedy, this.record);
    return this.begin(async () => {
      if (script !== null) await this.terminal.ensureSession();
      this.note({
        type: 'remedy-started',
        remedyId,
        title: remedy.title,
        stepId,
        script,
        confirmation: confirmation ?? null,
        ...this.terminal.beginning(remedy.title),
      });
      const ran = script === null ? { exitStatus: 0, verdicts: [] } : await this.runScript(script, { matchers: remedy.matchers ?? [], prompts: [], saves: [] });
      const again = remedy.afterwards === 'retry' ? stepId : remedy.afterwards.again;
      this.note({
        type: 'remedy-ended',
        remedyId,
        stepId,
        ok: !isFailure(ran.verdicts),
        exitStatus: ran.exitStatus,
        verdicts: ran.verdicts,
        again,
        recording: this.terminal.mark(),
      });
    });
  }

  /** Takes back all steps, or those from one on, last first; stops at the first that can't be. Going on with it is taking back again. */
  undo(from: string): RunState {
    this.offered((candidate) => candidate.action === 'undo' && candidate.id === from, 'There is nothing to take back');
    const going = this.record.undo === 'under way' ? (this.record.undoFrom ?? '') : from;
    const steps = undoableSteps(this.record, going);
    const remains = remainsAfterUndo(this.record, going);
    return this.begin(async () => {
      await this.terminal.ensureSession();
      this.note({ type: 'undo-started', steps: steps.map((step) => step.id), from: going || null });
      let failed: PlannedStep | null = null;
      for (const step of steps) {
        const script = step.undoScript ?? '';
        this.note({ type: 'step-undo-started', stepId: step.id, script, ...this.terminal.beginning(`Take back: ${step.title}`) });
        const { exitStatus } = await this.runScript(script, { matchers: [], prompts: [], saves: [] });
        this.note({ type: 'step-undone', stepId: step.id, ok: exitStatus === 0, exitStatus, recording: this.terminal.mark() });
        if (exitStatus !== 0) failed = step;
        if (failed) break;
      }
      const stuck = failed ? [`${failed.title}: it could not be taken back, and nothing before it was.`] : [];
      this.note({ type: 'undo-ended', ok: !failed, remains: [...stuck, ...remains] });
    });
  }

  skip(stepId: string, reason: string): RunState {
    this.offered((candidate) => candidate.action === 'skip' && candidate.id === stepId, `Step "${stepId}" can't be skipped now`);
    const last = stepId === this.record.created.plan.at(-1)?.id;
    this.note({ type: 'step-skipped', stepId, reason }, ...(last ? [{ type: 'run-ended' as const, outcome: 'done' as const }] : []));
    return this.changed();
  }

  stop(): RunState {
    this.offered((candidate) => candidate.action === 'stop', 'The run has ended, or something is under way: stop that with Ctrl-C first');
    this.note({ type: 'run-ended', outcome: 'stopped' });
    return this.changed();
  }

  answer(promptId: string, value: string): RunState {
    const prompt = this.terminal.openPrompt;
    if (!prompt || prompt.id !== promptId)
      throw new WrenchbookError('wrong-state', 'That question is not open any more.', 'Look at the terminal: it was answered there or the command has ended.');
    const secret = secretAnswer(prompt, value, this.surroundings.secrets);
    if (secret === null && !prompt.answers.some((answer) => answer.value === value)) {
      throw new WrenchbookError(
        'bad-parameters',
        `"${value}" is no answer to this question.`,
        `Answer with ${prompt.answers.map((answer) => answer.value).join(' or ')}.`,
      );
    }
    this.note({ type: 'prompt-answered', stepId: this.stepUnderWay, promptId, value });
    this.terminal.answer(secret ?? value);
    return this.changed();
  }

  interrupt(): RunState {
    if (!this.activity || !this.terminal.open)
      throw new WrenchbookError('wrong-state', 'Nothing is running that Ctrl-C could stop.', 'Choose what comes next.');
    this.note({ type: 'ctrl-c', stepId: currentStep(this.record)?.id ?? null });
    this.terminal.interrupt();
    return this.changed();
  }

  type(data: string): void {
    this.terminal.type(data);
  }

  /** Secret values again, after the process that had them has ended. Throws `bad-parameters`. */
  giveSecrets(values: Readonly<Record<string, string>>): RunState {
    this.surroundings.secrets.give(checkSecrets(this.surroundings.topic, values));
    return this.changed();
  }

  resize(cols: number, rows: number): void {
    this.terminal.resize(cols, rows);
  }

  /** Ends the session, records what was cut off by that, and gives the run free. */
  async close(): Promise<void> {
    const hadSession = await this.terminal.endSession();
    await this.activity;
    if (hadSession) this.note({ type: 'session-ended', how: 'left', detail: 'closed' });
    this.seal();
    this.terminal.close();
    this.journal.close();
    this.unlock();
  }

  private async perform(step: Step, script: string | null): Promise<Ran> {
    switch (step.kind) {
      case 'verify': {
        const checked = await Promise.all(step.files.map((check) => checkFile(check, this.labFolder)));
        const verdicts = checked.map(fileVerdict);
        return { exitStatus: isFailure(verdicts) ? 1 : 0, verdicts };
      }
      case 'manual':
        return this.withProof(step, script === null ? { exitStatus: 0, verdicts: [] } : await this.runScript(script, { matchers: [], prompts: [], saves: [] }));
      case 'command':
      case 'console':
        return this.withProof(step, await this.runScript(script ?? '', { matchers: step.matchers, prompts: step.prompts ?? [], saves: step.saves ?? [] }));
    }
  }

  /** Runs the step's own proof behind it, unless it has failed already. */
  private async withProof(step: Exclude<Step, { kind: 'verify' }>, ran: Ran): Promise<Ran> {
    const planned = this.record.created.plan.find((candidate) => candidate.id === step.id);
    if (!step.verify || !planned?.verifyScript || isFailure(ran.verdicts)) return ran;
    const proof = await this.runScript(planned.verifyScript, { matchers: step.verify.matchers, prompts: [], saves: [] });
    return { exitStatus: proof.exitStatus, verdicts: [...ran.verdicts, ...proof.verdicts] };
  }

  private async runScript(script: string, expectation: Expectation): Promise<Ran> {
    const { exitStatus, text } = await this.terminal.run(script, expectation.prompts);
    for (const fact of expectation.saves) this.saveFact(fact, text);
    const facts = Object.fromEntries(this.record.facts.map((fact) => [fact.id, fact.value]));
    return { exitStatus, verdicts: judge(expectation.matchers, { output: text, exitStatus, facts }) };
  }

  private saveFact({ id, title, pattern }: SavedFact, text: string): void {
    const value = text.split('\n').flatMap((line) => pattern.exec(line)?.[1] ?? [])[0];
    const stepId = currentStep(this.record)?.id;
    if (value !== undefined && stepId) this.note({ type: 'fact-saved', stepId, id, title, value });
  }

  private tellPrompt(before: Prompt | null, now: Prompt | null): void {
    const stepId = this.stepUnderWay;
    this.tell(
      ...(before ? [{ type: 'prompt-answered' as const, stepId, promptId: before.id, value: null }] : []),
      ...(now ? [{ type: 'prompt-shown' as const, stepId, promptId: now.id }] : []),
    );
  }

  private get stepUnderWay(): string {
    return this.record.underWay?.stepId ?? '';
  }
  private get labFolder(): string {
    return path.join(this.surroundings.folder, 'lab');
  }

  /** Starts something that takes time. Its end, good or bad, is always recorded and told. */
  private begin(work: () => Promise<void>): RunState {
    if (this.activity) throw new WrenchbookError('wrong-state', 'Something is still running.', 'Wait for its end or stop it with Ctrl-C.');
    this.trouble = null;
    this.activity = Promise.resolve()
      .then(() => this.journal.checkFile()) // before a session is opened: its trouble would hide this one
      .then(work)
      .catch((thrown: unknown) => this.recordTrouble(thrown))
      .finally(() => {
        this.activity = null;
        this.seal();
        this.changed();
      });
    return this.changed();
  }

  private recordTrouble(thrown: unknown): void {
    const { code, message, next } = toWireError(thrown);
    this.surroundings.log(`run ${this.record.created.runId}: ${code}: ${message}`);
    const { text } = this.surroundings.secrets;
    this.trouble = { message: text(message), next: text(next) };
    try {
      this.noteInterruption(message);
      this.journal.append({ type: 'note', text: `${message} ${next}` });
    } catch (again) {
      this.surroundings.log(`run: the trouble could not be recorded: ${toWireError(again).message}`);
    }
  }

  private noteInterruption(reason: string): void {
    const { underWay } = this.record;
    if (underWay) this.note({ type: 'step-interrupted', stepId: underWay.stepId, reason });
  }

  private seal(): void {
    try {
      this.surroundings.seal(this.record.created.runId, this.journal.last);
    } catch (thrown) {
      this.surroundings.log(`run: ${toWireError(thrown).message}`);
    }
  }

  private note(...events: RunEventBody[]): void {
    this.journal.append(...events);
  }

  /** For what happens outside of an action: trouble with the disk is logged here and stops the next step. */
  private tell(...events: RunEventBody[]): void {
    try {
      this.note(...events);
    } catch (thrown) {
      this.surroundings.log(`run: ${toWireError(thrown).message}`);
    }
    this.changed();
  }

  private changed(): RunState {
    const state = this.state;
    this.surroundings.onChange(state);
    return state;
  }

  private offered(wanted: (offer: Offer) => boolean, otherwise: string): Offer {
    return findOffer(this.state.offers, wanted, otherwise, this.activity !== null);
  }
}

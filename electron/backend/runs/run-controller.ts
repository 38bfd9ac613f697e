/**
 * Drives one open run: journal, recording and session in one hand. Every public method checks that the run offers the
 * action now, writes the journal before it acts, and never repeats anything by itself.
 */
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { MediaProgress } from '../../../shared/api/media.ts';
import type { Offer, RunState } from '../../../shared/api/run.ts';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { isFailure, type Prompt, type Step, stepsFor, type Topic } from '../../../shared/topic-kit/index.ts';
import { writerPrelude } from '../media/writer-program.ts';
import type { RunSecrets } from '../redaction/run-secrets.ts';
import { checkSecrets, secretAnswer } from '../redaction/secret-answer.ts';
import { isWayPassword } from '../sessions/hops/hop-prompts.ts';
import type { WayLimits } from '../sessions/hops/way-watch.ts';
import type { Session } from '../sessions/session.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { type ReachedTarget, reachedTargets } from '../targets/reached-target.ts';
import { onlyMachine, runTargets } from '../targets/run-machines.ts';
import { openTerminal } from './console-terminal.ts';
import { InterruptAllowance } from './interrupt-allowance.ts';
import { Journal, type JournalOptions } from './journal.ts';
import { RunLink } from './link/run-link.ts';
import { checkAnswer, checkConfirmation, checkOutput, checkShown, findOffer } from './offer-check.ts';
import { remainsAfterUndo, remedyText, undoableSteps } from './offers.ts';
import { RunActivity } from './run-activity.ts';
import type { RunEventBody } from './run-event.ts';
import { currentStep, extendRecord, foldRun, type RunRecord } from './run-fold.ts';
import { lockRun } from './run-lock.ts';
import type { RunTerminal } from './run-terminal.ts';
import { type ReadOnly, runState } from './run-view.ts';
import { StepPerformer } from './step-performer.ts';
import { StepRun } from './step-run.ts';
import { walkBack } from './undo-walk.ts';

/** How far a run's record has come: last event, digest of its line, and both files whole. */
export interface RecordEnd extends WholeRecord {
  runId: string;
}
type WholeRecord = Journal['end'] & { recording: { bytes: number; sha256: string } | null };

export interface RunSurroundings {
  topic: Topic;
  folder: string;
  assetsFolder: string;
  sshConfig?: string | undefined;
  book: Pick<TargetBook, 'get'>;
  /** Of the way to the target, where others than the usual ones. */
  wayLimits?: Partial<WayLimits>;
  /** Signs how far the record has come; trouble with it is logged and stops nothing. */
  seal(end: RecordEnd): void;
  /** How the journal is signed, and what was checked of it. */
  journal?: JournalOptions;
  /** Bytes at the recording's end that were under no seal when the run was opened; they are noted. */
  unvouched?: number;
  /** Why an intact run is not continued, and whether it can still be undone; null where it is continued. */
  readOnly?: ReadOnly | null;
  secrets: RunSecrets;
  onChange(state: RunState): void;
  /** How far an image has come. */
  onProgress?(progress: MediaProgress): void;
  /** What the target said of itself. */
  onFacts?(target: TargetRef, facts: TargetFacts): void;
  log(line: string): void;
}

export class RunController {
  private readonly surroundings: RunSurroundings;
  private readonly journal: Journal;
  private readonly terminal: RunTerminal;
  private readonly unlock: () => void;
  private readonly steps: readonly Step[];
  private readonly link: RunLink;
  private readonly performer: StepPerformer;
  private readonly stepRun: StepRun;
  private readonly activity: RunActivity;
  private readonly interrupts = new InterruptAllowance();
  /** What is said while a command does not heed Ctrl-C. */
  private deaf: string | null = null;
  private folded: { record: RunRecord | null; events: number } = { record: null, events: 0 };

  /** Opens a run for work. What was running when it was last open is recorded as interrupted. Throws `locked`, `storage`. */
  constructor(surroundings: RunSurroundings) {
    this.surroundings = surroundings;
    this.unlock = lockRun(surroundings.folder);
    try {
      this.journal = new Journal(surroundings.folder, surroundings.secrets.event, surroundings.journal);
      const created = this.record.created;
      const values = surroundings.topic.parameters.parse(created.rehearsal ? resolveLabFiles(created.parameters) : created.parameters);
      this.steps = stepsFor(surroundings.topic, values, {
        target: created.target,
        rehearsal: created.rehearsal,
        ...(created.machines && { machines: created.machines.map(({ id }) => id) }),
      });
      const targets = runTargets(created, surroundings.folder, surroundings);
      const reached = reachedTargets(surroundings.topic, created, targets, surroundings.log);
      this.terminal = openTerminal(
        surroundings.folder,
        `${created.topicTitle} (${created.targetLabel})`,
        targets,
        {
          onTakenUp: () => this.note({ type: 'note', text: 'The run was resumed.' }),
          onOpened: (ready) => this.note({ type: 'session-opened', shell: '/bin/sh', uid: ready.uid, system: ready.system }),
          onHop: (name, entered) => this.note(entered ? { type: 'hop-entered', name, ...entered } : { type: 'hop-left', name }),
          onConsole: (event) => this.tell(event),
          onReached: (session, machine) => this.reach(reached.get(machine), session, machine),
          onLeft: () => this.note({ type: 'session-ended', how: 'left', detail: 'closed' }),
          onLost: (detail) => this.tell({ type: 'session-ended', how: 'lost', detail }),
          onKeysDropped: (name) =>
            this.tell({ type: 'note', text: `Keys were typed while Wrenchbook was connecting (${name}) and nothing was asked: they were discarded.` }),
          onRootTrouble: (thrown) => surroundings.log(`run ${created.runId}: root was not given back: ${toWireError(thrown).message}`),
          onDeaf: (seconds) => {
            this.deaf = `Ctrl-C has had no effect for ${seconds} seconds. Another one ends the session and kills what runs in it: if something is being erased or written, wait.`;
            this.tell({ type: 'note', text: this.deaf });
          },
          onPrompt: (before, now) => {
            this.link.prompted(now);
            this.tellPrompt(before, now);
          },
        },
        surroundings.secrets,
        surroundings.wayLimits,
      );
      const { terminal } = this;
      const record = () => this.record;
      const note = (...events: RunEventBody[]) => this.note(...events);
      this.link = new RunLink({ terminal, note: (text) => this.note({ type: 'note', text }), onChange: () => this.changed() });
      const { link } = this;
      this.performer = new StepPerformer({
        terminal,
        link,
        runFolder: surroundings.folder,
        steps: this.steps,
        targets,
        writerPrelude: () => writerPrelude(surroundings.assetsFolder),
        onProgress: (progress) => surroundings.onProgress?.(progress),
        record,
        note,
        redact: surroundings.secrets.text,
        secret: (field) => surroundings.secrets.value(field),
      });
      this.stepRun = new StepRun({ terminal, link, performer: this.performer, record, note, onBegun: () => this.changed() });
      this.activity = new RunActivity({
        folder: surroundings.folder,
        journal: this.journal,
        log: (line) => surroundings.log(`run ${created.runId}: ${line}`),
        redact: surroundings.secrets.text,
        onEnd: () => {
          this.deaf = null;
          this.seal();
          this.changed();
        },
      });
      if (surroundings.unvouched) this.note({ type: 'note', text: unvouchedText(surroundings.unvouched) });
      this.activity.noteInterruption('Wrenchbook ended while this was running.');
    } catch (thrown) {
      this.unlock();
      throw thrown;
    }
  }

  get feed(): RunTerminal['feed'] {
    return this.terminal.feed;
  }
  /** Folded once, and then each event is applied to it. */
  get record(): RunRecord {
    const { events } = this.journal;
    const { record: before, events: applied } = this.folded;
    const record = before ? extendRecord(before, events.slice(applied)) : foldRun(events);
    this.folded = { record, events: events.length };
    return record;
  }
  get state(): RunState {
    return runState(this.record, {
      live: this.activity.live,
      link: this.link.state,
      deaf: this.deaf,
      topic: this.surroundings.topic,
      readOnly: this.surroundings.readOnly ?? null,
      trouble: this.activity.trouble,
      missingSecrets: this.surroundings.secrets.missing(this.surroundings.topic, this.record.created.parameters),
    });
  }

  /** `shown`: the change of a file that the admin saw, where the step writes one; `output`: what was printed on a machine that is not reached. */
  advance(
    stepId: string,
    { confirmation, shown, output }: { confirmation?: string | undefined; shown?: string | undefined; output?: string | undefined } = {},
  ): void {
    const offer = this.offered(({ action, id }) => id === stepId && stepActions.has(action), `Step "${stepId}" can't be run now`);
    checkShown(offer, shown);
    checkOutput(offer, output);
    checkConfirmation(offer, confirmation);
    const step = this.steps.find((candidate) => candidate.id === stepId);
    if (!step)
      throw new WrenchbookError(
        'wrong-state',
        `This version of the procedure has no step "${stepId}".`,
        'Finish the run with the Wrenchbook that started it, or start a new run.',
      );
    this.begin(() =>
      offer.action === 'rejoin' ? this.stepRun.rejoin(step) : this.stepRun.begin(step, { script: offer.script, confirmation: confirmation ?? null, output }),
    );
  }

  remedy(remedyId: string, confirmation: string | undefined): void {
    const offer = this.offered((candidate) => candidate.action === 'remedy' && candidate.id === remedyId, `"${remedyId}" is not a fix that is offered now`);
    checkConfirmation(offer, confirmation);
    const remedy = this.surroundings.topic.remedies.find((candidate) => candidate.id === remedyId);
    const stepId = currentStep(this.record)?.id;
    if (!remedy || !stepId) throw new WrenchbookError('wrong-state', `There is no fix named "${remedyId}".`, 'Choose one that is offered.');
    const text = remedyText(remedy, this.record);
    this.begin(async () => {
      await this.performer.makeReady(stepId, [text], remedy);
      this.note({
        type: 'remedy-started',
        remedyId,
        title: remedy.title,
        stepId,
        ...(remedy.on !== undefined && { on: remedy.on }),
        script: text?.script ?? null,
        confirmation: confirmation ?? null,
        ...this.terminal.beginning(remedy.title),
      });
      const ran = await this.performer.runText(text, { matchers: remedy.matchers ?? [] });
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
  undo(from: string): void {
    this.offered((candidate) => candidate.action === 'undo' && candidate.id === from, 'There is nothing to undo');
    const going = this.record.undo === 'running' ? (this.record.undoFrom ?? '') : from;
    const steps = undoableSteps(this.record, going);
    const remains = remainsAfterUndo(this.record, going);
    this.begin(async () => {
      await this.performer.makeUndoReady(steps[0]?.id ?? '');
      this.note({ type: 'undo-started', steps: steps.map((step) => step.id), from: going || null });
      const stuck = await walkBack(
        steps,
        this.performer,
        this.terminal,
        () => this.record,
        (...events) => this.note(...events),
      );
      this.note({ type: 'undo-ended', ok: stuck.length === 0, remains: [...stuck, ...remains] });
    });
  }

  skip(stepId: string, reason: string): void {
    this.offered((candidate) => candidate.action === 'skip' && candidate.id === stepId, `Step "${stepId}" can't be skipped now`);
    const last = stepId === this.record.created.plan.at(-1)?.id;
    this.note({ type: 'step-skipped', stepId, reason }, ...(last ? [{ type: 'run-ended' as const, outcome: 'done' as const }] : []));
    this.changed();
  }

  stop(): void {
    this.offered((candidate) => candidate.action === 'stop', 'The run has ended, or something is running: stop it with Ctrl-C first');
    this.note({ type: 'run-ended', outcome: 'stopped' });
    this.changed();
  }

  answer(promptId: string, value: string): void {
    const prompt = this.terminal.openPrompt;
    if (!prompt || prompt.id !== promptId)
      throw new WrenchbookError('wrong-state', 'That question is no longer open.', 'Check the terminal: it was answered there or the command has ended.');
    const { secrets } = this.surroundings;
    const secret = isWayPassword(prompt) && value === secretMark ? this.terminal.broughtAnswer() : secretAnswer(prompt, value, secrets);
    if (secret === null) checkAnswer(prompt, value);
    this.note({ type: 'prompt-answered', stepId: this.stepUnderWay, promptId, value });
    this.terminal.answer(secret ?? value);
    this.changed();
  }

  /** Ctrl-C; while the target is waited for, the end of that. */
  interrupt(): void {
    if (this.link.callOff()) {
      this.changed();
      return;
    }
    if (!this.activity.live || !this.terminal.open)
      throw new WrenchbookError('wrong-state', 'Nothing is running that Ctrl-C could stop.', 'Choose what comes next.');
    this.interrupts.take();
    this.note({ type: 'ctrl-c', stepId: currentStep(this.record)?.id ?? null });
    this.terminal.interrupt();
    this.changed();
  }

  type(data: string): void {
    if (data === '\x03' && this.link.callOff()) return;
    this.terminal.type(data);
  }

  /** Secret values again, after the process that had them has ended. Throws `bad-parameters`. */
  giveSecrets(values: Readonly<Record<string, string>>): void {
    this.surroundings.secrets.give(checkSecrets(this.surroundings.topic, values));
    this.changed();
  }

  /** A password for the way to the target; it is typed where the way itself asks for it and somebody says so (`answer` with the mark). */
  bringPassword(password: string): void {
    this.surroundings.secrets.bring(password);
  }

  resize(cols: number, rows: number): void {
    this.terminal.resize(cols, rows);
  }

  /** Ends the session, records what was cut off by that, and gives the run free. */
  async close(): Promise<void> {
    this.link.leave();
    const hadSession = await this.terminal.endSession();
    await this.activity.ended();
    if (hadSession) this.note({ type: 'session-ended', how: 'left', detail: 'closed' });
    this.seal();
    this.terminal.close();
    this.journal.close();
    this.unlock();
  }

  private async reach(reached: ReachedTarget | undefined, session: Session, machine: string): Promise<void> {
    const { target, machines } = this.record.created;
    await reached?.check(session, (facts) => {
      this.note({ type: 'facts-read', ...(machines && { machine }), facts });
      this.surroundings.onFacts?.(machines?.find(({ id }) => id === machine)?.target ?? target, facts);
    });
  }

  private tellPrompt(before: Prompt | null, now: Prompt | null): void {
    const stepId = this.stepUnderWay;
    this.tell(
      ...(before ? [{ type: 'prompt-answered' as const, stepId, promptId: before.id, value: null }] : []),
      ...(now ? [{ type: 'prompt-shown' as const, stepId, promptId: now.id }] : []),
    );
  }

  /** The machine on which the step that comes next needs root; null where it does not, or none comes. */
  private get rootWantedOn(): string | null {
    const { created, outcome } = this.record;
    const id = outcome === null ? currentStep(this.record)?.id : undefined;
    const next = created.plan.find((step) => step.id === id);
    return next?.needsRoot ? (next.on ?? onlyMachine) : null;
  }
  private get stepUnderWay(): string {
    return this.record.underWay?.stepId ?? '';
  }
  private begin(work: () => Promise<void>): void {
    this.activity.begin(() => work().finally(() => this.terminal.rest(this.rootWantedOn)));
    this.changed();
  }

  /** Signs how far the record has come; trouble is logged. */
  seal(): void {
    try {
      const { bytes, sha256 } = this.terminal.mark();
      this.surroundings.seal({ runId: this.record.created.runId, ...this.journal.end, recording: { bytes, sha256 } });
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

  private changed(): void {
    this.surroundings.onChange(this.state);
  }

  private offered(wanted: (offer: Offer) => boolean, otherwise: string): Offer {
    return findOffer(this.state.offers, wanted, otherwise, this.activity.live);
  }
}

export const unvouchedText = (bytes: number) =>
  `The last ${bytes} bytes of the recording were under no seal when the run was opened: Wrenchbook ended before it could seal them. They are not proven.`;

const stepActions: ReadonlySet<Offer['action']> = new Set(['advance', 'retry', 'rejoin']);

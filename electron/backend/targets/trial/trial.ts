/**
 * One trial of a target: opens a session, goes the way there, asks what is there, and tries the way to root. Questions are
 * answered live in its terminal; what it shows is kept in memory only, and what is typed nowhere.
 */
import { toWireError } from '../../../../shared/api/error.ts';
import type { ProbeResult } from '../../../../shared/api/probe.ts';
import type { Stage, StageName, Target, TargetFacts, TrialState, Trouble } from '../../../../shared/api/target.ts';
import type { Way } from '../../consoles/console-hop.ts';
import { asksAtConsole } from '../../consoles/console-questions.ts';
import { ConsoleSession } from '../../consoles/console-session.ts';
import { dialects, openWay } from '../../consoles/console-way.ts';
import type { ProbeLook, ProbePart } from '../../probes/probe-look.ts';
import { StepOutput } from '../../runs/step-output.ts';
import { AnswerGate } from '../../sessions/answer-gate.ts';
import { changedKey, changedKeyTrouble, silentShell } from '../../sessions/hops/hop-trouble.ts';
import { knownFingerprint } from '../../sessions/hops/known-key.ts';
import { WayRefused, WaySilent } from '../../sessions/hops/way-refused.ts';
import { unansweredMs, unwatchedSilenceMs, wayLimits } from '../../sessions/hops/way-watch.ts';
import type { Session, SessionOptions } from '../../sessions/session.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import { TerminalFeed } from '../../sessions/terminal-feed.ts';
import { wayTo, wayToRoot } from '../book/target-hops.ts';
import { Connection, type ConnectionListener, type Reachable } from '../connection.ts';
import { readFacts } from '../facts/read-facts.ts';
import { allThrough, calledOff, failedAt, isAsking, reached, reachedBy, stagesOf } from './stages.ts';

/** Where one machine of several is. */
export interface TrialPlace extends Pick<Target, 'connection' | 'root'> {
  title: string;
  /** Another way than that of the connection: to a machine of the lab. */
  way?: Way;
}
export interface TrialOptions {
  trialId: string;
  target: Target;
  /** Several machines, visited one after the other: one for each part of what is looked at. */
  places?: readonly TrialPlace[];
  session(size: { cols: number; rows: number }): Promise<SessionOptions>;
  /** Another ssh configuration than the client's own. */
  sshConfig?: string | undefined;
  limits?: TrialLimits;
  /** What is looked at when it was reached. */
  look?: ProbeLook;
  /** What is looked at goes on until it is called off: the limit is for the way there. */
  endless?: true;
  /** The lab: there is nothing to learn of the machine. */
  rehearsal?: true;
  onChange(state: TrialState): void;
  onFacts(facts: TargetFacts): void;
  /** All that its terminal shows. */
  onOutput?(bytes: Buffer): void;
  onEnd?(): void;
}
export interface TrialLimits {
  /** Without a word and without a question for so long, nothing will come any more. Longer than a push to a phone takes. */
  silenceMs: number;
  /** Somebody has so long for all questions together. */
  wholeMs: number;
  /** A question stands so long where nobody is there to answer it. */
  unansweredMs?: number;
}
/** The whole is longer than that in any case. */
export const limitsFor = (silenceMs: number, nobody = false): TrialLimits => ({
  silenceMs,
  wholeMs: Math.max(5 * 60_000, 2 * silenceMs),
  ...(nobody && { unansweredMs }),
});
/** At a console with nobody behind it, who would ask for a phone. */
const consoleSilenceMs = 20_000;
/** Enough for what any of these programs says when it fails. */
const keptText = 16_384;

const silentConsole = (seconds: number): Trouble => ({
  cause: `No prompt that is known came from the console within ${seconds} seconds.`,
  next: 'Is the machine on, the speed right, and does it wait for a choice? If the terminal shows a prompt of another kind, choose the right console type.',
});
class TrialEnded extends Error {}

/** One machine's turn. */
interface Visit {
  title?: string;
  place: Pick<Target, 'connection' | 'root'>;
  way?: Way;
  part: ProbePart | undefined;
  /** Where its stages begin among those of all. */
  from: number;
  stages: readonly Stage[];
}
function visitsOf(places: readonly TrialPlace[], parts: readonly ProbePart[], about: Parameters<typeof stagesOf>[1]): Visit[] {
  let from = 0;
  return places.map(({ title, way, ...place }, index) => {
    const stages = stagesOf(place, about).map((stage) => ({ ...stage, machine: title }));
    const visit = { title, place, ...(way && { way }), part: parts[index], from, stages };
    from += stages.length;
    return visit;
  });
}

const nameOf = ({ from }: Pick<Visit, 'from'>) => String(from);
const reachable = ({ place, way }: Visit, { session, sshConfig }: TrialOptions): Reachable => ({
  session,
  way: [way ?? wayTo(place, sshConfig)].filter((hop) => hop !== null),
  toRoot: wayToRoot(place),
});

export class Trial {
  readonly feed = new TerminalFeed<object>((paused) => (paused ? this.connection.pause() : this.connection.resume()));
  private readonly options: TrialOptions;
  private readonly limits: TrialLimits;
  private readonly connection: Connection;
  /** Of a console that has no shell. */
  private line: ConsoleSession | null = null;
  private gate: AnswerGate | null = null;
  private readonly called = new AbortController();
  private text = '';
  /** Of what is looked at. */
  private output: StepOutput | null = null;
  private silence: NodeJS.Timeout | undefined;
  private whole: NodeJS.Timeout | undefined;
  /** While a way is being gone that has a watch of its own, as all but a console's have. */
  private watched = false;
  private stop: (because: Error) => void = () => undefined;
  private now: TrialState;
  private readonly visits: readonly Visit[];
  private visit: Visit;

  constructor(options: TrialOptions) {
    const { trialId, target, look, places, rehearsal } = options;
    this.options = options;
    const about = { looks: look !== undefined, asksFacts: !rehearsal };
    const alone = { place: target, part: look?.parts[0], from: 0, stages: stagesOf(target, about) };
    this.visits = places ? visitsOf(places, look?.parts ?? [], about) : [alone];
    this.visit = this.visits[0] ?? alone;
    this.limits = options.limits ?? limitsFor(options.target.connection.kind === 'console' ? consoleSilenceMs : unwatchedSilenceMs);
    const machines = new Map(this.visits.map((visit) => [nameOf(visit), reachable(visit, options)]));
    this.connection = new Connection(machines, { cols: 100, rows: 24 }, { ...wayLimits, ...this.limits }, this.listener());
    this.now = {
      trialId,
      targetId: target.id,
      targetName: target.name,
      status: 'running',
      stages: this.visits.flatMap(({ stages }, index) => (index === 0 ? stages : stages.map((stage) => ({ ...stage, status: 'pending' as const })))),
      facts: null,
      probe: null,
    };
  }

  get state(): TrialState {
    return this.now;
  }

  /** Resolves when it has ended, however it went. */
  async run(): Promise<void> {
    const stopped = new Promise<never>((_, reject) => {
      this.stop = reject;
    });
    this.whole = setTimeout(
      () => this.fail({ stage: this.stage, cause: 'It took too long.', next: 'Test again, and answer what the terminal asks.' }),
      this.limits.wholeMs,
    );
    try {
      await Promise.race([this.goThere(), stopped]);
      this.become({ status: 'ok', stages: allThrough(this.now.stages) });
    } catch (thrown) {
      this.fail(this.troubleOf(thrown));
    } finally {
      clearTimeout(this.whole);
      clearTimeout(this.silence);
      this.feed.flush();
      this.called.abort();
      await this.line?.close();
      await this.connection.end();
      this.options.onEnd?.();
    }
  }

  cancel(): void {
    if (this.now.status !== 'running') return;
    this.become({ status: 'cancelled', stages: calledOff(this.now.stages) });
    this.stop(new TrialEnded());
  }

  type(data: string): void {
    this.feed.typed();
    if (this.line && this.gate) this.line.type(this.gate.pass(data));
    // What is looked at is nobody's to answer, and of a trial there is no record.
    else if (!this.output) this.connection.type(data);
    else if (data.includes('\x03')) this.connection.interrupt();
    this.watchSilence();
  }
  resize(cols: number, rows: number): void {
    this.connection.resize({ cols, rows });
  }

  private async goThere(): Promise<void> {
    const { target, look } = this.options;
    if (target.connection.kind === 'console' && target.connection.dialect !== 'login') return this.findPrompt(target.connection);
    const seen: { output: string; exitStatus: number }[] = [];
    for (const visit of this.visits) {
      this.begin(visit);
      if (await this.isAnswered(visit)) return;
      if (visit.part) seen.push(await this.look(visit.part));
    }
    if (look) this.become({ probe: look.judge(seen) });
  }

  private begin(visit: Visit): void {
    if (visit.title === undefined) return;
    this.feed.push(Buffer.from(`\r\n\x1b[1m── ${visit.title} ──\x1b[0m\r\n`));
    if (visit === this.visits[0]) return;
    this.visit = visit;
    const { from, stages } = visit;
    this.become({ stages: [...allThrough(this.now.stages.slice(0, from)), ...stages, ...this.now.stages.slice(from + stages.length)] });
  }

  /** Goes there, and to root; whether what the machine is answers all. */
  private async isAnswered({ place }: Visit): Promise<boolean> {
    const { rehearsal, onFacts } = this.options;
    await this.connection.ensure(this.machine, false);
    const answered = rehearsal ? null : await this.askFacts(this.connection.at(this.machine), onFacts);
    if (answered) {
      this.become({ probe: answered });
      return true;
    }
    if (place.root === 'none') return false;
    this.reach('root');
    await this.connection.ensure(this.machine, true);
    return false;
  }

  /** Resolves with what that says of the procedure already. */
  private async askFacts(session: Session, onFacts: (facts: TargetFacts) => void): Promise<ProbeResult | null> {
    this.reach('facts');
    this.watchSilence();
    const facts = await readFacts(session, this.visit.part?.tools);
    this.become({ facts });
    onFacts(facts);
    return this.visit.part?.without(facts) ?? null;
  }

  /** How long that takes is the target's business: only the whole trial has a limit, and somebody may call it off. */
  private async look({ script }: ProbePart): Promise<{ output: string; exitStatus: number }> {
    this.reach('probe');
    clearTimeout(this.silence);
    if (this.options.endless) clearTimeout(this.whole);
    const output = new StepOutput();
    this.output = output;
    // Never on another machine, or with other rights.
    const exitStatus = await this.connection.at(this.machine).run(script);
    this.output = null;
    return { output: output.text(), exitStatus };
  }

  /** Opens the line and presses Enter where it says nothing. */
  private async findPrompt({ way, dialect }: Extract<Target['connection'], { kind: 'console' }>): Promise<void> {
    this.watchSilence();
    const line = new ConsoleSession(await openWay(way), dialects[dialect]);
    this.line = line;
    const gate = new AnswerGate(asksAtConsole(line.dialect));
    this.gate = gate;
    line.onData((bytes) => gate.saw(bytes));
    if (this.now.status !== 'running') return;
    line.onData((bytes) => this.take(bytes));
    await line.waitForPrompt({ knock: true, silenceMs: Number.POSITIVE_INFINITY, asked: () => true, signal: this.called.signal });
  }

  private listener(): ConnectionListener {
    const nothing = () => undefined;
    return {
      ...{ onOpened: nothing, onSetOut: nothing, onLost: nothing, onLeft: nothing, onRootTrouble: nothing, onDeaf: nothing, onOpenLine: nothing },
      onReached: async () => undefined,
      onData: (bytes) => this.take(bytes),
      asked: () => isAsking(this.text),
      onWay: async (_session, { kind }) => {
        this.text = '';
        this.watched = kind !== 'console';
        this.watchSilence();
      },
      onWayEnd: () => {
        clearTimeout(this.silence);
        this.watched = false;
      },
      onHop: (_name, entered) => {
        if (this.stage === 'root' && entered && entered.uid !== 0)
          this.fail({ stage: 'root', cause: `That gives user ID ${entered.uid}, not root.`, next: 'Choose another way to become root on this target.' });
      },
    };
  }

  /** What it means here, and at which stage. */
  private troubleOf(thrown: unknown): Trouble & { stage: StageName } {
    const { stage } = this;
    if (thrown instanceof WayRefused || thrown instanceof WaySilent) {
      const changed = thrown instanceof WayRefused ? changedKey(thrown.said) : null;
      const { trouble } = thrown;
      if (changed) return changedKeyTrouble(changed, knownFingerprint(changed.file, changed.line));
      if (stage === 'root') return { ...trouble, stage };
      return this.visit.place.connection.kind === 'console' ? { ...trouble, stage: 'shell' } : trouble;
    }
    const { message, next } = toWireError(thrown);
    // Nothing was changed there: there is nothing to find out before the next try.
    return { stage, cause: message, next: thrown instanceof SessionLost ? 'Check that the machine is on and can be reached, then start this again.' : next };
  }

  private take(bytes: Buffer): void {
    this.options.onOutput?.(bytes);
    this.feed.push(bytes);
    this.output?.push(bytes);
    this.text = (this.text + bytes.toString('utf8')).slice(-keptText);
    if (this.stage === 'console') this.reach(this.ownStages[1]?.name ?? 'shell');
    const stage = this.ownStages.some(({ name, status }) => name === 'facts' && status === 'pending') ? reachedBy(this.text) : null;
    if (stage) this.reach(stage);
    this.watchSilence();
  }

  private watchSilence(): void {
    clearTimeout(this.silence);
    if (this.watched || this.now.status !== 'running' || this.stage === 'probe' || isAsking(this.text)) return;
    const seconds = Math.round(this.limits.silenceMs / 1000);
    this.silence = setTimeout(() => {
      const stage = this.stage;
      if (this.visit.place.connection.kind === 'console' && stage !== 'root' && stage !== 'facts') this.fail({ ...silentConsole(seconds), stage });
      else this.fail(stage === 'root' || stage === 'facts' ? { ...silentShell(seconds), stage } : silentShell(seconds));
    }, this.limits.silenceMs);
  }

  private get machine(): string {
    return nameOf(this.visit);
  }
  private get stage(): StageName {
    return this.now.stages.find(({ status }) => status === 'running')?.name ?? 'shell';
  }

  private reach(stage: StageName): void {
    const stages = this.withOwn(reached(this.ownStages, stage));
    if (JSON.stringify(stages) !== JSON.stringify(this.now.stages)) this.become({ stages });
  }

  private fail({ stage, cause, next }: Trouble & { stage: StageName }): void {
    if (this.now.status !== 'running') return;
    this.become({ status: 'failed', stages: this.failedStages(stage, { cause, next }) });
    this.stop(new TrialEnded());
  }

  private get ownStages(): Stage[] {
    const { from, stages } = this.visit;
    return this.now.stages.slice(from, from + stages.length);
  }
  private withOwn(own: readonly Stage[]): Stage[] {
    const { from } = this.visit;
    return [...this.now.stages.slice(0, from), ...own, ...this.now.stages.slice(from + own.length)];
  }
  private failedStages(stage: StageName, trouble: Trouble): Stage[] {
    return calledOff(this.withOwn(failedAt(this.ownStages, stage, trouble)));
  }

  private become(change: Partial<TrialState>): void {
    this.now = { ...this.now, ...change };
    this.options.onChange(this.now);
  }
}

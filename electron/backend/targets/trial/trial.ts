/**
 * One trial of a target: opens a session, goes the way there, asks what is there, and tries the way to root. Questions are
 * answered live in its terminal; what it shows is kept in memory only, and what is typed nowhere.
 */
import { toWireError } from '../../../../shared/api/error.ts';
import type { ProbeResult } from '../../../../shared/api/probe.ts';
import type { Connection, Stage, StageName, Target, TargetFacts, TrialState, Trouble } from '../../../../shared/api/target.ts';
import { enterWay, type Way } from '../../consoles/console-hop.ts';
import { asksAtConsole } from '../../consoles/console-questions.ts';
import { ConsoleSession } from '../../consoles/console-session.ts';
import { dialects, openWay } from '../../consoles/console-way.ts';
import type { ProbeLook, ProbePart } from '../../probes/probe-look.ts';
import { StepOutput } from '../../runs/step-output.ts';
import { AnswerGate } from '../../sessions/answer-gate.ts';
import { changedKey, changedKeyTrouble, type HopTrouble, rootTrouble, silentShell, sshTrouble } from '../../sessions/hops/hop-trouble.ts';
import { knownFingerprint } from '../../sessions/hops/known-key.ts';
import { unansweredMs, unwatchedSilenceMs, WayWatch, wayLimits } from '../../sessions/hops/way-watch.ts';
import { Session, type SessionOptions } from '../../sessions/session.ts';
import { SessionLost, sessionLost } from '../../sessions/session-lost.ts';
import { TerminalFeed } from '../../sessions/terminal-feed.ts';
import { wayTo, wayToRoot } from '../book/target-hops.ts';
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
const consoleTrouble: HopTrouble = {
  stage: 'shell',
  cause: 'The console connection has ended.',
  next: 'Read the last lines in the terminal; check whether another program uses the console.',
};

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

export class Trial {
  readonly feed = new TerminalFeed<object>((paused) => (paused ? this.session?.pause() : this.session?.resume()));
  private readonly options: TrialOptions;
  private readonly limits: TrialLimits;
  private session: Session | null = null;
  /** Of a console that has no shell. */
  private line: ConsoleSession | null = null;
  private gate: AnswerGate | null = null;
  private readonly called = new AbortController();
  private size = { cols: 100, rows: 24 };
  private text = '';
  /** Of what is looked at. */
  private output: StepOutput | null = null;
  private silence: NodeJS.Timeout | undefined;
  private whole: NodeJS.Timeout | undefined;
  /** While a way is being gone that is no console's. */
  private way: WayWatch | null = null;
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
      if (this.now.status === 'running') {
        const { message, next: usual } = toWireError(thrown);
        // Nothing was changed there: there is nothing to find out before the next try.
        const next = thrown instanceof SessionLost ? 'Check that the machine is on and can be reached, then start this again.' : usual;
        this.become({ status: 'failed', stages: this.failedStages(this.stage, { cause: message, next }) });
      }
    } finally {
      clearTimeout(this.whole);
      clearTimeout(this.silence);
      this.feed.flush();
      this.called.abort();
      this.way?.end();
      await this.line?.close();
      await this.session?.close();
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
    else if (!this.output) {
      if ((this.session?.type(data) ?? '') !== '') this.way?.typed();
    } else if (data.includes('\x03')) this.session?.interrupt();
    this.watchSilence();
  }
  resize(cols: number, rows: number): void {
    this.size = { cols, rows };
    this.session?.resize(cols, rows);
  }

  private async goThere(): Promise<void> {
    const { target, look } = this.options;
    if (target.connection.kind === 'console' && target.connection.dialect !== 'login') return this.findPrompt(target.connection);
    const { session } = await Session.open(await this.options.session(this.size));
    this.session = session;
    if (this.now.status !== 'running') return void (await session.close());
    session.onData((bytes) => this.take(bytes));
    const seen: { output: string; exitStatus: number }[] = [];
    for (const visit of this.visits) {
      this.begin(visit);
      const hops = await this.goTo(session, visit);
      if (hops === null) return;
      if (visit.part) seen.push(await this.look(session, visit.part, hops));
      if (visit !== this.visits.at(-1)) for (let left = hops; left > 0; left--) await session.leaveHop();
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

  /** Resolves with how many hops that were; null where what the machine is answers all. */
  private async goTo(session: Session, { place, way: own }: Visit): Promise<number | null> {
    const { rehearsal, sshConfig, onFacts } = this.options;
    const way = own ?? wayTo(place, sshConfig);
    if (way) await this.enter(session, way, way.kind === 'console' ? () => consoleTrouble : sshTrouble);
    const answered = rehearsal ? null : await this.askFacts(session, onFacts);
    if (answered) {
      this.become({ probe: answered });
      return null;
    }
    // Who is root already looks as root; a test of a target tries the way there in any case.
    const isRoot = this.visit.part !== undefined && !rehearsal && this.now.facts?.uid === 0;
    const root = isRoot ? null : wayToRoot(place);
    if (root) await this.becomeRoot(session, root);
    return (way ? 1 : 0) + (root ? 1 : 0);
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

  private async becomeRoot(session: Session, root: Way): Promise<void> {
    this.reach('root');
    const { uid } = await this.enter(session, root, rootTrouble);
    if (uid !== 0) this.fail({ stage: 'root', cause: `That gives user ID ${uid}, not root.`, next: 'Choose another way to become root on this target.' });
  }

  /** How long that takes is the target's business: only the whole trial has a limit, and somebody may call it off. */
  private async look(session: Session, { script }: ProbePart, hops: number): Promise<{ output: string; exitStatus: number }> {
    this.reach('probe');
    // Else another machine would be looked at, or with other rights.
    if (session.hops !== hops) throw sessionLost('the path to the target is no longer complete');
    clearTimeout(this.silence);
    if (this.options.endless) clearTimeout(this.whole);
    const output = new StepOutput();
    this.output = output;
    const exitStatus = await session.run(script);
    this.output = null;
    return { output: output.text(), exitStatus };
  }

  /** Opens the line and presses Enter where it says nothing. */
  private async findPrompt({ way, dialect }: Extract<Connection, { kind: 'console' }>): Promise<void> {
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

  private async enter(session: Session, hop: Way, explain: (output: string, status: number) => HopTrouble): Promise<{ uid: number }> {
    this.text = '';
    const result = await this.goThrough(session, hop);
    if ('entered' in result) return result.entered;
    const changed = changedKey(this.text);
    this.fail(changed ? changedKeyTrouble(changed, knownFingerprint(changed.file, changed.line)) : explain(this.text, result.status));
    throw new TrialEnded();
  }

  private async goThrough(session: Session, hop: Way): ReturnType<typeof enterWay> {
    clearTimeout(this.silence);
    if (hop.kind !== 'console')
      this.way = new WayWatch(
        { ...wayLimits, ...this.limits },
        {
          onQuestion: () => session.takeAsQuestion(),
          onOver: (trouble) => this.fail(this.stage === 'root' ? { ...trouble, stage: 'root' } : trouble),
        },
      );
    this.watchSilence();
    try {
      return await enterWay(session, hop, { signal: this.called.signal, asked: () => isAsking(this.text) });
    } finally {
      clearTimeout(this.silence);
      this.way?.end();
      this.way = null;
    }
  }

  private take(bytes: Buffer): void {
    this.options.onOutput?.(bytes);
    this.feed.push(bytes);
    this.way?.saw(bytes);
    this.output?.push(bytes);
    this.text = (this.text + bytes.toString('utf8')).slice(-keptText);
    if (this.stage === 'console') this.reach(this.ownStages[1]?.name ?? 'shell');
    const stage = this.ownStages.some(({ name, status }) => name === 'facts' && status === 'pending') ? reachedBy(this.text) : null;
    if (stage) this.reach(stage);
    this.watchSilence();
  }

  private watchSilence(): void {
    clearTimeout(this.silence);
    if (this.way || this.now.status !== 'running' || this.stage === 'probe' || isAsking(this.text)) return;
    const seconds = Math.round(this.limits.silenceMs / 1000);
    this.silence = setTimeout(() => {
      const stage = this.stage;
      if (this.visit.place.connection.kind === 'console' && stage !== 'root' && stage !== 'facts') this.fail({ ...silentConsole(seconds), stage });
      else this.fail(stage === 'root' || stage === 'facts' ? { ...silentShell(seconds), stage } : silentShell(seconds));
    }, this.limits.silenceMs);
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

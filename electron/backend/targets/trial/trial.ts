/**
 * One trial of a target: opens a session, goes the way there, asks what is there, and tries the way to root. Questions are
 * answered live in its terminal; what it shows is kept in memory only, and what is typed nowhere.
 */
import { toWireError } from '../../../../shared/api/error.ts';
import type { StageName, Target, TargetFacts, TrialState, Trouble } from '../../../../shared/api/target.ts';
import { renderScript } from '../../../../shared/topic-kit/index.ts';
import { type Hop, hopName, hopScript } from '../../sessions/hops/hop.ts';
import { changedKey, changedKeyTrouble, type HopTrouble, rootTrouble, silentShell, sshTrouble } from '../../sessions/hops/hop-trouble.ts';
import { knownFingerprint } from '../../sessions/hops/known-key.ts';
import { Session, type SessionOptions } from '../../sessions/session.ts';
import { TerminalFeed } from '../../sessions/terminal-feed.ts';
import { wayTo, wayToRoot } from '../book/target-hops.ts';
import { readFacts } from '../facts/read-facts.ts';
import { allThrough, calledOff, failedAt, isAsking, reached, reachedBy, stagesOf } from './stages.ts';

export interface TrialOptions {
  trialId: string;
  target: Target;
  session(size: { cols: number; rows: number }): SessionOptions;
  /** Another ssh configuration than the client's own. */
  sshConfig?: string | undefined;
  limits?: TrialLimits;
  onChange(state: TrialState): void;
  onFacts(facts: TargetFacts): void;
}
export interface TrialLimits {
  /** Without a word and without a question for so long, nothing will come any more. Longer than ssh waits for a connection. */
  silenceMs: number;
  /** Somebody has so long for all questions together. */
  wholeMs: number;
}
const usualLimits: TrialLimits = { silenceMs: 20_000, wholeMs: 5 * 60_000 };
/** Enough for what any of these programs says when it fails. */
const keptText = 16_384;

class TrialEnded extends Error {}

export class Trial {
  readonly feed = new TerminalFeed<object>((paused) => (paused ? this.session?.pause() : this.session?.resume()));
  private readonly options: TrialOptions;
  private readonly limits: TrialLimits;
  private session: Session | null = null;
  private size = { cols: 100, rows: 24 };
  private text = '';
  private silence: NodeJS.Timeout | undefined;
  private stop: (because: Error) => void = () => undefined;
  private now: TrialState;

  constructor(options: TrialOptions) {
    const { trialId, target } = options;
    this.options = options;
    this.limits = options.limits ?? usualLimits;
    this.now = { trialId, targetId: target.id, targetName: target.name, status: 'running', stages: stagesOf(target), facts: null };
  }

  get state(): TrialState {
    return this.now;
  }

  /** Resolves when it has ended, however it went. */
  async run(): Promise<void> {
    const stopped = new Promise<never>((_, reject) => {
      this.stop = reject;
    });
    const whole = setTimeout(
      () => this.fail({ stage: this.stage, cause: 'It took too long.', next: 'Test again, and answer what the terminal asks.' }),
      this.limits.wholeMs,
    );
    try {
      await Promise.race([this.goThere(), stopped]);
      this.become({ status: 'ok', stages: allThrough(this.now.stages) });
    } catch (thrown) {
      if (this.now.status === 'running') {
        const { message, next } = toWireError(thrown);
        this.become({ status: 'failed', stages: failedAt(this.now.stages, this.stage, { cause: message, next }) });
      }
    } finally {
      clearTimeout(whole);
      clearTimeout(this.silence);
      this.feed.flush();
      await this.session?.close();
    }
  }

  cancel(): void {
    if (this.now.status !== 'running') return;
    this.become({ status: 'cancelled', stages: calledOff(this.now.stages) });
    this.stop(new TrialEnded());
  }

  type(data: string): void {
    this.feed.typed();
    this.session?.type(data);
    this.watchSilence();
  }
  resize(cols: number, rows: number): void {
    this.size = { cols, rows };
    this.session?.resize(cols, rows);
  }

  private async goThere(): Promise<void> {
    const { target, sshConfig, onFacts } = this.options;
    const { session } = await Session.open(this.options.session(this.size));
    this.session = session;
    if (this.now.status !== 'running') return void (await session.close());
    session.onData((bytes) => this.take(bytes));
    const way = wayTo(target, sshConfig);
    if (way) await this.enter(session, way, sshTrouble);
    this.reach('facts');
    this.watchSilence();
    const facts = await readFacts(session);
    this.become({ facts });
    onFacts(facts);
    const root = wayToRoot(target);
    if (!root) return;
    this.reach('root');
    const { uid } = await this.enter(session, root, rootTrouble);
    if (uid !== 0)
      this.fail({ stage: 'root', cause: `That way leads to user number ${uid}, not to root.`, next: 'Choose another way to root for this target.' });
  }

  private async enter(session: Session, hop: Hop, explain: (output: string, status: number) => HopTrouble): Promise<{ uid: number }> {
    this.text = '';
    this.watchSilence();
    const result = await session.enter(hopName(hop), (command) => renderScript(hopScript(hop, command), (file) => file));
    clearTimeout(this.silence);
    if ('entered' in result) return result.entered;
    const changed = changedKey(this.text);
    this.fail(changed ? changedKeyTrouble(changed, knownFingerprint(changed.file, changed.line)) : explain(this.text, result.status));
    throw new TrialEnded();
  }

  private take(bytes: Buffer): void {
    this.feed.push(bytes);
    this.text = (this.text + bytes.toString('utf8')).slice(-keptText);
    const stage = this.now.stages.some(({ name, status }) => name === 'facts' && status === 'pending') ? reachedBy(this.text) : null;
    if (stage) this.reach(stage);
    this.watchSilence();
  }

  private watchSilence(): void {
    clearTimeout(this.silence);
    if (this.now.status !== 'running' || isAsking(this.text)) return;
    const seconds = Math.round(this.limits.silenceMs / 1000);
    this.silence = setTimeout(() => {
      const stage = this.stage;
      this.fail(stage === 'root' || stage === 'facts' ? { ...silentShell(seconds), stage } : silentShell(seconds));
    }, this.limits.silenceMs);
  }

  private get stage(): StageName {
    return this.now.stages.find(({ status }) => status === 'running')?.name ?? 'shell';
  }

  private reach(stage: StageName): void {
    const stages = reached(this.now.stages, stage);
    if (JSON.stringify(stages) !== JSON.stringify(this.now.stages)) this.become({ stages });
  }

  private fail({ stage, cause, next }: Trouble & { stage: StageName }): void {
    if (this.now.status !== 'running') return;
    this.become({ status: 'failed', stages: failedAt(this.now.stages, stage, { cause, next }) });
    this.stop(new TrialEnded());
  }

  private become(change: Partial<TrialState>): void {
    this.now = { ...this.now, ...change };
    this.options.onChange(this.now);
  }
}

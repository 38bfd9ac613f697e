/** A log of a target, followed in a session of its own: what it shows goes through the symptom search. The pages hear each symptom once. */
import { randomBytes } from 'node:crypto';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import type { SeenSymptom, WatchedLog, WatchState } from '../../../shared/api/watch.ts';
import type { ProbeLook } from '../probes/probe-look.ts';
import { type CannotFollow, cannotFollow, cannotFollowWords, followScript, followWords } from '../symptoms/follow-log.ts';
import { SymptomWatch } from '../symptoms/symptom-watch.ts';
import { catalogue } from '../topics/topic-registry.ts';

/** What journalctl says to somebody who sees only what is his own. */
const seesLittle = /You are currently not seeing messages from other users|not seeing messages from the system/;
/** So much of what comes before the mark is kept, in characters. */
const keptText = 8192;

export class LogWatch {
  private readonly log: WatchedLog;
  private readonly mark = randomBytes(8).toString('hex');
  private readonly symptoms = new SymptomWatch();
  /** Before it follows: what came so far. Null since then. */
  private before: string | null = '';
  private late = '';
  private since = new Date().toISOString();
  private readonly seen: SeenSymptom[] = [];
  private blind = '';

  constructor(log: WatchedLog) {
    this.log = log;
  }

  /** Ends only with the session, or where the log can't be followed. */
  look(needsRoot: boolean): ProbeLook {
    return {
      parts: [{ script: followScript(this.log, this.mark), needsRoot, tools: [], without: () => null }],
      judge: ([seen]) => {
        throw this.whyEnded(seen?.output ?? '');
      },
    };
  }

  /** What the session shows. True where the state is another one now. */
  take(bytes: Buffer): boolean {
    if (this.before === null) return this.follow(bytes);
    const text = this.before + bytes.toString('latin1');
    const begins = `${this.mark} begins`;
    const at = text.indexOf(begins);
    if (at < 0) {
      this.before = text.slice(-keptText);
      return false;
    }
    this.before = null;
    this.since = new Date().toISOString();
    this.follow(Buffer.from(text.slice(at + begins.length), 'latin1'));
    return true;
  }

  state({ trialId, targetName, status, stages }: TrialState, target: WatchState['target']): WatchState {
    return {
      watchId: trialId,
      target,
      targetName,
      log: this.log,
      status: status === 'running' ? (this.before === null ? 'watching' : 'starting') : status === 'cancelled' ? 'stopped' : 'ended',
      trouble: stages.find(({ trouble }) => trouble)?.trouble ?? null,
      since: this.since,
      seen: [...this.seen],
      blind: this.blind,
    };
  }

  private follow(bytes: Buffer): boolean {
    const at = new Date().toISOString();
    const fresh = this.symptoms.push(bytes).map(({ topicId, because, captured, line }) => {
      const title = catalogue.find(({ id }) => id === topicId)?.title ?? topicId;
      return { topicId, title, because, captured, line: line.slice(0, 1000), at };
    });
    this.seen.unshift(...fresh);
    const wasBlind = this.blind;
    if (this.log.kind === 'unit' && this.blind === '') {
      this.late = (this.late + bytes.toString('latin1')).slice(-keptText);
      if (seesLittle.test(this.late)) this.blind = 'This user sees only a part of the journal. Watch it as root, or as a user of the group systemd-journal.';
    }
    return fresh.length > 0 || this.blind !== wasBlind;
  }

  private whyEnded(output: string): WrenchbookError {
    const [, word = ''] = new RegExp(`${this.mark} (\\S+)`).exec(output) ?? [];
    if (cannotFollow.some((each) => each === word)) {
      const { cause, next } = cannotFollowWords(this.log)[word as CannotFollow];
      return new WrenchbookError('file', cause, next);
    }
    const last = output.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
    const [tool] = followWords(this.log);
    return new WrenchbookError('file', `${tool} ended: ${last || 'it said nothing'}`, 'Check the log, then watch it again.');
  }
}

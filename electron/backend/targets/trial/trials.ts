/** The trials of this process. One that has ended stays readable until its target is tried again or the caller is gone. */
import { randomBytes } from 'node:crypto';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { TrialState } from '../../../../shared/api/target.ts';
import type { Silence } from '../../sessions/hops/way-watch.ts';
import { limitsFor, Trial, type TrialOptions } from './trial.ts';

/** Each has a shell, and mostly an ssh, of its own. */
export const mostTrials = 16;

export class Trials {
  private readonly silence: Silence;
  private readonly trials = new Map<string, { trial: Trial; ended: Promise<void> }>();

  /** `silence`: as the backend was given it. */
  constructor(silence: Silence = {}) {
    this.silence = silence;
  }

  /** Throws `wrong-state` where too many are running, without the one of this target that a new one takes the place of. */
  checkRoom(targetId: string): void {
    const underWay = [...this.trials.values()].filter(({ trial: { state } }) => state.status === 'running' && state.targetId !== targetId).length;
    if (underWay >= mostTrials)
      throw new WrenchbookError('wrong-state', `${underWay} targets are already being tested or checked.`, 'Wait until one has finished, or cancel it.');
  }

  /** A trial of the same target that is running is called off. Throws `wrong-state` where too many are. */
  start(options: Omit<TrialOptions, 'trialId'>): TrialState {
    this.checkRoom(options.target.id);
    for (const [id, { trial }] of this.trials) {
      if (trial.state.targetId !== options.target.id) continue;
      trial.cancel();
      trial.feed.close();
      this.trials.delete(id);
    }
    const trial = new Trial({
      ...(this.silence.ms !== undefined && { limits: limitsFor(this.silence.ms, this.silence.nobody) }),
      ...options,
      trialId: randomBytes(8).toString('hex'),
    });
    this.trials.set(trial.state.trialId, { trial, ended: trial.run() });
    return trial.state;
  }

  /** Throws `not-found`. */
  get(trialId: string): Trial {
    const found = this.trials.get(trialId)?.trial;
    if (!found) throw new WrenchbookError('not-found', 'This test is over and was removed.', 'Test the target again.');
    return found;
  }
  find(trialId: string): Trial | undefined {
    return this.trials.get(trialId)?.trial;
  }

  forgetViewer(viewer: object): void {
    for (const { trial } of this.trials.values()) trial.feed.detach(viewer);
  }

  /** Calls off what is running; resolves when all sessions have ended. */
  async close(): Promise<void> {
    for (const { trial } of this.trials.values()) trial.cancel();
    await Promise.all([...this.trials.values()].map(({ ended }) => ended));
    for (const { trial } of this.trials.values()) trial.feed.close();
  }
}

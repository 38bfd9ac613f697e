/** The target that a run has reached: what it says of itself, asked once while the run is open, and whether the procedure is for it. */
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { RunMachine } from '../../../shared/api/machine.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import { type Topic, whyNotOn } from '../../../shared/topic-kit/index.ts';
import type { Session } from '../sessions/session.ts';
import { readFacts } from './facts/read-facts.ts';
import { asOn, machineOf } from './run-machines.ts';
import type { RunTarget } from './run-target.ts';

export class ReachedTarget {
  private readonly topic: Pick<Topic, 'title' | 'systems'>;
  private readonly label: string;
  private readonly log: (line: string) => void;
  private facts: TargetFacts | null = null;

  constructor(topic: Pick<Topic, 'title' | 'systems'>, label: string, log: (line: string) => void) {
    this.topic = topic;
    this.label = label;
    this.log = log;
  }

  /** `note` is given them when they were read now. Throws `does-not-apply` where the procedure is not for such a system. */
  async check(session: Session, note: (facts: TargetFacts) => void): Promise<void> {
    const { title, systems = {} } = this.topic;
    if (!this.facts) {
      this.facts = await this.ask(
        session,
        (systems.tools ?? []).map(({ name }) => name),
      );
      if (this.facts) note(this.facts);
    }
    const because = this.facts && whyNotOn(systems, this.facts);
    if (because)
      throw new WrenchbookError('does-not-apply', `"${title}" is not for ${this.label}. ${because.message}`, `Nothing was run there. ${because.next}`);
  }

  /** A machine that can't say what it is may still be a right one. */
  private async ask(session: Session, tools: readonly string[]): Promise<TargetFacts | null> {
    try {
      return await readFacts(session, tools);
    } catch (thrown) {
      if (!session.open) throw thrown;
      this.log(`facts of ${this.label}: ${toWireError(thrown).message}`);
      return null;
    }
  }
}

/** By machine. Of a lab there is nothing to learn, and a console that is typed at tells nothing. */
export function reachedTargets(
  topic: Topic,
  created: { targetLabel: string; machines?: readonly RunMachine[] | undefined },
  targets: ReadonlyMap<string, RunTarget>,
  log: (line: string) => void,
): ReadonlyMap<string, ReachedTarget> {
  return new Map(
    [...targets].flatMap(([id, { lab, console, byHand }]) => {
      if (lab || console || byHand) return [];
      const about = created.machines ? asOn(topic, machineOf(topic, id)) : topic;
      const label = created.machines?.find((machine) => machine.id === id)?.label ?? created.targetLabel;
      return [[id, new ReachedTarget(about, label, log)]];
    }),
  );
}

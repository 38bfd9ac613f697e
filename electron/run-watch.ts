/** What main knows of the runs: what to tell when nobody looks at the window, and what to ask before it is closed. Pure but for its memory. */
import { attentionOf, mostUrgent } from '../shared/api/attention.ts';
import type { FleetNews } from '../shared/api/fleet.ts';
import { isUnderWay, type RunState } from '../shared/api/run.ts';
import { type RunNews, withNews } from '../shared/api/run-news.ts';

export interface Notice {
  runId: string;
  title: string;
  body: string;
}

/** A step that took so long is worth a word when it ends, in ms. */
const LONG_STEP_MS = 20_000;

export class RunWatch {
  private readonly states = new Map<string, RunState>();
  /** Fleet runs whose Ansible ends with the app. */
  private readonly fleets = new Map<string, FleetNews>();

  /** What to tell of this change; null where it is nothing. `now`: ms since 1970. */
  take(news: RunNews, now: number): Notice | null {
    const before = this.states.get(news.runId);
    const state = withNews(before, news);
    if (!state) return null;
    this.states.set(state.runId, state);
    const about = (title: string, body: string): Notice => ({ runId: state.runId, title, body: `${state.topicTitle} (${state.targetLabel}): ${body}` });
    if (state.prompt && state.prompt.id !== before?.prompt?.id) return about('A question waits for you', state.prompt.question);
    if (!before || !isUnderWay(before.status) || isUnderWay(state.status)) return null;
    const ran = before.steps.find(({ id }) => id === before.current);
    const step = before.plan.find(({ id }) => id === before.current);
    if (!ran?.startedAt || !step || now - Date.parse(ran.startedAt) < LONG_STEP_MS) return null;
    const wrong = state.status === 'failed' || state.status === 'dead-end' || state.status === 'interrupted';
    return about(`Step ${step.number} ${wrong ? 'needs you' : 'has ended'}`, state.says);
  }

  takeFleet(news: FleetNews): void {
    if (news.live === 'here') this.fleets.set(news.runId, news);
    else this.fleets.delete(news.runId);
  }

  /** They ended with the backend that ran them. */
  forget(): void {
    this.states.clear();
    this.fleets.clear();
  }

  /** Why the app should not be closed now; null where nothing speaks against it. */
  closingQuestion(): { message: string; detail: string } | null {
    const [fleet] = this.fleets.values();
    if (fleet)
      return {
        message: `Ansible is running on ${fleet.hosts} hosts.`,
        detail: `${fleet.title}: ${fleet.says} Closing Wrenchbook stops it. The fleet run can be continued after the next start.`,
      };
    const [first] = mostUrgent([...this.states.values()].flatMap((state) => attentionOf(state) ?? []));
    if (!first) return null;
    const where = `${first.title} (${first.target})`;
    const hold = first.hold === null ? '' : `${first.hold} `;
    if (first.step)
      return {
        message: `Step ${first.step.number}, "${first.step.title}", is running.`,
        detail: `${where}. ${hold}Closing Wrenchbook cuts the step off: whether it had its effect is not known then.`,
      };
    return { message: first.hold ?? '', detail: `${where}. The run can be continued after the next start. Nothing on the machine changes until then.` };
  }
}

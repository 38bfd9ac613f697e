/** What main tells of watched logs when nobody looks at the window: each known symptom once, and a watch that has ended by itself. Pure but for its memory. */
import { type WatchState, watchedText } from '../shared/api/watch.ts';
import type { Shown } from './notices.ts';

export class LogNotices {
  private readonly states = new Map<string, WatchState>();

  /** Null where this change is nothing to tell. */
  take(state: WatchState): Shown | null {
    const before = this.states.get(state.watchId);
    this.states.set(state.watchId, state);
    const { target, targetName, log, seen, status, trouble } = state;
    const hash = `#/watch/${encodeURIComponent(target.kind === 'book' ? `book:${target.id}` : target.kind)}`;
    const where = `${watchedText(log)} of ${targetName}`;
    const fresh = seen.find(({ topicId }) => !before?.seen.some((each) => each.topicId === topicId));
    if (fresh) return { hash, title: `Known symptom: ${fresh.title}`, body: `${where}: ${fresh.because}` };
    if (status === 'ended' && before?.status === 'watching') return { hash, title: 'A log is no longer watched', body: `${where}: ${trouble?.cause ?? ''}` };
    return null;
  }

  /** They ended with the backend that watched. */
  forget(): void {
    this.states.clear();
  }
}

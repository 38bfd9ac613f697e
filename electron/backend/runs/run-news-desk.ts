/** What is told of runs when they change. */
import { createHash } from 'node:crypto';
import type { RunState } from '../../../shared/api/run.ts';
import type { RunNews } from '../../../shared/api/run-news.ts';

/** Remembers what was told of each run. One for all listeners: whoever comes later fetches the run first, and so has what was told before. */
export class RunNewsDesk {
  private readonly told = new Map<string, string>();

  newsOf({ plan, parameters, ...news }: RunState): RunNews {
    const before = this.told.get(news.runId);
    const now = createHash('sha256').update(JSON.stringify(plan)).digest('base64');
    this.told.set(news.runId, now);
    if (before === undefined) return { ...news, plan, parameters };
    return now === before ? news : { ...news, plan };
  }
}

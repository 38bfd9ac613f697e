/** News of a run: its state, without what has not changed since it was told last. */
import type { z } from 'zod';
import { type RunState, runState } from './run.ts';

/** The first news of a run that a backend tells has everything; later ones have the plan only where it reads otherwise now, and never the parameters. */
export const runNews = runState.partial({ plan: true, parameters: true });
export type RunNews = z.infer<typeof runNews>;

/** The whole state, from what was known of the run before; null where that is needed and missing: then the run has to be fetched. */
export function withNews(before: RunState | undefined, news: RunNews): RunState | null {
  const plan = news.plan ?? before?.plan;
  const parameters = news.parameters ?? before?.parameters;
  return plan && parameters ? { ...news, plan, parameters } : null;
}

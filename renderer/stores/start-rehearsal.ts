import { api } from '../window-api.ts';
import { reportError } from './report-error.ts';
import { go } from './route.ts';
import { takeRunState } from './run-states.ts';

/** Opens a rehearsal at its first step, with the lab's values. `failure`: what it plays; null: it goes well. Says itself what went wrong. */
export async function startRehearsal(topicId: string, failure: string | null): Promise<void> {
  try {
    const run = await api.runs.start({ topicId, target: { kind: 'lab', ...(failure !== null && { failure }) }, parameters: {} });
    takeRunState(run);
    go({ page: 'run', runId: run.runId, view: 'step' });
  } catch (thrown) {
    reportError(thrown);
  }
}

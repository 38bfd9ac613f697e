/** The calls about storage: long ones tell how far they are and can be called off; the saved rule is applied by itself. */
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { EventPayload } from '../../../shared/api.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { ExportJobs } from '../transcripts/export-jobs.ts';
import type { Retention } from './retention.ts';

interface Surroundings {
  tell(progress: EventPayload<'storage.progress'>): void;
  cleanAfterMs?: number | undefined;
  renewLedger: Handlers<StorageMethod>['storage.renewLedger'];
  log(line: string): void;
}
type StorageMethod = Extract<BackendMethod, `storage.${string}`>;

const calledOff = () => new WrenchbookError('cancelled', 'That was cancelled.', 'Nothing was left half done; start it again when you want.');

export function retentionHandlers(
  retention: Retention,
  { tell, cleanAfterMs, renewLedger, log }: Surroundings,
): { handlers: Handlers<StorageMethod>; close(): Promise<void> } {
  const jobs = new ExportJobs(({ exportId, done, total }) => tell({ jobId: exportId, done, total }), calledOff);
  const timer = cleanAfterMs === undefined ? undefined : setTimeout(() => void cleanByItself(), cleanAfterMs);
  timer?.unref();

  async function cleanByItself(): Promise<void> {
    try {
      const result = await jobs.run(undefined, ({ signal }) => retention.cleanByItself(signal ?? new AbortController().signal));
      if (!result) return;
      log(`storage: ${result.done.length} runs archived or deleted by rule, ${result.freed} bytes freed`);
      for (const { runId, why } of result.skipped) log(`storage: ${runId} was left alone: ${why}`);
    } catch (thrown) {
      log(`storage: the rule was not applied: ${toWireError(thrown).message}`);
    }
  }

  return {
    handlers: {
      'storage.usage': ({ jobId }) => jobs.run(jobId, (watch) => retention.usage(watch)),
      'storage.runs': ({ runIds }) => retention.runs(runIds),
      'storage.rule': () => retention.rule(),
      'storage.setRule': (rule) => {
        retention.setRule(rule);
        return retention.rule();
      },
      'storage.keep': ({ runId, kept }) => {
        retention.keep(runId, kept);
        return {};
      },
      'storage.plan': ({ rule, choice, jobId }) => jobs.run(jobId, (watch) => retention.plan({ rule, choice }, watch)),
      'storage.clean': ({ planId, confirmation, jobId }) => jobs.run(jobId, (watch) => retention.clean(planId, confirmation, watch)),
      'storage.restore': async ({ runId, jobId }) => {
        await jobs.run(jobId, (watch) => retention.restore(runId, watch));
        return {};
      },
      'storage.renewLedger': renewLedger,
      'storage.log': () => retention.log(),
      'storage.cancel': ({ jobId }) => {
        jobs.cancel(jobId);
        return {};
      },
    },
    async close() {
      clearTimeout(timer);
      await jobs.close();
      retention.close();
    },
  };
}

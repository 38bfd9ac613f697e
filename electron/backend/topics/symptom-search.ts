/**
 * Which topics' symptoms a pasted text shows, looked for in a thread of its own and within a limit: a backend also serves
 * terminals, and a pattern that takes long on some text must not keep them waiting.
 */
import { Worker } from 'node:worker_threads';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { MethodOutput } from '../../../shared/api.ts';
import { searchTopics } from './topic-registry.ts';

type Found = MethodOutput<'topics.search'>;

interface SymptomSearchOptions {
  /** Script of the thread, absolute; without one the work is done in this thread. */
  symptomWorker?: string | undefined;
  /** How long one search may take; generous, as a busy machine is no fault of the text. */
  limitMs?: number;
  log(line: string): void;
}

const tooLong = (limitMs: number) =>
  new WrenchbookError(
    'cancelled',
    `The search for the pasted text was ended after ${limitMs / 1000} seconds.`,
    'Nothing else was affected. Paste only the few lines that show the problem.',
  );

/** Starts its thread with the first search, and a new one after a search that had to be ended. */
export class SymptomSearch {
  private readonly options: SymptomSearchOptions;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: SymptomSearchOptions) {
    this.options = options;
  }

  /** One after the other. Throws `cancelled` when the limit is reached. */
  find(text: string): Promise<Found> {
    const found = this.last.then(() => this.ask(text));
    this.last = found.catch(() => undefined);
    return found;
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }

  private ask(text: string): Promise<Found> {
    const { symptomWorker, limitMs = 10_000, log } = this.options;
    if (!symptomWorker) return Promise.resolve(searchTopics(text));
    this.worker ??= new Worker(symptomWorker, { name: 'symptoms' });
    const { worker } = this;
    return new Promise<Found>((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(late);
        worker.removeAllListeners();
        outcome();
      };
      const end = () => {
        this.worker = null;
        void worker.terminate();
      };
      const late = setTimeout(() => {
        end();
        settle(() => reject(tooLong(limitMs)));
      }, limitMs);
      worker.once('message', (found: Found) => settle(() => resolve(found)));
      worker.once('error', (error) => {
        log(`the symptoms' thread failed: ${error.stack ?? error.message}`);
        end();
        settle(() => resolve(searchTopics(text)));
      });
      worker.once('exit', () => {
        this.worker = null;
        settle(() => reject(new WrenchbookError('cancelled', 'The search was cancelled.', 'Nothing was changed.')));
      });
      worker.postMessage(text);
    });
  }
}

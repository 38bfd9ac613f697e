/**
 * The backend's way to the history. A backend also serves terminals, so reading and searching go on in a thread of their
 * own; where there is none (tests), or it can't be started, in this one.
 */
import { Worker } from 'node:worker_threads';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { RunFilters, RunSearch, SearchResult } from '../../../shared/api/history.ts';
import { isUnderWay, type RunState, type RunSummary } from '../../../shared/api/run.ts';
import { answer, type HistoryAnswer, type HistoryQuestion, type HistoryReply } from './history-questions.ts';
import type { RunHistory } from './run-history.ts';

export interface HistoryOptions {
  dataFolder: string;
  /** Script of the thread, absolute. */
  historyWorker?: string | undefined;
  log(line: string): void;
  /** Runs open in this process, as they are now. */
  openRuns(): readonly RunSummary[];
}
interface Pending {
  question: HistoryQuestion;
  resolve(answer: HistoryAnswer): void;
  reject(thrown: unknown): void;
}

/** Starts with the first question. */
export class History {
  private readonly options: HistoryOptions;
  private readonly pending = new Map<number, Pending>();
  private worker: Worker | null = null;
  private here: Promise<RunHistory> | null = null;
  private asked = 0;

  constructor(options: HistoryOptions) {
    this.options = options;
  }

  async search(search: RunSearch): Promise<SearchResult> {
    const result = (await this.ask({ kind: 'search', search, live: this.live() })) as SearchResult;
    return { ...result, hits: result.hits.map((hit) => ({ ...hit, run: this.current(hit.run) })) };
  }

  async filters(): Promise<RunFilters> {
    return (await this.ask({ kind: 'filters', live: this.live() })) as RunFilters;
  }

  /** Newest first. */
  async list(): Promise<RunSummary[]> {
    return ((await this.ask({ kind: 'list' })) as RunSummary[]).map((summary) => this.current(summary));
  }

  /** Called with every change. What a run running does is read when it pauses, as it may write gigabytes. */
  note({ runId, status }: Pick<RunState, 'runId' | 'status'>): void {
    if (isUnderWay(status)) return;
    if (this.worker) void this.ask({ kind: 'note', runId }).catch(() => undefined);
    else void this.here?.then((history) => history.note(runId));
  }

  async close(): Promise<void> {
    const { worker, here } = this;
    if (worker) {
      await this.ask({ kind: 'close' }).catch((thrown: unknown) => this.options.log(toWireError(thrown).message));
      this.worker = null;
      await worker.terminate();
    }
    this.here = null;
    await (await here)?.close();
  }

  private ask(question: HistoryQuestion): Promise<HistoryAnswer> {
    const { historyWorker } = this.options;
    if (!this.worker && !this.here && historyWorker) this.worker = this.start(historyWorker);
    return new Promise((resolve, reject) => {
      if (!this.worker) return this.askHere({ question, resolve, reject });
      const id = this.asked++;
      this.pending.set(id, { question, resolve, reject });
      this.worker.postMessage({ id, question });
    });
  }

  private askHere({ question, resolve, reject }: Pending): void {
    // Loaded when it is needed: SQLite in this thread takes time and memory that a backend has better uses for.
    this.here ??= import('./run-history.ts').then(({ RunHistory }) => new RunHistory(this.options.dataFolder, this.options.log));
    this.here.then((history) => answer(history, question)).then(resolve, reject);
  }

  private start(script: string): Worker {
    const worker = new Worker(script, { workerData: { dataFolder: this.options.dataFolder }, name: 'history' });
    worker.on('message', (reply: HistoryReply) => {
      if ('log' in reply) return this.options.log(reply.log);
      const pending = this.pending.get(reply.id);
      this.pending.delete(reply.id);
      if ('error' in reply) pending?.reject(new WrenchbookError(reply.error.code, reply.error.message, reply.error.next));
      else pending?.resolve(reply.answer);
    });
    worker.on('error', (error) => this.options.log(`the history's thread failed: ${error.stack ?? error.message}`));
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = null;
      const left = [...this.pending.values()];
      this.pending.clear();
      for (const pending of left) this.askHere(pending);
    });
    return worker;
  }

  private live(): Record<string, RunState['status']> {
    return Object.fromEntries(this.options.openRuns().map(({ runId, status }) => [runId, status]));
  }
  private current(summary: RunSummary): RunSummary {
    return this.options.openRuns().find(({ runId }) => runId === summary.runId) ?? summary;
  }
}

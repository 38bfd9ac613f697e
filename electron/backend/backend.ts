/** The backend: everything that plans, runs and records. Plain Node; the window, the terminal command and tests load the same. */

import { WrenchbookError } from '../../shared/api/error.ts';
import { isUnderWay, type RunState } from '../../shared/api/run.ts';
import type { Verification } from '../../shared/api/transcript.ts';
import type { EventName, EventPayload } from '../../shared/api.ts';
import type { Carrier } from '../../shared/wire/carrier.ts';
import type { Caller } from '../../shared/wire/dispatcher.ts';
import { type BackendMethod, type Handlers, serve } from '../../shared/wire/dispatcher.ts';
import { renewLedger } from './custody/adoption.ts';
import { RunCustody } from './custody/run-custody.ts';
import { CheckUpStore } from './doctor/check-up-store.ts';
import { IgnoredFindings } from './doctor/ignored-findings.ts';
import { machineHandlers } from './doctor/machine-handlers.ts';
import { runsThere } from './doctor/runs-there.ts';
import { fleetHandlers } from './fleet/fleet-handlers.ts';
import { History } from './history/history.ts';
import { KeyRing } from './keys/key-ring.ts';
import { Ledger } from './ledger/ledger.ts';
import { withRedactedErrors } from './redaction/redacted-errors.ts';
import { Retention } from './retention/retention.ts';
import { retentionHandlers } from './retention/retention-handlers.ts';
import { runHandlers } from './runs/run-handlers.ts';
import { RunNewsDesk } from './runs/run-news-desk.ts';
import { RunStore } from './runs/run-store.ts';
import type { Silence } from './sessions/hops/way-watch.ts';
import { KeptSettings } from './settings/kept-settings.ts';
import { TargetBook } from './targets/book/target-book.ts';
import { settledTarget } from './targets/settled-target.ts';
import { targetHandlers } from './targets/target-handlers.ts';
import { SymptomSearch } from './topics/symptom-search.ts';
import { topicHandlers } from './topics/topic-handlers.ts';
import { ExportJobs } from './transcripts/export-jobs.ts';
import { transcriptHandlers } from './transcripts/transcript-handlers.ts';

export interface BackendOptions {
  /** Absolute; made when the first run is. */
  dataFolder: string;
  /** Absolute path of `assets/`. */
  assetsFolder: string;
  /** Absolute path of the rules that compiled playbooks carry; without it those of the build beside the assets. */
  rulesFolder?: string | undefined;
  version: string;
  /** The private key from the system's key store, PEM; null or missing: a file in the data folder. */
  signingKeyPem?: string | null;
  /** Absolute path of the history's thread; without one its work is done in this thread. */
  historyWorker?: string;
  /** Absolute path of the thread that looks for symptoms; without one its work is done in this thread. */
  symptomWorker?: string;
  /** When the saved rule about old runs is applied by itself, in ms from now; without it, it is not. */
  cleanAfterMs?: number;
  /** Another ssh configuration than the client's own, for targets. */
  sshConfig?: string | undefined;
  /** Nothing comes on the way to a target after so long (ms) without a word and a question; looked at whenever a way is begun. */
  silence?: Silence;
  log(line: string): void;
  /** What an admin should know at once; without it, it is logged. */
  tell?(line: string): void;
}
export interface Backend {
  /** Serves one caller until its carrier closes. */
  serve(carrier: Carrier, audience: Caller['audience']): void;
  /** Ends all sessions and gives the runs free. */
  close(): Promise<void>;
}

export function createBackend(options: BackendOptions): Backend {
  const callers = new Set<Caller>();
  const keys = new KeyRing(options.dataFolder, options.signingKeyPem ?? null, (line) => (options.tell ?? log)(line));
  const log = (line: string): void => options.log(store.redact(line));
  const desk = new RunNewsDesk();
  const tell = <E extends EventName>(event: E, payload: EventPayload<E>): void => callers.forEach((caller) => void caller.emit(event, payload));
  const changed = (state: RunState) => {
    tell('runs.changed', desk.newsOf(state));
    history.note(state);
  };
  const ledger = new Ledger(options.dataFolder, keys, log);
  const custody = new RunCustody({ dataFolder: options.dataFolder, keys, ledger, log });
  const kept = new KeptSettings(options.dataFolder);
  const book = new TargetBook(options.dataFolder);
  const retention: Retention = new Retention({
    dataFolder: options.dataFolder,
    ledger,
    list: () => history.list(),
    isIdleHere: (runId) => {
      const open = store.opened(runId);
      return open !== undefined && !isUnderWay(open.state.status);
    },
    leave: (runId) => store.leave(runId),
    onChange: () => tell('storage.changed', {}),
    readLedger: () => custody.ledger(),
    check: (folder, runId, signal) => verified(folder, runId, signal),
    log,
  });
  const store: RunStore = new RunStore({
    ...options,
    book,
    keys,
    ledger,
    custody,
    elsewhere: retention,
    log,
    onChange: changed,
    onFacts: (target, facts) => targets.noteFacts(target, facts),
    onProgress: (runId, progress) => tell('media.progress', { runId, ...progress }),
  });
  const history = new History({ ...options, openRuns: () => store.openSummaries() });
  const { handlers: storageHandlers, close: closeRetention } = retentionHandlers(retention, {
    tell: (progress) => tell('storage.progress', progress),
    cleanAfterMs: options.cleanAfterMs,
    renewLedger: async () => {
      const { findings } = await custody.ledger();
      if (findings.length === 0) throw new WrenchbookError('wrong-state', 'The ledger is intact.', 'Leave it as it is.');
      return renewLedger({ dataFolder: options.dataFolder, keys, ledger }, findings);
    },
    log,
  });
  const fleets = fleetHandlers({
    ...options,
    keys,
    ledger,
    book,
    sshHosts: () => targets.sshHosts(),
    elsewhere: retention,
    // The index reads it again: nothing of it is open as a run.
    noted: (runId) => history.note({ runId, status: 'waiting' }),
    tell,
    log,
  });
  /** An archived run is unpacked before anything of it is read. */
  const reading = async <T>(runId: string, read: () => T | Promise<T>): Promise<T> => {
    await retention.open(runId);
    return read();
  };

  const doctor = {
    store: new CheckUpStore(options.dataFolder, keys),
    ignored: new IgnoredFindings(options.dataFolder),
    runs: runsThere({ history, store, custody, reading }),
    version: options.version,
    changed: (place: string) => tell('machines.changed', { place }),
  };
  const targets = targetHandlers({ ...options, book, doctor, tell, log });
  const symptoms = new SymptomSearch({ ...options, log });
  const verified = async (folder: string, runId: string, signal?: AbortSignal): Promise<Verification> => {
    const { journal: _journal, madeHere: _madeHere, ...verification } = await custody.check(folder, runId, { signal });
    return verification;
  };
  const exports = new ExportJobs((progress) => tell('transcripts.exportProgress', progress));

  const handlers: Handlers<BackendMethod> = {
    'app.info': () => ({ version: options.version, platform: process.platform, dataFolder: options.dataFolder }),
    'settings.get': () => kept.get(),
    'settings.set': (change) => {
      const now = kept.set(change);
      tell('settings.changed', now);
      return now;
    },
    ...topicHandlers({ book, symptoms }),
    ...runHandlers({ store, history, book, reading }),
    ...transcriptHandlers({ store, retention, ledger, keys, exports, version: options.version, reading, changed }),
    ...storageHandlers,
    ...targets.handlers,
    ...machineHandlers({ ...doctor, keys, exports, settle: (target) => settledTarget(target, book), factsOf: targets.factsOf }),
    ...fleets.handlers,
  };

  function remember(caller: Caller): void {
    callers.add(caller);
    caller.onGone(() => {
      callers.delete(caller);
      for (const run of store.openRuns()) run.feed.detach(caller);
      targets.forgetViewer(caller);
      fleets.forgetViewer(caller);
    });
  }

  return {
    serve: (carrier, audience) =>
      serve(
        carrier,
        audience,
        withRedactedErrors(handlers, (text) => store.redact(text)),
        log,
        remember,
      ),
    async close() {
      await exports.close();
      await fleets.close();
      await targets.close();
      await closeRetention();
      await store.close();
      await history.close();
      await symptoms.close();
    },
  };
}

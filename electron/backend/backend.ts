/** The backend: everything that plans, runs and records. Plain Node; the window, the terminal command and tests load the same. */

import { WrenchbookError } from '../../shared/api/error.ts';
import { isUnderWay, type RunState } from '../../shared/api/run.ts';
import type { Verification } from '../../shared/api/transcript.ts';
import type { Carrier } from '../../shared/wire/carrier.ts';
import type { Caller } from '../../shared/wire/dispatcher.ts';
import { type BackendMethod, type Handlers, serve } from '../../shared/wire/dispatcher.ts';
import { exportBundle } from './bundles/bundle-export.ts';
import { importBundle } from './bundles/bundle-import.ts';
import { verifyBundle } from './bundles/bundle-verify.ts';
import { renewLedger } from './custody/adoption.ts';
import { refusal } from './custody/refusal.ts';
import { RunCustody } from './custody/run-custody.ts';
import { History } from './history/history.ts';
import { KeyRing } from './keys/key-ring.ts';
import { Ledger } from './ledger/ledger.ts';
import { noteImport } from './ledger/note-import.ts';
import { listDevices } from './media/devices/list-devices.ts';
import { withRedactedErrors } from './redaction/redacted-errors.ts';
import { Retention } from './retention/retention.ts';
import { retentionHandlers } from './retention/retention-handlers.ts';
import { checkRun } from './runs/run-check.ts';
import { RunStore } from './runs/run-store.ts';
import type { Silence } from './sessions/hops/way-watch.ts';
import { workstationShell } from './sessions/workstation-shell.ts';
import { KeptSettings } from './settings/kept-settings.ts';
import { TargetBook } from './targets/book/target-book.ts';
import { targetHandlers } from './targets/target-handlers.ts';
import { calculate } from './topics/calculate.ts';
import { SymptomSearch } from './topics/symptom-search.ts';
import { anyDetail, anySummary, catalogue, findCalculator } from './topics/topic-registry.ts';
import { comparedRun, compareRuns } from './transcripts/compare.ts';
import { exportTranscript } from './transcripts/export.ts';
import { ExportJobs } from './transcripts/export-jobs.ts';
import { outsidePreview } from './transcripts/outside/outside-run.ts';
import { readRecording } from './transcripts/recording-reader.ts';
import { readTranscript } from './transcripts/transcript.ts';

export interface BackendOptions {
  /** Absolute; made when the first run is. */
  dataFolder: string;
  /** Absolute path of `assets/`. */
  assetsFolder: string;
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
  const changed = (state: RunState) => {
    for (const caller of callers) void caller.emit('runs.changed', state);
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
    onChange: () => callers.forEach((caller) => void caller.emit('storage.changed', {})),
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
    onProgress: (runId, progress) => callers.forEach((caller) => void caller.emit('media.progress', { runId, ...progress })),
  });
  const history = new History({ ...options, openRuns: () => store.openSummaries() });
  const { handlers: storageHandlers, close: closeRetention } = retentionHandlers(retention, {
    tell: (progress) => callers.forEach((caller) => void caller.emit('storage.progress', progress)),
    cleanAfterMs: options.cleanAfterMs,
    renewLedger: async () => {
      const { findings } = await custody.ledger();
      if (findings.length === 0) throw new WrenchbookError('wrong-state', 'The ledger is intact.', 'Leave it as it is.');
      return renewLedger({ dataFolder: options.dataFolder, keys, ledger }, findings);
    },
    log,
  });
  const targets = targetHandlers({ ...options, book, tell: (event, payload) => callers.forEach((caller) => void caller.emit(event, payload)), log });
  /** An archived run is unpacked before anything of it is read. */
  const reading = async <T>(runId: string, read: () => T | Promise<T>): Promise<T> => {
    await retention.open(runId);
    return read();
  };

  const symptoms = new SymptomSearch({ ...options, log });
  const verified = async (folder: string, runId: string, signal?: AbortSignal): Promise<Verification> => {
    const { journal: _journal, madeHere: _madeHere, ...verification } = await custody.check(folder, runId, { signal });
    return verification;
  };
  /** What is handed out is intact, or it is not handed out. Throws `not-intact`, `ledger-damaged`. */
  const demandIntact = async (runId: string, signal?: AbortSignal): Promise<void> => {
    const refused = refusal(runId, await retention.verify(runId, () => store.folder(runId), signal));
    if (refused) throw new WrenchbookError(refused.code, refused.message, refused.next);
  };

  const exports = new ExportJobs((progress) => callers.forEach((caller) => void caller.emit('transcripts.exportProgress', progress)));

  const handlers: Handlers<BackendMethod> = {
    'app.info': () => ({ version: options.version, platform: process.platform, dataFolder: options.dataFolder }),
    'settings.get': () => kept.get(),
    'settings.set': (change) => {
      const now = kept.set(change);
      for (const caller of callers) void caller.emit('settings.changed', now);
      return now;
    },
    'topics.list': () => catalogue.map(anySummary),
    'topics.get': ({ topicId }) => anyDetail(topicId),
    'topics.search': ({ text }) => symptoms.find(text),
    'topics.check': async (request) => {
      const { issues, inputs, plan } = await checkRun(request, book);
      return { issues, inputs, plan };
    },
    'calculators.calculate': ({ topicId, parameters, data }) => calculate(findCalculator(topicId), parameters, data),
    'media.devices': listDevices,
    'runs.list': () => history.list(),
    'runs.search': (search) => history.search(search),
    'runs.filters': () => history.filters(),
    'runs.compare': async ({ left, right }) => {
      const compared = (runId: string) => reading(runId, () => comparedRun(store, runId));
      return compareRuns(await compared(left), await compared(right));
    },
    'runs.attention': () => store.attention(),
    'runs.get': ({ runId }) => reading(runId, () => store.look(runId)),
    'runs.start': async (request) => {
      const { issues, inputs, plan, ...run } = await checkRun(request, book);
      const [first] = issues;
      if (!plan || first)
        throw new WrenchbookError('bad-parameters', first ? `${first.field}: ${first.message}` : 'The form is not complete.', first?.next ?? 'Fill it in.');
      const noShell = workstationShell.whyNot();
      if (noShell) throw new WrenchbookError('session', `The run was not started: ${noShell.message}`, noShell.next);
      return store.start({ ...run, plan, inputs });
    },
    'runs.advance': async ({ runId, stepId, ...given }) => (await store.controller(runId)).advance(stepId, given),
    'runs.answer': async ({ runId, promptId, value }) => (await store.controller(runId)).answer(promptId, value),
    'runs.remedy': async ({ runId, remedyId, confirmation }) => (await store.controller(runId)).remedy(remedyId, confirmation),
    'runs.skip': async ({ runId, stepId, reason }) => (await store.controller(runId)).skip(stepId, reason),
    'runs.undo': async ({ runId, from }) => (await store.controller(runId)).undo(from),
    'runs.interrupt': async ({ runId }) => (await store.controller(runId)).interrupt(),
    'runs.stop': async ({ runId }) => (await store.controller(runId)).stop(),
    'runs.giveSecrets': async ({ runId, secrets }) => (await store.controller(runId)).giveSecrets(secrets),
    'runs.bringPassword': async ({ runId, password }) => {
      (await store.controller(runId)).bringPassword(password);
      return {};
    },
    'runs.leave': ({ runId }) => store.leave(runId),
    'terminal.attach': async ({ runId }, caller) => {
      const { feed } = await store.controller(runId);
      return feed.attach(caller, (offset, bytes) => caller.emit('terminal.data', { runId, offset, bytes }));
    },
    'terminal.detach': ({ runId }, caller) => {
      store.opened(runId)?.feed.detach(caller);
      return {};
    },
    'terminal.write': ({ runId, data }) => {
      store.opened(runId)?.type(data);
      return {};
    },
    'terminal.resize': ({ runId, cols, rows }) => {
      store.opened(runId)?.resize(cols, rows);
      return {};
    },
    'terminal.acknowledge': ({ runId, offset }, caller) => {
      if (store.opened(runId)?.feed.acknowledge(caller, offset) === false)
        throw new WrenchbookError('wrong-state', 'This terminal was disconnected because it did not keep up.', 'Open it again.');
      return {};
    },
    'transcripts.get': ({ runId }) => reading(runId, async () => ({ ...(await readTranscript(store, runId)), run: await store.look(runId) })),
    'transcripts.recording': ({ runId }) => reading(runId, () => readRecording(store.folder(runId))),
    'transcripts.verify': ({ runId }) => retention.verify(runId, () => store.folder(runId)),
    'transcripts.verifyFile': async ({ path, key }) => {
      const { manifest, ...verification } = await verifyBundle(path, { knows: keys.knows, expected: key ?? null });
      return { ...verification, runId: manifest?.runId ?? null };
    },
    'transcripts.export': ({ exportId, ...request }) =>
      exports.run(exportId, (watch) =>
        reading(request.runId, async () => {
          await demandIntact(request.runId, watch.signal);
          if (request.format === 'bundle') await store.sealWhole(request.runId);
          return request.format === 'bundle'
            ? exportBundle(store, request, { key: keys.signing, version: options.version }, watch)
            : exportTranscript(store, { ...request, format: request.format }, watch);
        }),
      ),
    'transcripts.outsidePreview': ({ runId, exportId }) => exports.run(exportId, (watch) => reading(runId, () => outsidePreview(store, runId, watch))),
    'transcripts.cancelExport': ({ exportId }) => {
      exports.cancel(exportId);
      return {};
    },
    'runs.import': async ({ path, key, once }) => {
      const runId = await importBundle(path, {
        runsFolder: store.root,
        isArchived: (id) => retention.isArchived(id),
        knows: keys.knows,
        expected: key ?? null,
        signing: keys.signing,
      });
      noteImport(ledger, store.folder(runId), runId);
      if (key !== undefined) keys.trust(key, `imported with run ${runId}`, once ? runId : null);
      const state = await store.look(runId);
      changed(state);
      return state;
    },
    'keys.list': () => ({ own: keys.own, known: keys.known }),
    'keys.trust': ({ key, label }) => keys.trust(key, label),
    'keys.forget': ({ fingerprint }) => {
      keys.forget(fingerprint);
      return {};
    },
    ...storageHandlers,
    ...targets.handlers,
  };

  function remember(caller: Caller): void {
    callers.add(caller);
    caller.onGone(() => {
      callers.delete(caller);
      for (const run of store.openRuns()) run.feed.detach(caller);
      targets.forgetViewer(caller);
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
      await targets.close();
      await closeRetention();
      await store.close();
      await history.close();
      await symptoms.close();
    },
  };
}

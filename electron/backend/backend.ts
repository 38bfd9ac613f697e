/** The backend: everything that plans, runs and records. Plain Node; the window, the terminal command and tests load the same. */

import { WrenchbookError } from '../../shared/api/error.ts';
import type { RunState } from '../../shared/api/run.ts';
import type { Carrier } from '../../shared/wire/carrier.ts';
import type { Caller } from '../../shared/wire/dispatcher.ts';
import { type BackendMethod, type Handlers, serve } from '../../shared/wire/dispatcher.ts';
import { exportBundle } from './bundles/bundle-export.ts';
import { importBundle } from './bundles/bundle-import.ts';
import { verifyBundle } from './bundles/bundle-verify.ts';
import { History } from './history/history.ts';
import { KeyRing } from './keys/key-ring.ts';
import { withRedactedErrors } from './redaction/redacted-errors.ts';
import { checkRun } from './runs/run-check.ts';
import { RunStore } from './runs/run-store.ts';
import { allTopics, findTopic, searchTopics, topicDetail, topicSummary } from './topics/topic-registry.ts';
import { comparedRun, compareRuns } from './transcripts/compare.ts';
import { exportTranscript } from './transcripts/export.ts';
import { ExportJobs } from './transcripts/export-jobs.ts';
import { outsidePreview } from './transcripts/outside/outside-run.ts';
import { readRecording } from './transcripts/recording-reader.ts';
import { readTranscript } from './transcripts/transcript.ts';
import { verifyRun } from './transcripts/verify.ts';

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
  log(line: string): void;
}
export interface Backend {
  /** Serves one caller until its carrier closes. */
  serve(carrier: Carrier, audience: Caller['audience']): void;
  /** Ends all sessions and gives the runs free. */
  close(): Promise<void>;
}

export function createBackend(options: BackendOptions): Backend {
  const callers = new Set<Caller>();
  const keys = new KeyRing(options.dataFolder, options.signingKeyPem ?? null);
  const log = (line: string): void => options.log(store.redact(line));
  const changed = (state: RunState) => {
    for (const caller of callers) void caller.emit('runs.changed', state);
    history.note(state);
  };
  const store: RunStore = new RunStore({ ...options, keys, log, onChange: changed });
  const history = new History({ ...options, openRuns: () => store.openSummaries() });

  const exports = new ExportJobs((progress) => callers.forEach((caller) => void caller.emit('transcripts.exportProgress', progress)));

  const handlers: Handlers<BackendMethod> = {
    'app.info': () => ({ version: options.version, platform: process.platform, dataFolder: options.dataFolder }),
    'topics.list': () => allTopics.map(topicSummary),
    'topics.get': ({ topicId }) => topicDetail(findTopic(topicId)),
    'topics.search': ({ text }) => searchTopics(text),
    'topics.check': async (request) => {
      const { issues, inputs, plan } = await checkRun(request);
      return { issues, inputs, plan };
    },
    'runs.list': () => history.list(),
    'runs.search': (search) => history.search(search),
    'runs.filters': () => history.filters(),
    'runs.compare': async ({ left, right }) => compareRuns(await comparedRun(store, left), await comparedRun(store, right)),
    'runs.get': ({ runId }) => store.get(runId),
    'runs.start': async (request) => {
      const { issues, inputs, plan, topic, parameters, secrets } = await checkRun(request);
      const [first] = issues;
      if (!plan || first)
        throw new WrenchbookError('bad-parameters', first ? `${first.field}: ${first.message}` : 'The form is not complete.', first?.next ?? 'Fill it in.');
      return store.start({ topic, target: request.target, parameters, plan, inputs, secrets });
    },
    'runs.advance': ({ runId, stepId, confirmation }) => store.controller(runId).advance(stepId, confirmation),
    'runs.answer': ({ runId, promptId, value }) => store.controller(runId).answer(promptId, value),
    'runs.remedy': ({ runId, remedyId, confirmation }) => store.controller(runId).remedy(remedyId, confirmation),
    'runs.skip': ({ runId, stepId, reason }) => store.controller(runId).skip(stepId, reason),
    'runs.undo': ({ runId, from }) => store.controller(runId).undo(from),
    'runs.interrupt': ({ runId }) => store.controller(runId).interrupt(),
    'runs.stop': ({ runId }) => store.controller(runId).stop(),
    'runs.giveSecrets': ({ runId, secrets }) => store.controller(runId).giveSecrets(secrets),
    'runs.leave': ({ runId }) => store.leave(runId),
    'terminal.attach': ({ runId }, caller) => {
      const { feed } = store.controller(runId);
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
        throw new WrenchbookError('wrong-state', 'This terminal was cut off, as it did not keep up.', 'Attach it again.');
      return {};
    },
    'transcripts.get': ({ runId }) => readTranscript(store, runId),
    'transcripts.recording': ({ runId }) => readRecording(store.folder(runId)),
    'transcripts.verify': ({ runId }) => verifyRun(store.folder(runId), keys.knowsFor(runId)),
    'transcripts.verifyFile': async ({ path, key }) => {
      const { manifest, ...verification } = await verifyBundle(path, keys.knows, key ?? null);
      return { ...verification, runId: manifest?.runId ?? null };
    },
    'transcripts.export': ({ exportId, ...request }) =>
      exports.run(exportId, (watch) =>
        request.format === 'bundle'
          ? exportBundle(store, request, { key: keys.signing, version: options.version }, watch)
          : exportTranscript(store, { ...request, format: request.format }, watch),
      ),
    'transcripts.outsidePreview': ({ runId, exportId }) => exports.run(exportId, (watch) => outsidePreview(store, runId, watch)),
    'transcripts.cancelExport': ({ exportId }) => {
      exports.cancel(exportId);
      return {};
    },
    'runs.import': async ({ path, key, once }) => {
      const runId = await importBundle(path, { runsFolder: store.root, knows: keys.knows, expected: key ?? null });
      if (key !== undefined) keys.trust(key, `taken in with run ${runId}`, once ? runId : null);
      const state = store.get(runId);
      changed(state);
      return state;
    },
    'keys.list': () => ({ own: keys.own, known: keys.known }),
    'keys.trust': ({ key, label }) => keys.trust(key, label),
    'keys.forget': ({ fingerprint }) => {
      keys.forget(fingerprint);
      return {};
    },
  };

  function remember(caller: Caller): void {
    callers.add(caller);
    caller.onGone(() => {
      callers.delete(caller);
      for (const run of store.openRuns()) run.feed.detach(caller);
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
      await store.close();
      await history.close();
    },
  };
}

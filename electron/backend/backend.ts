/** The backend: everything that plans, runs and records. Plain Node; the window, the terminal command and tests load the same. */

import { WrenchbookError } from '../../shared/api/error.ts';
import type { Carrier } from '../../shared/wire/carrier.ts';
import type { Caller } from '../../shared/wire/dispatcher.ts';
import { type BackendMethod, type Handlers, serve } from '../../shared/wire/dispatcher.ts';
import { checkRun } from './runs/run-check.ts';
import { RunStore } from './runs/run-store.ts';
import { allTopics, findTopic, searchTopics, topicDetail, topicSummary } from './topics/topic-registry.ts';
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
  const store = new RunStore({ ...options, onChange: (state) => callers.forEach((caller) => void caller.emit('runs.changed', state)) });

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
    'runs.list': () => store.list(),
    'runs.get': ({ runId }) => store.get(runId),
    'runs.start': async (request) => {
      const { issues, inputs, plan, topic, parameters } = await checkRun(request);
      const [first] = issues;
      if (!plan || first)
        throw new WrenchbookError('bad-parameters', first ? `${first.field}: ${first.message}` : 'The form is not complete.', first?.next ?? 'Fill it in.');
      return store.start({ topic, target: request.target, parameters, plan, inputs });
    },
    'runs.advance': ({ runId, stepId, confirmation }) => store.controller(runId).advance(stepId, confirmation),
    'runs.answer': ({ runId, promptId, value }) => store.controller(runId).answer(promptId, value),
    'runs.remedy': ({ runId, remedyId, confirmation }) => store.controller(runId).remedy(remedyId, confirmation),
    'runs.skip': ({ runId, stepId, reason }) => store.controller(runId).skip(stepId, reason),
    'runs.undo': ({ runId }) => store.controller(runId).undo(),
    'runs.interrupt': ({ runId }) => store.controller(runId).interrupt(),
    'runs.stop': ({ runId }) => store.controller(runId).stop(),
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
    'transcripts.verify': ({ runId }) => verifyRun(store.folder(runId)),
    'transcripts.export': ({ exportId, ...request }) => exports.run(exportId, (watch) => exportTranscript(store, request, watch)),
    'transcripts.outsidePreview': ({ runId }) => outsidePreview(store, runId),
    'transcripts.cancelExport': ({ exportId }) => {
      exports.cancel(exportId);
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
    serve: (carrier, audience) => serve(carrier, audience, handlers, options.log, remember),
    close: async () => {
      await exports.close();
      await store.close();
    },
  };
}

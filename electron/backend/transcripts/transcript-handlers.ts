/** The calls about transcripts, bundles, and the keys that sign them. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunState } from '../../../shared/api/run.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { exportBundle } from '../bundles/bundle-export.ts';
import { importBundle } from '../bundles/bundle-import.ts';
import { verifyBundle } from '../bundles/bundle-verify.ts';
import { refusal } from '../custody/refusal.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { noteImport } from '../ledger/note-import.ts';
import type { Retention } from '../retention/retention.ts';
import type { RunStore } from '../runs/run-store.ts';
import { exportTranscript } from './export.ts';
import type { ExportJobs } from './export-jobs.ts';
import { outsidePreview } from './outside/outside-run.ts';
import { readRecording } from './recording-reader.ts';
import { readTranscript } from './transcript.ts';

interface Surroundings {
  store: RunStore;
  retention: Retention;
  ledger: Ledger;
  keys: KeyRing;
  exports: ExportJobs;
  version: string;
  /** Unpacks an archived run before anything of it is read. */
  reading<T>(runId: string, read: () => T | Promise<T>): Promise<T>;
  changed(state: RunState): void;
}
type TranscriptMethod = Extract<BackendMethod, `transcripts.${string}` | `keys.${string}` | 'runs.import'>;

export function transcriptHandlers({ store, retention, ledger, keys, exports, version, reading, changed }: Surroundings): Handlers<TranscriptMethod> {
  /** What is handed out is intact, or it is not handed out. Throws `not-intact`, `ledger-damaged`. */
  const demandIntact = async (runId: string, signal?: AbortSignal): Promise<void> => {
    const refused = refusal(runId, await retention.verify(runId, () => store.folder(runId), signal));
    if (refused) throw new WrenchbookError(refused.code, refused.message, refused.next);
  };
  return {
    'transcripts.get': ({ runId }) => reading(runId, async () => ({ ...(await readTranscript(store, runId)), run: await store.look(runId) })),
    'transcripts.recording': ({ runId }) => reading(runId, () => readRecording(store.folder(runId))),
    'transcripts.verify': ({ runId }) => retention.verify(runId, () => store.folder(runId)),
    'transcripts.verifyFile': async ({ path, key }) => {
      const { manifest, ...verification } = await verifyBundle(path, { knows: keys.knows, expected: key ?? null });
      return { ...verification, runId: manifest?.runId ?? null, kind: manifest?.kind ?? null };
    },
    'transcripts.export': ({ exportId, ...request }) =>
      exports.run(exportId, (watch) =>
        reading(request.runId, async () => {
          await demandIntact(request.runId, watch.signal);
          if (request.format === 'bundle') await store.sealWhole(request.runId);
          return request.format === 'bundle'
            ? exportBundle(store.folder(request.runId), request, { key: keys.signing, version }, watch)
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
  };
}

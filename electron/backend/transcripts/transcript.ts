/** The transcript of a run: its state, the operator record and what each step showed. */
import { isUnderWay } from '../../../shared/api/run.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunStore } from '../runs/run-store.ts';
import { runSummary } from '../runs/run-view.ts';
import { transcriptEntries } from './event-words.ts';
import { recordedScreens } from './recorded-screens.ts';
import type { Reading } from './recording-blocks.ts';

/** Reads the recording once. Throws WrenchbookError `not-found`, `storage`. */
export async function readTranscript(store: RunStore, runId: string, reading?: Reading): Promise<Transcript> {
  const folder = store.folder(runId);
  const run = store.get(runId);
  return {
    run,
    summary: runSummary(store.record(runId), isUnderWay(run.status)),
    entries: transcriptEntries(readJournal(folder).events),
    ...(await recordedScreens(folder, run, reading)),
  };
}

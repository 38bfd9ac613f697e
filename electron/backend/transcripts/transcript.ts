/** The transcript of a run: its state, the operator record and what each step showed. */
import type { Transcript } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunStore } from '../runs/run-store.ts';
import { runSummary } from '../runs/run-view.ts';
import { transcriptEntries } from './event-words.ts';
import { castEvents } from './recording-reader.ts';
import { stepScreens } from './step-screens.ts';

/** Throws WrenchbookError `not-found`, `storage`. */
export async function readTranscript(store: RunStore, runId: string): Promise<Transcript> {
  const folder = store.folder(runId);
  const run = store.get(runId);
  return {
    run,
    summary: runSummary(store.record(runId), run.status === 'running'),
    entries: transcriptEntries(readJournal(folder).events),
    recording: await measure(folder),
    screens: await stepScreens(folder, run),
  };
}

async function measure(folder: string): Promise<{ ms: number; bytes: number }> {
  let ms = 0;
  let bytes = 0;
  for await (const event of castEvents(folder)) {
    ms = event.ms;
    if (event.code === 'o') bytes += Buffer.byteLength(event.data);
  }
  return { ms: Math.round(ms), bytes };
}

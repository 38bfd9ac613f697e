/**
 * What each step's terminal showed in its last attempt, cut as a transcript cuts it, without reading the whole recording:
 * where an attempt lies is in the journal, and of each only as much is read as can be shown.
 */
import type { RunEvent } from '../runs/run-event.ts';
import { parseSize } from '../terminal-size.ts';
import { beginStep, cutNote } from './recorded-screens.ts';
import type { Reading } from './recording-blocks.ts';
import { castEvents, castHead } from './recording-reader.ts';

/** Bytes of the recording read of an attempt: many times what is shown of it, as colours and movement take room too. */
const readAtMost = 1024 * 1024;

interface Attempt {
  stepId: string;
  /** Bytes of the recording: the last place before it that the journal names. */
  from: number;
  /** Markers in the recording between there and its own: of attempts that were cut off, and where the run was resumed. */
  markersBefore: number;
  /** Where the journal says that it ended; null for one that was cut off. */
  to: number | null;
}

/** Screens by step id. Throws `storage`. */
export async function attemptScreens(runFolder: string, events: readonly RunEvent[], reading?: Reading): Promise<Record<string, string>> {
  const size = await castHead(runFolder);
  const screens: Record<string, string> = {};
  for (const attempt of lastAttempts(events)) screens[attempt.stepId] = await screenOf(runFolder, attempt, size, reading);
  return screens;
}

export function lastAttempts(events: readonly RunEvent[]): Attempt[] {
  const attempts = new Map<string, Attempt>();
  let from = 0;
  /** Of what ended last. */
  let lastMarker = -1;
  let open: (Attempt & { marker: number }) | null = null;
  for (const event of events) {
    if (event.type === 'step-started' || event.type === 'step-rejoined' || event.type === 'remedy-started' || event.type === 'step-undo-started') {
      const marker = event.recordingMarker;
      open = { stepId: event.stepId, from, markersBefore: marker - lastMarker - 1, to: null, marker };
      if (event.type === 'step-started' || event.type === 'step-rejoined') attempts.set(event.stepId, open);
    } else if ('recording' in event) {
      if (open) {
        open.to = event.recording.bytes;
        lastMarker = open.marker;
      }
      from = event.recording.bytes;
      open = null;
    }
  }
  return [...attempts.values()];
}

async function screenOf(runFolder: string, { from, markersBefore, to }: Attempt, size: { cols: number; rows: number }, reading?: Reading): Promise<string> {
  let markers = 0;
  let step: ReturnType<typeof beginStep> | null = null;
  let read = 0;
  let cut = false;
  for await (const event of castEvents(runFolder, { ...reading, from, to: to ?? Number.POSITIVE_INFINITY })) {
    if (event.code === 'm' && step) break;
    if (event.code === 'm' && markers++ === markersBefore) step = beginStep(size);
    if (!step) continue;
    const resized = event.code === 'r' ? parseSize(event.data) : null;
    if (resized) await step.screen.resize(resized.cols, resized.rows);
    if (event.code !== 'o') continue;
    await step.screen.write(event.data);
    read += event.data.length;
    cut = read > readAtMost;
    if (cut || step.kept.full) break;
  }
  if (!step) return '';
  await step.screen.end();
  return cut && !step.kept.full ? `${step.kept.text}\n${cutNote}` : step.kept.text;
}

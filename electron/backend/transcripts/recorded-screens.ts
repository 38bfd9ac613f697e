/** Reads a recording once: its length, and what each step's terminal showed. */
import type { RunState } from '../../../shared/api/run.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { parseSize } from '../terminal-size.ts';
import type { Reading } from './recording-blocks.ts';
import { castEvents, castHead } from './recording-reader.ts';
import { ScreenText } from './screen-text.ts';

/** Characters kept for a step; the whole is in the exported recording and text. */
const limit = 64 * 1024;
export const cutNote = '[cut here: the full output is in the exported recording]';

/** Screens by step id, for steps that were run; of a step that ran more than once, its last attempt. */
export async function recordedScreens(runFolder: string, run: RunState, reading?: Reading): Promise<Pick<Transcript, 'recording' | 'screens'>> {
  const begun = new Map(run.steps.flatMap((step) => (step.recordingMarker === null ? [] : [[step.recordingMarker, step.id]])));
  const screens: Record<string, string> = {};
  let size: { cols: number; rows: number } = await castHead(runFolder);
  let ms = 0;
  let bytes = 0;
  let marker = 0;
  let step: { screen: ScreenText; kept: KeptLines } | null = null;
  let stepId: string | undefined;
  const endStep = async () => {
    await step?.screen.end();
    if (step && stepId !== undefined) screens[stepId] = step.kept.text;
    step = null;
  };
  for await (const event of castEvents(runFolder, reading)) {
    ms = event.ms;
    // A marker opens every step, remedy and undo; only those of a step's last attempt begin its screen.
    if (event.code === 'm') {
      await endStep();
      stepId = begun.get(marker++);
      if (stepId !== undefined) step = beginStep(size);
    } else if (event.code === 'r') {
      size = parseSize(event.data) ?? size;
      await step?.screen.resize(size.cols, size.rows);
    } else if (event.code === 'o') {
      bytes += Buffer.byteLength(event.data);
      await step?.screen.write(event.data);
      // Nothing after the cut is kept: a gigabyte needs no emulator.
      if (step?.kept.full) await endStep();
    }
  }
  await endStep();
  return { recording: { ms: Math.round(ms), bytes }, screens };
}

interface KeptLines {
  text: string;
  full: boolean;
}

/** A step's screen, and what is kept of it so far. */
export function beginStep(size: { cols: number; rows: number }): { screen: ScreenText; kept: KeptLines } {
  const kept: KeptLines = { text: '', full: false };
  const screen = new ScreenText(size, (line) => {
    if (kept.full) return;
    kept.full = kept.text.length + line.length > limit;
    kept.text = kept.full ? `${kept.text}\n${cutNote}` : kept.text + (kept.text ? '\n' : '') + line;
  });
  return { screen, kept };
}

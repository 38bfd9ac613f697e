/** Cuts a recording into what each step's terminal showed. */
import type { RunState } from '../../../shared/api/run.ts';
import { castEvents, castSize } from './recording-reader.ts';
import { ScreenText } from './screen-text.ts';

/** Characters kept for a step; the whole is in the exported recording and text. */
const limit = 64 * 1024;

/** Text by step id, for steps that were run; of a step that ran more than once, its last attempt. */
export async function stepScreens(runFolder: string, run: RunState): Promise<Record<string, string>> {
  const begun = new Map(run.steps.flatMap((step) => (step.recordingMarker === null ? [] : [[step.recordingMarker, step.id]])));
  const screens: Record<string, string> = {};
  let marker = 0;
  let size = await castSize(runFolder);
  let screen: ScreenText | null = null;
  for await (const event of castEvents(runFolder)) {
    // A marker opens every step, remedy and undo; only those of a step's last attempt begin its screen.
    if (event.code === 'm') {
      screen?.end();
      screen = null;
      const stepId = begun.get(marker++);
      if (stepId !== undefined) screen = new ScreenText(size, keepLines(screens, stepId));
    } else if (event.code === 'r') {
      size = parseSize(event.data) ?? size;
      screen?.resize(size.cols, size.rows);
    } else if (event.code === 'o') {
      await screen?.write(event.data);
    }
  }
  screen?.end();
  return screens;
}

function keepLines(screens: Record<string, string>, stepId: string): (line: string) => void {
  screens[stepId] = '';
  let full = false;
  return (line) => {
    const before = screens[stepId] ?? '';
    if (full) return;
    full = before.length + line.length > limit;
    screens[stepId] = full ? `${before}\n[cut here: the whole is in the exported recording]` : before + (before ? '\n' : '') + line;
  };
}

export function parseSize(data: string): { cols: number; rows: number } | null {
  const match = /^(\d+)x(\d+)$/.exec(data);
  return match ? { cols: Number(match[1]), rows: Number(match[2]) } : null;
}

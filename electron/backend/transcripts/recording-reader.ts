/** Reads a run's asciicast v3 recording: whole for the player, or event by event with flat memory. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { WrenchbookError } from '../../../shared/api/error.ts';

/** Above this the player in the window would take too much memory; the exports have no limit. */
const playerLimit = 32 * 1024 * 1024;

const castHeader = z.object({ version: z.literal(3), term: z.object({ cols: z.number(), rows: z.number() }) });
const castEvent = z.tuple([z.number().nonnegative(), z.enum(['o', 'i', 'm', 'r', 'x']), z.string()]);
export interface CastEvent {
  /** Milliseconds from the beginning. */
  ms: number;
  code: 'o' | 'i' | 'm' | 'r' | 'x';
  data: string;
}

export const recordingFile = (runFolder: string) => path.join(runFolder, 'recording.cast');

/** Throws WrenchbookError `storage` for a recording that is too large to play in the window. */
export function readRecording(runFolder: string): { cast: string } {
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return { cast: '' };
  if (statSync(file).size > playerLimit)
    throw new WrenchbookError('storage', 'This recording is too long to be played here.', 'Export it as .cast and play it with asciinema, or as plain text.');
  return { cast: readFileSync(file, 'utf8') };
}

/** Events of a recording in order; lines that are not events are passed over (a verification names them). */
export async function* castEvents(runFolder: string): AsyncGenerator<CastEvent> {
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return;
  let ms = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const event = parseCastLine(line);
    if (!event) continue;
    ms += event.ms;
    yield { ...event, ms };
  }
}

/** One line of a recording, `ms` since the line before; null for a line that is no event. */
export function parseCastLine(line: string): CastEvent | null {
  if (!line.startsWith('[')) return null;
  const parsed = castEvent.safeParse(parseJson(line));
  return parsed.success ? { ms: parsed.data[0] * 1000, code: parsed.data[1], data: parsed.data[2] } : null;
}

/** Terminal size at the beginning; 80×24 where there is no recording. */
export async function castSize(runFolder: string): Promise<{ cols: number; rows: number }> {
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return { cols: 80, rows: 24 };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const header = castHeader.safeParse(parseJson(line));
    return header.success ? header.data.term : { cols: 80, rows: 24 };
  }
  return { cols: 80, rows: 24 };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

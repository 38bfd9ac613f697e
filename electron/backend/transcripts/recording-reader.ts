/** Reads a run's asciicast v3 recording: whole for the player, or event by event with flat memory. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { clampSize, parseSize, withinBounds } from '../terminal-size.ts';
import { CastLines } from './cast-lines.ts';
import { type Reading, recordingBlocks, recordingFile } from './recording-blocks.ts';

/** Above this the player, in the window and in an exported page, would take too much memory. Bytes. */
export const playerLimit = 32 * 1024 * 1024;

const castHeader = z.object({ version: z.literal(3), term: z.object({ cols: z.number(), rows: z.number() }), timestamp: z.number().optional() });
const castEvent = z.tuple([z.number().nonnegative(), z.enum(['o', 'i', 'm', 'r', 'x']), z.string()]);
export interface CastHeader {
  cols: number;
  rows: number;
  /** Seconds since 1970, where the recorder wrote it. */
  timestamp: number | null;
}
export interface CastEvent {
  /** Milliseconds from the beginning. */
  ms: number;
  code: 'o' | 'i' | 'm' | 'r' | 'x';
  data: string;
}

/** Throws WrenchbookError `storage` for a recording that is too large to play in the window. */
export function readRecording(runFolder: string): { cast: string } {
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return { cast: '' };
  if (statSync(file).size > playerLimit)
    throw new WrenchbookError('storage', 'This recording is too long to be played here.', 'Export it as .cast and play it with asciinema, or as plain text.');
  return { cast: withinBounds(readFileSync(file, 'utf8')) };
}

/** Events of a recording in order; lines that are not events are passed over (a verification names them). */
export async function* castEvents(runFolder: string, reading?: Reading): AsyncGenerator<CastEvent> {
  const lines = new CastLines();
  let ms = 0;
  for await (const block of recordingBlocks(runFolder, reading)) {
    for (const line of lines.push(block)) {
      const event = parseCastLine(line);
      if (!event) continue;
      ms += event.ms;
      yield { ...event, ms };
    }
  }
}

/** One line of a recording, `ms` since the line before; null for a line that is no event. */
export function parseCastLine(line: string): CastEvent | null {
  if (!line.startsWith('[')) return null;
  const parsed = castEvent.safeParse(parseJson(line));
  if (!parsed.success) return null;
  const [seconds, code, data] = parsed.data;
  const size = code === 'r' ? parseSize(data) : null;
  return { ms: seconds * 1000, code, data: size ? `${size.cols}x${size.rows}` : data };
}

/** Terminal size at the beginning and when that was; 80×24 where there is no recording. */
export async function castHead(runFolder: string): Promise<CastHeader> {
  for await (const block of recordingBlocks(runFolder)) {
    const header = castHeader.safeParse(parseJson(block.toString('utf8', 0, Math.max(0, block.indexOf(10)))));
    if (header.success) return { ...clampSize(header.data.term.cols, header.data.term.rows), timestamp: header.data.timestamp ?? null };
    break;
  }
  return { cols: 80, rows: 24, timestamp: null };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

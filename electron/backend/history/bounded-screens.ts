/**
 * What each step's terminal showed, for the index: the first and the last part of every stretch of the recording, read
 * where the journal says it lies, so that a recording of gigabytes costs no more than a small one.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RunEvent } from '../runs/run-event.ts';
import { parseSize } from '../terminal-size.ts';
import { recordingFile } from '../transcripts/recording-blocks.ts';
import { type CastEvent, castHead, parseCastLine } from '../transcripts/recording-reader.ts';
import { ScreenText } from '../transcripts/screen-text.ts';

/** Bytes of the recording read at each end of a stretch. */
const readBytes = 512 * 1024;
/** Characters kept of each end of a stretch: 64 KiB a stretch. */
const keepCharacters = 32 * 1024;
/** Of a step that was tried over and over, only the last stretches. */
const stretchesPerStep = 4;

interface Stretch {
  stepId: string;
  from: number;
  to: number;
}

/** Text by step id: all attempts, ways out and the undo of a step together. */
export async function boundedScreens(runFolder: string, events: readonly RunEvent[]): Promise<Map<string, string>> {
  const screens = new Map<string, string>();
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return screens;
  const size = await castHead(runFolder);
  const fd = openSync(file, 'r');
  try {
    for (const stretch of stretches(events, fstatSync(fd).size)) {
      const text = await stretchText(fd, stretch, size);
      if (text) screens.set(stretch.stepId, [screens.get(stretch.stepId), text].filter(Boolean).join('\n'));
    }
  } finally {
    closeSync(fd);
  }
  return screens;
}

/** From the end of the stretch before to its own end, or to the end of the recording where no end was written. */
export function stretches(events: readonly RunEvent[], size: number): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  let open: string | null = null;
  for (const event of events) {
    if (event.type === 'step-started' || event.type === 'remedy-started' || event.type === 'step-undo-started') open = event.stepId;
    else if ('recording' in event) {
      found.push({ stepId: event.stepId, from, to: Math.min(size, event.recording.bytes) });
      from = event.recording.bytes;
      open = null;
    }
  }
  if (open !== null && from < size) found.push({ stepId: open, from, to: size });
  return found.filter(({ stepId }, index) => found.slice(index + 1).filter((later) => later.stepId === stepId).length < stretchesPerStep);
}

async function stretchText(fd: number, { from, to }: Stretch, size: { cols: number; rows: number }): Promise<string> {
  const first = readPart(fd, from, Math.min(to, from + readBytes));
  const begin = (await screenOf(castEventsIn(first), size)).slice(0, keepCharacters);
  if (to - from <= readBytes) return begin;
  const last = readPart(fd, Math.max(from + readBytes, to - readBytes), to);
  const end = await screenOf(castEventsIn(last.slice(last.indexOf('\n') + 1)), size);
  return `${begin}\n${end.slice(-keepCharacters)}`;
}

function readPart(fd: number, from: number, to: number): string {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from));
}

/** Lines that are cut by the end of the part are taken as far as they go. */
function castEventsIn(part: string): CastEvent[] {
  return part.split('\n').flatMap((line) => parseCastLine(line) ?? parseCastLine(`${line.replace(/\\(u[0-9a-f]{0,3})?$/i, '').replace(/"?\]?$/, '')}"]`) ?? []);
}

async function screenOf(events: readonly CastEvent[], size: { cols: number; rows: number }): Promise<string> {
  const output = events.filter(({ code }) => code === 'o').map(({ data }) => data);
  const plain = plainOutput(output.join(''));
  if (plain !== null) return plain;
  const lines: string[] = [];
  const screen = new ScreenText(size, (line) => lines.push(line));
  for (const { code, data } of events) {
    const resized = code === 'r' ? parseSize(data) : null;
    if (resized) await screen.resize(resized.cols, resized.rows);
    else if (code === 'o') await screen.write(data);
  }
  await screen.end();
  return lines.join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours move nothing; any other control may
const colours = /\x1b\[[\d;:]*m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor
const moves = /[\x00-\x08\x0b-\x1f\x7f\x9b]/;

/** Output that only goes forward needs no terminal to be resolved, which is a hundred times faster; null for other output. */
function plainOutput(output: string): string | null {
  const text = output.replace(colours, '').replaceAll('\r\n', '\n');
  return moves.test(text) ? null : text;
}

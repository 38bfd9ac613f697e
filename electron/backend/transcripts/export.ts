/** Writes a transcript in one of its formats, whole or not at all, with flat memory however long the recording is. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ExportFormat, Transcript } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunStore } from '../runs/run-store.ts';
import { withinBounds } from '../terminal-size.ts';
import { writeWhole } from './export-draft.ts';
import { type ExportWatch, watchedReading } from './export-watch.ts';
import { writePieces } from './gathered-file.ts';
import { isEmbedded, toHtml } from './html-export.ts';
import { toMarkdown } from './markdown-export.ts';
import { castLines, outsideEvents, outsideTexts } from './outside/outside-events.ts';
import type { OutsideNames } from './outside/outside-names.ts';
import { namesOfRun } from './outside/outside-run.ts';
import { type Reading, recordingBlocks, recordingBytes } from './recording-blocks.ts';
import { type CastEvent, castEvents, castHead } from './recording-reader.ts';
import { type SudoSession, writeSudoLog } from './sudo-export.ts';
import { toText } from './text-export.ts';
import { readTranscript } from './transcript.ts';

export interface ExportRequest {
  runId: string;
  format: Exclude<ExportFormat, 'bundle'>;
  /** Where to; a file that is there is replaced. The format `sudo` makes a folder, where none or an empty one is. */
  out: string;
  /** With names and addresses replaced, for people elsewhere. */
  outside?: boolean | undefined;
}

/** Throws `not-found`, `bad-parameters`, `storage`, and what the signal was aborted with. */
export async function exportTranscript(store: RunStore, request: ExportRequest, watch: ExportWatch = {}): Promise<{ path: string; bytes: number }> {
  const { runId, format } = request;
  const target = path.resolve(request.out);
  refuseOccupied(target, format);
  const folder = store.folder(runId);
  const recorded = await recordingBytes(folder);
  const passes = (format === 'html' && isEmbedded(recorded) ? 2 : 1) + (request.outside ? 1 : 0);
  const reading = watchedReading(watch, passes * recorded);
  const write = async (place: string) => {
    const names = request.outside ? await namesOfRun(store, runId, reading) : null;
    const source: Source = { store, runId, folder, recorded, reading, names };
    return format === 'sudo' ? writeSudo(place, source) : writePieces(place, contentOf(source, format));
  };
  return { path: target, bytes: await writeWhole(target, watch.signal, write) };
}

function refuseOccupied(target: string, format: ExportRequest['format']): void {
  if (!existsSync(target)) return;
  const is = statSync(target);
  if (format === 'sudo') {
    if (!is.isDirectory() || readdirSync(target).length > 0)
      throw new WrenchbookError('bad-parameters', `${target} is there already and is not an empty folder.`, 'Name a new folder to write to.');
  } else if (!is.isFile()) {
    throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
  }
}

interface Source {
  store: RunStore;
  runId: string;
  folder: string;
  /** Bytes. */
  recorded: number;
  reading: Reading;
  /** Where names and addresses are replaced. */
  names: OutsideNames | null;
}

async function transcriptOf({ store, runId, reading, names }: Source): Promise<Transcript> {
  const transcript = await readTranscript(store, runId, reading);
  return names ? outsideTexts(transcript, names) : transcript;
}

function eventsOf({ folder, reading, names }: Source): AsyncIterable<CastEvent> {
  const events = castEvents(folder, reading);
  return names ? outsideEvents(events, names) : events;
}

/** The recording as it is, or written again where names are replaced. */
async function* castOf(source: Source): AsyncGenerator<Buffer> {
  const { store, runId, folder, reading, names } = source;
  if (!names) return yield* recordingBlocks(folder, reading);
  const { cols, rows, timestamp } = await castHead(folder);
  const title = names.replace(store.get(runId).topicTitle);
  const header = { version: 3, term: { cols, rows }, ...(timestamp === null ? {} : { timestamp }), title };
  for await (const line of castLines(header, eventsOf(source))) yield Buffer.from(line);
}

/** For a player, which takes no more than `playerLimit`. */
async function* playable(cast: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const blocks: Buffer[] = [];
  for await (const block of cast) blocks.push(Buffer.from(block));
  yield Buffer.from(withinBounds(Buffer.concat(blocks).toString()));
}

async function writeSudo(place: string, source: Source): Promise<number> {
  const { store, runId, folder, recorded, names } = source;
  refuseUnrecorded(recorded);
  const { by } = store.record(runId).created;
  const session: SudoSession = { user: by.user, host: by.host, shell: '/bin/sh', uid: -1 };
  for (const event of readJournal(folder).events) if (event.type === 'session-opened') Object.assign(session, { shell: event.shell, uid: event.uid });
  const about = { run: store.get(runId), session };
  const { run, session: shown } = names ? outsideTexts(about, names) : about;
  return writeSudoLog(place, run, shown, await castHead(folder), eventsOf(source));
}

function refuseUnrecorded(recorded: number): void {
  if (recorded === 0) throw new WrenchbookError('not-found', 'Nothing was recorded in this run yet.', 'Run at least one step, then export again.');
}

async function* contentOf(source: Source, format: Exclude<ExportRequest['format'], 'sudo'>): AsyncGenerator<string | Buffer> {
  const { store, runId, folder, recorded, reading, names } = source;
  switch (format) {
    case 'md':
      yield toMarkdown(await transcriptOf(source));
      return;
    case 'json':
      yield `${JSON.stringify(await transcriptOf(source), null, 2)}\n`;
      return;
    case 'html':
      yield* toHtml(await transcriptOf(source), { bytes: recorded, blocks: playable(castOf(source)) });
      return;
    case 'cast':
      refuseUnrecorded(recorded);
      yield* castOf(source);
      return;
    case 'txt':
      yield* toText(store.get(runId), folder, reading, (text) => names?.replace(text) ?? text);
  }
}

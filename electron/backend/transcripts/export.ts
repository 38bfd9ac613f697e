/** Writes a transcript in one of its formats, whole or not at all, with flat memory however long the recording is. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunStore } from '../runs/run-store.ts';
import { writeWhole } from './export-draft.ts';
import { writePieces } from './gathered-file.ts';
import { isEmbedded, toHtml } from './html-export.ts';
import { toMarkdown } from './markdown-export.ts';
import { type Reading, recordingBlocks, recordingBytes } from './recording-blocks.ts';
import { type SudoSession, writeSudoLog } from './sudo-export.ts';
import { toText } from './text-export.ts';
import { readTranscript } from './transcript.ts';

export interface ExportRequest {
  runId: string;
  format: Exclude<ExportFormat, 'bundle'>;
  /** Where to; a file that is there is replaced. The format `sudo` makes a folder, where none or an empty one is. */
  out: string;
}
export interface ExportWatch {
  /** When it is aborted the export ends with the signal's reason and leaves nothing. */
  signal?: AbortSignal;
  /** Bytes of the recording read so far, of all that will be. */
  onProgress?(done: number, total: number): void;
}

/** Throws `not-found`, `bad-parameters`, `storage`, and what the signal was aborted with. */
export async function exportTranscript(store: RunStore, request: ExportRequest, watch: ExportWatch = {}): Promise<{ path: string; bytes: number }> {
  const { runId, format } = request;
  const target = path.resolve(request.out);
  refuseOccupied(target, format);
  const folder = store.folder(runId);
  const recorded = await recordingBytes(folder);
  const total = format === 'html' && isEmbedded(recorded) ? 2 * recorded : recorded;
  let done = 0;
  const reading: Reading = {
    signal: watch.signal,
    onRead(bytes) {
      // A run that goes on meanwhile makes it more.
      done = Math.min(total, done + bytes);
      watch.onProgress?.(done, total);
    },
  };
  watch.onProgress?.(0, total);
  const source: Source = { store, runId, folder, recorded, reading };
  const write = (place: string) => (format === 'sudo' ? writeSudo(place, source) : writePieces(place, contentOf(source, format)));
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
}

function writeSudo(place: string, { store, runId, folder, recorded, reading }: Source): Promise<number> {
  refuseUnrecorded(recorded);
  const { by } = store.record(runId).created;
  const session: SudoSession = { user: by.user, host: by.host, shell: '/bin/sh', uid: -1 };
  for (const event of readJournal(folder).events) if (event.type === 'session-opened') Object.assign(session, { shell: event.shell, uid: event.uid });
  return writeSudoLog(place, store.get(runId), session, folder, reading);
}

function refuseUnrecorded(recorded: number): void {
  if (recorded === 0) throw new WrenchbookError('not-found', 'Nothing was recorded in this run yet.', 'Run at least one step, then export again.');
}

async function* contentOf(
  { store, runId, folder, recorded, reading }: Source,
  format: Exclude<ExportRequest['format'], 'sudo'>,
): AsyncGenerator<string | Buffer> {
  switch (format) {
    case 'md':
      yield toMarkdown(await readTranscript(store, runId, reading));
      return;
    case 'json':
      yield `${JSON.stringify(await readTranscript(store, runId, reading), null, 2)}\n`;
      return;
    case 'html':
      yield* toHtml(await readTranscript(store, runId, reading), { bytes: recorded, blocks: recordingBlocks(folder, reading) });
      return;
    case 'cast':
      refuseUnrecorded(recorded);
      yield* recordingBlocks(folder, reading);
      return;
    case 'txt':
      yield* toText(store.get(runId), folder, reading);
  }
}

/** Writes a transcript in one of its formats, whole or not at all, with flat memory however long the recording is. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import type { RunStore } from '../runs/run-store.ts';
import { writePieces, writeWhole } from './export-draft.ts';
import { isEmbedded, toHtml } from './html-export.ts';
import { toMarkdown } from './markdown-export.ts';
import { type Reading, recordingBlocks, recordingBytes } from './recording-blocks.ts';
import { toText } from './text-export.ts';
import { readTranscript } from './transcript.ts';

export interface ExportRequest {
  runId: string;
  format: ExportFormat;
  /** Where to; a file that is there is replaced. */
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
  refuseOtherThanFile(target);
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
  const content = contentOf({ store, runId, folder, recorded, reading }, format);
  return { path: target, bytes: await writeWhole(target, (place) => writePieces(place, content)) };
}

function refuseOtherThanFile(target: string): void {
  if (existsSync(target) && !statSync(target).isFile())
    throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
}

interface Source {
  store: RunStore;
  runId: string;
  folder: string;
  /** Bytes. */
  recorded: number;
  reading: Reading;
}

async function* contentOf({ store, runId, folder, recorded, reading }: Source, format: ExportFormat): AsyncGenerator<string | Buffer> {
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
      if (recorded === 0) throw new WrenchbookError('not-found', 'Nothing was recorded in this run yet.', 'Run at least one step, then export again.');
      yield* recordingBlocks(folder, reading);
      return;
    case 'txt':
      yield* toText(store.get(runId), folder, reading);
  }
}

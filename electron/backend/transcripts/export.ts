/** Writes a transcript to a file, whole or not at all. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import type { RunStore } from '../runs/run-store.ts';
import { storageError } from '../storage-error.ts';
import { toHtml } from './html-export.ts';
import { toMarkdown } from './markdown-export.ts';
import { castEvents, castSize, readRecording, recordingFile } from './recording-reader.ts';
import { ScreenText } from './screen-text.ts';
import { parseSize } from './step-screens.ts';
import { readTranscript } from './transcript.ts';

/** Exports to `out`, replacing a file that is there. Throws `not-found`, `bad-parameters`, `storage`. */
export async function exportTranscript(store: RunStore, runId: string, format: ExportFormat, out: string): Promise<{ path: string; bytes: number }> {
  const target = path.resolve(out);
  if (existsSync(target) && !statSync(target).isFile())
    throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
  const folder = store.folder(runId);
  let draft: string;
  try {
    draft = await mkdtemp(path.join(path.dirname(target), '.wrenchbook-export-'));
  } catch (cause) {
    throw storageError('write next to', target, cause);
  }
  const file = path.join(draft, 'export');
  try {
    const bytes = await writeAll(file, contentOf(store, runId, folder, format));
    await rename(file, target);
    return { path: target, bytes };
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('write', target, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeAll(file: string, content: AsyncIterable<string | Buffer>): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const piece of content) {
      const buffer = Buffer.from(piece);
      await handle.write(buffer);
      bytes += buffer.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
}

async function* contentOf(store: RunStore, runId: string, folder: string, format: ExportFormat): AsyncGenerator<string | Buffer> {
  switch (format) {
    case 'md':
      yield toMarkdown(await readTranscript(store, runId));
      return;
    case 'json':
      yield `${JSON.stringify(await readTranscript(store, runId), null, 2)}\n`;
      return;
    case 'html':
      yield toHtml(await readTranscript(store, runId), embeddable(folder));
      return;
    case 'cast':
      if (!existsSync(recordingFile(folder)))
        throw new WrenchbookError('not-found', 'Nothing was recorded in this run yet.', 'Run at least one step, then export again.');
      yield* createReadStream(recordingFile(folder));
      return;
    case 'txt':
      yield* plainText(store, runId, folder);
  }
}

function embeddable(folder: string): string {
  try {
    return readRecording(folder).cast;
  } catch {
    return ''; // too long for one page; the page says so
  }
}

async function* plainText(store: RunStore, runId: string, folder: string): AsyncGenerator<string> {
  const run = store.get(runId);
  yield `${run.topicTitle}\nRun ${run.runId} on ${run.targetLabel}, started ${run.createdAt}\n${run.rehearsal ? 'Rehearsal: no real machine was touched.\n' : ''}${run.says}\n`;
  let lines: string[] = [];
  const take = (line: string) => lines.push(line);
  const handOver = () => {
    const text = lines.map((line) => `${line}\n`).join('');
    lines = [];
    return text;
  };
  let size = await castSize(folder);
  let screen = new ScreenText(size, take);
  for await (const event of castEvents(folder)) {
    if (event.code === 'm') {
      screen.end();
      yield `${handOver()}\n==== ${event.data} ====\n`;
      screen = new ScreenText(size, take);
    } else if (event.code === 'r') {
      size = parseSize(event.data) ?? size;
      screen.resize(size.cols, size.rows);
    } else if (event.code === 'o') {
      await screen.write(event.data);
      if (lines.length > 1000) yield handOver();
    }
  }
  screen.end();
  yield handOver();
}

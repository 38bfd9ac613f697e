/** A recording's bytes, a block at a time, so that one of any length is read with flat memory. */
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { storageError } from '../storage-error.ts';

const blockBytes = 256 * 1024;

/** What goes along with reading a recording. */
export interface Reading {
  /** When it is aborted, reading ends with the signal's reason. */
  signal?: AbortSignal | undefined;
  onRead?(bytes: number): void;
  /** Bytes of the recording, where only a part is read; both at the beginning of a line. */
  from?: number;
  to?: number;
}

export const recordingFile = (runFolder: string) => path.join(runFolder, 'recording.cast');

/** Bytes up to the last line break: what follows is being written, or was when power or process went. 0 where there is no recording. */
export async function recordingBytes(runFolder: string): Promise<number> {
  const handle = await openRecording(runFolder);
  try {
    return handle ? await intactBytes(handle) : 0;
  } catch (cause) {
    throw storageError('read', recordingFile(runFolder), cause);
  } finally {
    await handle?.close();
  }
}

/** Each block is overwritten by the next. Throws `storage` and what the signal was aborted with. */
export async function* recordingBlocks(runFolder: string, { signal, onRead, from = 0, to = Number.POSITIVE_INFINITY }: Reading = {}): AsyncGenerator<Buffer> {
  // A run that goes on while it is read ends here where it stood in the beginning.
  const end = Math.min(to, await recordingBytes(runFolder));
  const handle = await openRecording(runFolder);
  try {
    const block = Buffer.allocUnsafe(blockBytes);
    for (let at = from; handle && at < end; ) {
      signal?.throwIfAborted();
      const count = await readAt(handle, block, Math.min(blockBytes, end - at), at).catch((cause) => {
        throw storageError('read', recordingFile(runFolder), cause);
      });
      if (count === 0) return;
      at += count;
      yield block.subarray(0, count);
      onRead?.(count);
    }
    signal?.throwIfAborted();
  } finally {
    await handle?.close();
  }
}

async function openRecording(runFolder: string): Promise<FileHandle | null> {
  const file = recordingFile(runFolder);
  try {
    return await open(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageError('read', file, cause);
  }
}

const readAt = async (handle: FileHandle, into: Buffer, length: number, at: number) => (await handle.read(into, 0, length, at)).bytesRead;

async function intactBytes(handle: FileHandle): Promise<number> {
  const block = Buffer.allocUnsafe(64 * 1024);
  for (let end = (await handle.stat()).size; end > 0; ) {
    const from = Math.max(0, end - block.length);
    const count = await readAt(handle, block, end - from, from);
    const lineBreak = block.subarray(0, count).lastIndexOf(10);
    if (lineBreak >= 0) return from + lineBreak + 1;
    end = from;
  }
  return 0;
}

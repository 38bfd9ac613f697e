/** Files of this machine that an admin names: data that is read, pictures that are written. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataLimit } from '../shared/api/calculation.ts';
import { WrenchbookError } from '../shared/api/error.ts';
import { writeWhole } from './backend/transcripts/export-draft.ts';
import { writePieces } from './backend/transcripts/gathered-file.ts';

/** UTF-8, without its byte order mark. Throws WrenchbookError `bad-parameters` where it can't be read, is no text, or is longer than data may be. */
export async function readNamedText(file: string): Promise<string> {
  const refuse = (what: string, next: string, cause?: unknown) => new WrenchbookError('bad-parameters', `${file}: ${what}`, next, { cause });
  const bytes = await readUpTo(file, dataLimit + 1).catch((cause: unknown) => {
    throw refuse(`it can’t be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}).`, 'Choose a text file that you can read.', cause);
  });
  if (bytes.length > dataLimit) throw refuse(`it is longer than ${dataLimit} bytes.`, 'Use fewer lines.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse('it is not UTF-8 text.', 'Name a text file, or convert it to UTF-8.', cause);
  }
}

/** Stops at `most` bytes, so that a device or an endless pipe is no trap. */
async function readUpTo(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const space = Buffer.alloc(most);
    let used = 0;
    for (;;) {
      const { bytesRead } = await handle.read(space, used, most - used, null);
      used += bytesRead;
      if (bytesRead === 0 || used === most) return space.subarray(0, used);
    }
  } finally {
    await handle.close();
  }
}

/** Replaces the file whole or not at all. Throws WrenchbookError `storage`, `bad-parameters` for what is no file. Resolves with its absolute path. */
export async function saveNamedFile(file: string, content: string | Uint8Array): Promise<string> {
  const target = path.resolve(file);
  const there = await stat(target).catch(() => null);
  if (there && !there.isFile()) throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
  await writeWhole(target, undefined, (place) => writePieces(place, one(typeof content === 'string' ? content : Buffer.from(content))));
  return target;
}
async function* one<T>(piece: T): AsyncGenerator<T> {
  yield piece;
}

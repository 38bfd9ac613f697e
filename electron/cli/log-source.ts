/** The bytes of a log for reading from its beginning to its end: a file, packed or not, or standard input. */
import { spawn } from 'node:child_process';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WrenchbookError } from '../../shared/api/error.ts';

interface LogSource {
  /** Text, as far as one can tell: UTF-16 as UTF-8. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the file, packed as it is; null where that is not known. */
  size: number | null;
  /** Of these bytes how many were read so far. */
  read(): number;
}

/** By the first bytes of a file; `tool` unpacks from standard input to standard output. */
const packed = [
  { magic: [0x1f, 0x8b], tool: null },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], tool: ['xz', '-dc'] },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], tool: ['zstd', '-dcq'] },
  { magic: [0x42, 0x5a, 0x68], tool: ['bzip2', '-dc'] },
] as const;

/** `-` is standard input, which is read as it is. Throws `not-found`, `file`. */
export function openLog(file: string): LogSource {
  if (file === '-') return { chunks: asText(process.stdin), size: null, read: () => 0 };
  const head = headOf(file);
  const { size } = statSync(file);
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  const how = packed.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  const plain = how ? unpacked(raw, how.tool, file) : raw;
  return { chunks: asText(plain), size, read: () => raw.bytesRead };
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(8);
  try {
    if (statSync(file).isDirectory()) throw new WrenchbookError('file', `${file} is a folder.`, 'Name a log in it.');
    const fd = openSync(file, 'r');
    try {
      readSync(fd, head, 0, head.length, 0);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    if (cause instanceof WrenchbookError) throw cause;
    throw new WrenchbookError('file', `${file} could not be read: ${(cause as Error).message}`, 'Check its name and who may read it.', { cause });
  }
  return head;
}

async function* unpacked(raw: Readable, tool: readonly string[] | null, file: string): AsyncIterable<Buffer> {
  const damaged = (why: string) => new WrenchbookError('file', `${file} could not be unpacked: ${why}`, 'Unpack it yourself and name what comes of it.');
  if (!tool) {
    const gunzip = createGunzip();
    raw.on('error', (error) => gunzip.destroy(error));
    try {
      yield* raw.pipe(gunzip) as AsyncIterable<Buffer>;
    } catch (cause) {
      throw damaged((cause as Error).message);
    }
    return;
  }
  const [name = '', ...flags] = tool;
  const child = spawn(name, flags, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-500)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT' ? new WrenchbookError('file', `${file} is packed with ${name}, and there is no ${name} here.`, `Install ${name}.`) : error,
      ),
    );
    child.on('close', (code) => resolve(code));
  });
  ended.catch(() => undefined);
  child.stdin.on('error', () => undefined); // it ended: what it said is told below
  raw.pipe(child.stdin);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    if ((await ended) !== 0) throw damaged(said.trim() || `${name} ended with an error`);
  } finally {
    child.kill();
  }
}

/** UTF-16 with its mark, as Windows writes it, becomes UTF-8; everything else stays as it is. */
async function* asText(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of bytes) {
    if (decoder === undefined) {
      const mark = chunk.length > 1 ? chunk.readUInt16BE(0) : 0;
      decoder = mark === 0xfffe ? new TextDecoder('utf-16le') : mark === 0xfeff ? new TextDecoder('utf-16be') : null;
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

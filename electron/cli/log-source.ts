/** The bytes of a log for reading from its beginning to its end: a file, a pipe or standard input, packed or not. */
import { spawn } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WrenchbookError } from '../../shared/api/error.ts';

interface LogSource {
  /** Text, as far as one can tell: UTF-16 as UTF-8. Throws `file`. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the file, packed as it is; null where that is not known. */
  size: number | null;
  /** Of these bytes how many were read so far. */
  read(): number;
}

/** By the first bytes; `tool` unpacks from standard input to standard output. */
const packed = [
  { magic: [0x1f, 0x8b], tool: null },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], tool: ['xz', '-dc'] },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], tool: ['zstd', '-dcq'] },
  { magic: [0x42, 0x5a, 0x68], tool: ['bzip2', '-dc'] },
] as const;
const longestMagic = 5;

/** `-` is standard input. Throws `file`. */
export function openLog(file: string): LogSource {
  const name = file === '-' ? 'Standard input' : file;
  const stats = file === '-' ? null : statOf(file);
  const raw = stats ? createReadStream(file, { highWaterMark: 1 << 20 }) : process.stdin;
  return {
    chunks: asText(unpacked(told(raw, name), name)),
    size: stats?.isFile() ? stats.size : null,
    read: () => ('bytesRead' in raw ? raw.bytesRead : 0),
  };
}

const unreadable = (name: string, cause: unknown) =>
  new WrenchbookError('file', `${name} could not be read: ${(cause as Error).message}`, 'Check its name and who may read it.', { cause });

function statOf(file: string) {
  try {
    const stats = statSync(file);
    if (!stats.isDirectory()) return stats;
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw new WrenchbookError('file', `${file} is a folder.`, 'Name a log in it.');
}

async function* told(raw: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  try {
    yield* raw;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** What it is, is seen in its first bytes, as a pipe can't be read twice. */
async function* unpacked(raw: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  const rest = raw[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < longestMagic) {
    const { value, done } = await rest.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = (async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => rest };
  })();
  const how = packed.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  if (!how) yield* whole;
  else yield* how.tool ? byTool(whole, how.tool, name) : byGunzip(whole, name);
}

const damaged = (name: string, why: string) =>
  new WrenchbookError('file', `${name} could not be unpacked: ${why}`, 'Unpack it yourself and name what comes of it.');

async function* byGunzip(whole: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(whole, { objectMode: false });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : damaged(name, (cause as Error).message);
  }
}

async function* byTool(whole: AsyncIterable<Buffer>, [tool, ...flags]: readonly [string, ...string[]], name: string): AsyncIterable<Buffer> {
  const child = spawn(tool, flags, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let trouble: unknown = null;
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-500)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT' ? new WrenchbookError('file', `${name} is packed with ${tool}, and there is no ${tool} here.`, `Install ${tool}.`) : error,
      ),
    );
    child.on('close', (code) => resolve(code));
  });
  ended.catch(() => undefined);
  child.stdin.on('error', () => undefined); // it ended: what it said is told below
  const source = Readable.from(whole, { objectMode: false });
  source.on('error', (error) => {
    trouble = error;
    child.kill();
  });
  source.pipe(child.stdin);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const status = await ended;
    if (trouble) throw trouble;
    if (status !== 0) throw damaged(name, said.trim() || `${tool} ended with an error`);
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

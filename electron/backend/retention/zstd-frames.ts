/**
 * Zstandard in frames of their own, each preceded by a skippable frame that says how long the next one is, packed and
 * unpacked: any zstd reads it as one stream, and reading needs no more memory than one frame. Packed by the reference
 * implementation (WebAssembly), unpacked by another one (fzstd), so that reading back does not repeat a mistake of writing.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { decompress } from 'fzstd';

/** Of what is packed, a frame each: takes a few milliseconds and stays small beside a recording. */
export const frameBytes = 256 * 1024;
const level = 3;
/** Skippable frames have this magic number or one of the 15 that follow. */
const lengthFrame = 0x184d2a50;
const headFrame = lengthFrame + 7;
const lengthFrameBytes = 16;

export function headBytes(head: Buffer): Buffer {
  return Buffer.concat([uint32(headFrame), uint32(head.length), head]);
}

/** The length of the head that a file begins with; null where it does not begin with one. `start`: its first 8 bytes. */
export const headLength = (start: Buffer): number | null => (start.length >= 8 && start.readUInt32LE(0) === headFrame ? start.readUInt32LE(4) : null);

export async function* packed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Zstd } = await import('@hpcc-js/wasm-zstd');
  const zstd = await Zstd.load();
  for await (const block of blocks(source)) {
    const frame = zstd.compress(block, level);
    yield Buffer.concat([uint32(lengthFrame), uint32(8), uint32(frame.length), uint32(block.length), frame]);
  }
}

/** The bytes behind the head. Throws Error where they were damaged or cut off. */
export async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = headLength(await exactly(handle, 0, Math.min(8, size)));
    if (length === null) throw new Error('it does not begin as an archive does');
    for (let at = 8 + length; at < size; ) {
      const mark = await exactly(handle, at, lengthFrameBytes);
      const next = mark.readUInt32LE(8);
      const plain = mark.readUInt32LE(12);
      if (mark.readUInt32LE(0) !== lengthFrame || mark.readUInt32LE(4) !== 8 || next > 2 * frameBytes || plain > frameBytes)
        throw new Error(`it is damaged at byte ${at}`);
      yield unpackFrame(await exactly(handle, at + lengthFrameBytes, next), plain, at);
      at += lengthFrameBytes + next;
    }
  } finally {
    await handle.close();
  }
}

function unpackFrame(frame: Buffer, plainBytes: number, at: number): Buffer {
  try {
    // Into a space of known size: what a damaged frame says of its length is not believed.
    const plain = decompress(frame, new Uint8Array(plainBytes));
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  } catch (cause) {
    throw new Error(`it is damaged at byte ${at}: ${(cause as Error).message}`, { cause });
  }
}

async function* blocks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafe(frameBytes);
  let used = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.copy(block, used, at);
      at += taken;
      used += taken;
      if (used < frameBytes) continue;
      yield block;
      block = Buffer.allocUnsafe(frameBytes);
      used = 0;
    }
  }
  if (used > 0) yield block.subarray(0, used);
}

async function exactly(handle: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(bytes), 0, bytes, at);
  if (bytesRead < bytes) throw new Error(`it was cut off at byte ${at + bytesRead}`);
  return buffer;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/**
 * Reads a bundle in one pass over one open descriptor: the archive's entries, and the digest of all its bytes beside. What the visitor
 * was given is what the digest is of, whatever becomes of the file's name meanwhile. Streams.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { type BundleManifest, type BundleTrailer, longestTrailer, manifestName, manifestSchema, RefusedEntry, readTrailer } from './bundle-format.ts';
import { limitedTar } from './tar-limits.ts';

export interface BundleEntry {
  path: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  size: number;
  mode: number;
  target: string;
  content: AsyncIterable<Buffer>;
}
export interface BundleEnd {
  trailer: BundleTrailer | null;
  /** SHA-256 of everything before the trailer; null where that was not read to its end. */
  sha256: string | null;
  /** Why the archive could not be read to its end. */
  broken: string | null;
}

export interface BundleVisitor {
  begins(manifest: BundleManifest): void;
  /** Has to read the content to its end. */
  entry(entry: BundleEntry): Promise<void>;
}

/** Bytes. */
const largestManifest = 16 * 1024 * 1024;
const pieceBytes = 64 * 1024;

/** Throws file system errors for a file that can't be read; everything wrong inside is in what it resolves with. */
export async function readBundle(file: string, visitor: BundleVisitor): Promise<BundleEnd> {
  const handle = await open(file);
  try {
    return await readOpen(handle, visitor);
  } finally {
    await handle.close();
  }
}

async function readOpen(handle: FileHandle, visitor: BundleVisitor): Promise<BundleEnd> {
  const { size, end } = await lastBytes(handle);
  const found = readTrailer(end);
  const trailer = found?.trailer ?? null;
  const archiveBytes = size - (found?.bytes ?? 0);
  const hash = createHash('sha256');
  const source = async function* () {
    for await (const piece of piecesOf(handle, archiveBytes)) {
      hash.update(piece);
      yield piece;
    }
  };
  const tar = extract();
  let first = true;
  const visiting = (async () => {
    for await (const entry of tar) {
      const { name, type, size = 0, mode = 0, linkname } = entry.header;
      if (first) {
        first = false;
        if (name !== manifestName || size > largestManifest) throw new Error(`it does not begin with ${manifestName}`);
        const json = await text(entry);
        visitor.begins(manifestSchema.parse(JSON.parse(json)));
        continue;
      }
      const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : type === 'symlink' ? 'link' : 'other';
      await visitor.entry({ path: name.replace(/\/$/, ''), kind, size, mode, target: linkname ?? '', content: entry as AsyncIterable<Buffer> });
    }
  })();
  const pumping = pipeline(Readable.from(limitedTar(source()), { objectMode: false }), tar);
  // Both have to be over before the descriptor is closed.
  const failed = (await Promise.allSettled([visiting, pumping])).flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failed.length === 0) return { trailer, sha256: hash.digest('hex'), broken: first ? 'it is empty' : null };
  const refused = failed.find((cause) => cause instanceof RefusedEntry);
  const broken = (refused ?? (failed[0] as Error)).message;
  // The digest is over all of it, also where the archive is damaged; what was refused is not read for it.
  return { trailer, sha256: refused ? null : await digestOf(handle, archiveBytes), broken };
}

async function* piecesOf(handle: FileHandle, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; ) {
    // Whoever gets a piece may keep it.
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(pieceBytes, bytes - at)), 0, null, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function digestOf(handle: FileHandle, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(handle, bytes)) hash.update(piece);
  return hash.digest('hex');
}

async function lastBytes(handle: FileHandle): Promise<{ size: number; end: Buffer }> {
  const { size } = await handle.stat();
  const end = Buffer.alloc(Math.min(size, longestTrailer));
  await handle.read(end, 0, end.length, size - end.length);
  return { size, end };
}
